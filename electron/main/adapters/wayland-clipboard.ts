/**
 * The clipboard of a Wayland session. A compositor takes a write only from the program that somebody is using, says
 * nothing when it doesn't, and Chromium then goes on believing what it wrote. So a write counts when it was seen from
 * outside (`watch`), or where nobody shows that, when somebody was using a window of ours and Chromium still stands by
 * it a moment later: a compositor that refuses withdraws it by then.
 */
import { ClipboardRefusedError } from '../../core/base/errors'
import type { Clipboard, Timers } from '../../core/base/ports'
import type { Selection, SelectionWatch } from '../platform/wayland-selection'

/** Seen to be there within a few milliseconds. */
const SEEN_WITHIN_MS = 500
/** A refusal comes back as fast. */
const REFUSED_WITHIN_MS = 100

const TEXT = ['text/plain;charset=utf-8', 'text/plain', 'UTF8_STRING']

/**
 * GNOME keeps what was copied and brings it back when its owner lets go, so that it has to be replaced. Chromium takes
 * an empty text for no text.
 */
const BLANK = ' '

export interface WaylandClipboardDeps {
  /** Null where the compositor shows nobody its clipboard. */
  readonly watch: () => Promise<SelectionWatch | null>
  /** A window of ours has the focus: what is read is what is there. */
  readonly hasFocus: () => boolean
  /** It has been used since it has it: what is written gets there. */
  readonly isUsed: () => boolean
  readonly timers: Timers
}

export function createWaylandClipboard(
  inner: Clipboard,
  { watch, hasFocus, isUsed, timers }: WaylandClipboardDeps,
): Clipboard {
  /** We have let go of it, and nobody could see whether it is empty. */
  let isUnsure = false

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      timers.after(ms, resolve)
    })

  async function write(text: string, put: () => Promise<void>): Promise<void> {
    const seen = await watch()
    try {
      // Without a try: it would take away what is there.
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
      // Chromium would take it for its own, and nobody else would find it.
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
        // Whatever is there then, it is no longer ours.
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
