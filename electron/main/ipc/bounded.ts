/** More values than any call has: the longest is a list of ids, of which there are 10,000 at most. */
const MOST_VALUES = 100_000

/**
 * Whether a message is small enough to be looked at. An array's length is only a number when it travels, so that a few
 * bytes could keep whoever walks through it busy for hours; a ring has no end at all.
 */
export function isBounded(message: unknown): boolean {
  const open = isHolder(message) ? [message] : []
  let seen = 0
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    seen += Array.isArray(holder) ? holder.length : 1
    if (seen > MOST_VALUES) return false
    for (const value of Object.values(holder) as unknown[]) {
      seen += 1
      if (isHolder(value)) open.push(value)
    }
  }
  return true
}

/** What can hold further values that a schema would look at; bytes can't. */
function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
}
