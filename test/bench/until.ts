import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_EVERY_MS = 20
const LIMIT_MS = 180_000

/** Resolves when it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + LIMIT_MS
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error('what was waited for did not come')
    await sleep(LOOK_EVERY_MS)
  }
}
