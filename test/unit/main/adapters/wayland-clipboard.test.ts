import { describe, expect, it } from 'vitest'
import { ClipboardRefusedError } from '../../../../electron/core/base/errors'
import { createWaylandClipboard } from '../../../../electron/main/adapters/wayland-clipboard'
import type { Selection, SelectionWatch } from '../../../../electron/main/platform/wayland-selection'
import { Secret } from '../../../../electron/shared/secret'
import { FakeTime } from '../../../support/fakes/fake-time'
import { MemoryClipboard } from '../../../support/fakes/memory-clipboard'

const OURS = new Secret('jwt-1')

/** A compositor with what Chromium takes for its clipboard, and what the clipboard really holds. */
class Desktop {
  readonly time = new FakeTime()
  /** What every other program gets. */
  real = 'theirs'
  focused = true
  used = true
  /** Whether it takes what Chromium writes, and tells Chromium when it doesn't. */
  takes: 'all' | 'nothing, silently' | 'nothing' = 'all'
  /** As GNOME: what was copied comes back when its owner lets go. */
  bringsBack = false
  #kept = ''
  readonly #isOwn = { now: false }
  readonly #cache = new MemoryClipboard()
  readonly #watches = new Set<Selection[]>()

  constructor(readonly shows: boolean) {}

  readonly clipboard = createWaylandClipboard(this.#chromium(), {
    watch: () => Promise.resolve(this.shows ? this.#watch() : null),
    hasFocus: () => this.focused,
    isUsed: () => this.focused && this.used,
    timers: this.time,
  })

  /** Lets time pass until it is done. */
  async run<Value>(work: Promise<Value>): Promise<Value> {
    work.catch(() => undefined)
    await this.time.advance(1_000)
    return await work
  }

  #chromium() {
    const cache = this.#cache
    const put = (text: string): Promise<void> => {
      cache.text = text
      this.#isOwn.now = this.takes !== 'nothing'
      if (this.takes === 'all') this.#set(text)
      return Promise.resolve()
    }
    return {
      writeText: put,
      writeSecret: (secret: Secret) => put(secret.reveal()),
      readText: () => Promise.resolve(this.#isOwn.now ? cache.text : this.focused ? this.real : ''),
      clear: () => {
        if (this.#isOwn.now && this.real === cache.text) this.#set(this.bringsBack ? this.#kept : '')
        this.#isOwn.now = false
        return Promise.resolve()
      },
    }
  }

  #set(text: string): void {
    if (text !== '') this.#kept = text
    this.real = text
    for (const each of this.#watches) each.push(text === '' ? null : ['text/plain;charset=utf-8'])
  }

  #watch(): SelectionWatch {
    const seen: Selection[] = [this.real === '' ? null : ['text/plain']]
    this.#watches.add(seen)
    return {
      seen,
      comes: (from, isIt, limitMs) =>
        new Promise((resolve) => {
          if (seen.slice(from).some(isIt)) resolve(true)
          else
            this.time.after(limitMs, () => {
              resolve(false)
            })
        }),
      close: () => this.#watches.delete(seen),
    }
  }
}

describe.each([
  ['shows its clipboard', true],
  ['shows nobody its clipboard', false],
])('a compositor that %s', (_name, shows) => {
  it('has what was copied in a window that is used', async () => {
    const desktop = new Desktop(shows)
    await desktop.run(desktop.clipboard.writeSecret(OURS))
    expect(desktop.real).toBe('jwt-1')
    expect(await desktop.clipboard.readText()).toBe('jwt-1')
  })

  it.each(['nothing', ...(shows ? (['nothing, silently'] as const) : [])] as const)(
    'is not believed to have what was copied when it takes %s',
    async (takes) => {
      const desktop = new Desktop(shows)
      desktop.takes = takes
      await expect(desktop.run(desktop.clipboard.writeSecret(OURS))).rejects.toBeInstanceOf(
        ClipboardRefusedError,
      )
      expect(desktop.real).toBe('theirs')
      // Nor does Chromium keep believing it.
      expect(await desktop.clipboard.readText()).toBe('theirs')
    },
  )

  it('is emptied while one of our windows is used', async () => {
    const desktop = new Desktop(shows)
    desktop.bringsBack = !shows
    await desktop.run(desktop.clipboard.writeSecret(OURS))
    await desktop.run(desktop.clipboard.clear())
    expect(desktop.real.trim()).toBe('')
    expect(await desktop.clipboard.readText()).not.toBe('jwt-1')
  })
})

describe('where the clipboard can’t be observed', () => {
  it('nothing is tried while another program is used: it would take away what is there', async () => {
    const desktop = new Desktop(false)
    desktop.focused = false
    await expect(desktop.run(desktop.clipboard.writeText('diagnostics'))).rejects.toBeInstanceOf(
      ClipboardRefusedError,
    )
    expect(desktop.real).toBe('theirs')
  })

  it('a window that got the focus on its own is not enough: no key press came with it', async () => {
    const desktop = new Desktop(false)
    desktop.used = false
    desktop.takes = 'nothing, silently'
    await expect(desktop.run(desktop.clipboard.writeSecret(OURS))).rejects.toBeInstanceOf(
      ClipboardRefusedError,
    )
  })

  it('is not said to be empty while another program is used, until one of our windows is', async () => {
    const desktop = new Desktop(false)
    desktop.bringsBack = true
    await desktop.run(desktop.clipboard.writeSecret(OURS))
    desktop.focused = false
    await expect(desktop.run(desktop.clipboard.clear())).rejects.toBeInstanceOf(ClipboardRefusedError)
    expect(desktop.real).toBe('jwt-1')
    // Out of focus it would read as empty.
    await expect(desktop.clipboard.readText()).rejects.toBeInstanceOf(ClipboardRefusedError)

    desktop.focused = true
    expect(await desktop.clipboard.readText()).toBe('jwt-1')
    await desktop.run(desktop.clipboard.clear())
    expect(await desktop.clipboard.readText()).not.toBe('jwt-1')
    expect(desktop.real).not.toBe('jwt-1')
  })
})

it('is emptied behind the back of another program where the compositor shows it', async () => {
  const desktop = new Desktop(true)
  await desktop.run(desktop.clipboard.writeSecret(OURS))
  desktop.focused = false
  await desktop.run(desktop.clipboard.clear())
  expect(desktop.real).toBe('')
  expect(await desktop.clipboard.readText()).toBe('')
})
