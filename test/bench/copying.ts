/** From the click on a row's button to the JWT in the clipboard: through the window, the router and the keyring. */
import { nameBehind, populate, SHORT_JWT_LIFE_MS, type Subject } from '../../scripts/torture/subjects'
import { readClipboard } from '../support/desktop'
import type { Measure } from './figures'
import { withDesk, type Scene } from './with-desk'

interface Copy {
  readonly tookMs: number
  /** What of it the service took. */
  readonly servedMs: number
}

export async function measureCopy(runs: number): Promise<Measure[]> {
  const few = await copies(200, runs)
  const many = await copies(10_000, runs)
  const within = (name: string, times: readonly number[], most: number): Measure => ({
    ...{ name, unit: 'ms', runs: times, reference: null, limit: { of: 'p95', most } },
  })
  const all = (made: readonly Copy[]): number[] => made.map(({ tookMs }) => tookMs)
  return [
    within('copy, JWT live, 200 accounts', all(few.live), 30),
    within('copy, JWT live, 10,000 accounts', all(many.live), 30),
    within(
      'copy with a renewal, beyond the server’s time',
      few.renewing.map(({ tookMs, servedMs }) => tookMs - servedMs),
      20,
    ),
  ]
}

function copies(accounts: number, runs: number) {
  return withDesk(accounts, async (scene) => {
    const [live, short] = await populate(scene.desk, scene.server, {
      // By this name they stand above all others.
      environment: 'Bench',
      plans: [
        { kind: 'partner', remembers: false },
        { kind: 'partner', remembers: false, jwtLifeMs: SHORT_JWT_LIFE_MS },
      ],
    })
    if (live === undefined || short === undefined) throw new Error('there is no account')
    return { live: await copied(scene, live, runs), renewing: await copied(scene, short, runs) }
  })
}

async function copied({ window, server }: Scene, subject: Subject, runs: number): Promise<Copy[]> {
  const button = window.row(subject.name).getByRole('button', { name: 'Copy JWT' })
  await button.hover()
  const box = await button.boundingBox()
  if (box === null) throw new Error(`${subject.name} is not to be seen`)
  const copies: Copy[] = []
  for (let run = 0; run < runs; run += 1) {
    const servedBefore = server.stats.servingMs
    const next = await window.page.evaluateHandle<{ readonly heldMs: Promise<number> }>(NEXT_COPY)
    await window.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    const tookMs = await next.evaluate(({ heldMs }) => heldMs)
    copies.push({ tookMs, servedMs: server.stats.servingMs - servedBefore })
  }
  if ((await nameBehind(server, await readClipboard())) !== subject.name)
    throw new Error(`${subject.name} is not in the clipboard`)
  return copies
}

/** From when the system had the click until main told that the clipboard holds the JWT. */
const NEXT_COPY = `({
  heldMs: new Promise((resolve, reject) => {
    let clickedAt = 0
    const late = setTimeout(() => reject(new Error('nothing was copied')), 10_000)
    document.addEventListener('click', ({ timeStamp }) => { clickedAt = timeStamp }, { capture: true, once: true })
    const stop = tokenDesk.on('clipboardChanged', ({ clearsAt }) => {
      if (clickedAt === 0 || clearsAt === null) return
      clearTimeout(late)
      resolve(performance.now() - clickedAt)
      stop()
    })
  }),
})`
