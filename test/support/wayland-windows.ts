// What holds of windows on each Wayland compositor.
import { readlink } from 'node:fs/promises'
import { expect, startAgain, test } from './electron-app'
import { howMuch } from './length'
import { startWatched } from './wayland'

export function windowsCome(): void {
  test('the window comes at every start, on a new profile and on a used one', async ({ profile }) => {
    const starts = howMuch(1, 20)
    test.setTimeout(60_000 + starts * 20_000)
    const took: number[] = []
    for (let start = 0; start < starts * 2; start += 1) {
      const isNew = start % 2 === 0
      const started = startWatched(isNew ? `${profile}/${String(start)}` : `${profile}/0`)
      try {
        took.push(await started.windowCame)
      } finally {
        await started.end()
      }
    }
    expect(took).toHaveLength(starts * 2)
    if (starts > 1) console.log(`windows came after ${took.map((ms) => ms.toFixed(0)).join(', ')} ms`)
  })

  test('started hidden it shows no window, and a second start brings it', async ({ profile }) => {
    const hidden = startWatched(profile, ['--hidden'])
    try {
      // Chromium's mark that the profile is in use: earlier, the second start would be the first.
      await expect.poll(() => readlink(`${profile}/SingletonLock`).catch(() => '')).not.toBe('')
      expect(await startAgain(profile, ['--hidden'])).toBe(0)
      expect(hidden.hasWindow()).toBe(false)
      expect(await startAgain(profile)).toBe(0)
      await hidden.windowCame
    } finally {
      await hidden.end()
    }
  })
}
