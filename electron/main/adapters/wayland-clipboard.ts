/**
 * The clipboard of a Wayland session. A compositor accepts a write only from the program in use and doesn't report a
 * refusal, so Chromium keeps believing what it wrote. So a write counts when it was seen from outside (`watch`), or,
 * where that is impossible, when one of our windows was in use and Chromium still reports the text a moment later: a
 * compositor that refuses has withdrawn it by then.
 */
import { ClipboardRefusedError } from '../../core/base/errors'
import type { Clipboard, Timers } from '../../core/base/ports'
import type { Selection, SelectionWatch } from '../platform/wayland-selection'

/** Usually seen within a few milliseconds. */
const SEEN_WITHIN_MS = 500
/** A refusal is as fast. */
const REFUSED_WITHIN_MS = 100

const TEXT = ['text/plain;charset=utf-8', 'text/plain', 'UTF8_STRING']

/**
 * GNOME keeps what was copied and restores it when its owner releases it, so it has to be replaced. Chromium ignores an
 * empty text.
 */
const BLANK = ' '

export interface WaylandClipboardDeps {
  /** Null where the compositor doesn't show its clipboard. */
  readonly watch: () => Promise<SelectionWatch | null>
  /** A window of ours has the focus, so that reading returns the real content. */
  readonly hasFocus: () => boolean
  /** It was used since it got the focus, so that the compositor accepts a write. */
  readonly isUsed: () => boolean
  readonly timers: Timers
}

export function createWaylandClipboard(
  inner: Clipboard,
  { watch, hasFocus, isUsed, timers }: WaylandClipboardDeps,
): Clipboard {
  /** We have released it, and it is unknown whether it is empty. */
  let isUnsure = false

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      timers.after(ms, resolve)
    })

  async function write(text: string, put: () => Promise<void>): Promise<void> {
    const seen = await watch()
    try {
      // An attempt would remove the current content.
      if (seen === null && !isUsed()) throw new ClipboardRefusedError()
      const before = seen?.seen.length ?? 0
      await put()
      const isThere = seen === null || (await seen.comes(before, isText, SEEN_WITHIN_MS))
      if (seen === null) await pause(REFUSED_WITHIN_MS)
      const isOurs = (await inner.readText()) === text
      if (isThere && isOurs) {
        isUnsure = false
        return
      }
      // Chromium would take it for its own, while no other program would find it.
      if (isOurs) await inner.clear()
      throw new ClipboardRefusedError()
    } finally {
      seen?.close()
    }
  }

  return {
    writeText: (text) => write(text, () => inner.writeText(text)),
    writeSecret: (secret) => write(secret.reveal(), () => inner.writeSecret(secret)),
    async readText() {
      if (isUnsure && !hasFocus()) throw new ClipboardRefusedError()
      return await inner.readText()
    },
    async clear() {
      const seen = await watch()
      try {
        const before = seen?.seen.length ?? 0
        if (seen === null && isUsed()) await inner.writeText(BLANK)
        await inner.clear()
        if (seen === null) await pause(REFUSED_WITHIN_MS)
        // Whatever it contains then, it is no longer ours.
        const isGone = seen === null ? hasFocus() : await seen.comes(before, () => true, SEEN_WITHIN_MS)
        isUnsure = !isGone
        if (isUnsure) throw new ClipboardRefusedError()
      } finally {
        seen?.close()
      }
    },
  }
}

function isText(selection: Selection): boolean {
  return selection !== null && TEXT.some((each) => selection.includes(each))
}
