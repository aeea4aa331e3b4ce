import process from 'node:process'

/**
 * Things to undo before this process ends, also when it is interrupted.
 * @typedef {() => void | Promise<void>} Undo
 */

/** @type {Undo[]} */
const pending = []

const SIGNALS = /** @type {const} */ ({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })

let listening = false

/**
 * Registers something to undo. The last registered is undone first.
 * @param {Undo} undo
 * @returns {() => Promise<void>} undoes it now, once
 */
export function beforeExit(undo) {
  if (!listening) {
    listening = true
    for (const [signal, number] of Object.entries(SIGNALS)) {
      process.once(signal, () => void undoAll().finally(() => process.exit(128 + number)))
    }
  }
  pending.push(undo)
  return async () => {
    const index = pending.indexOf(undo)
    if (index === -1) return
    pending.splice(index, 1)
    await undo()
  }
}

async function undoAll() {
  for (let undo = pending.pop(); undo; undo = pending.pop()) {
    try {
      await undo()
    } catch (error) {
      // The others still have to be undone.
      console.error(error)
    }
  }
}
