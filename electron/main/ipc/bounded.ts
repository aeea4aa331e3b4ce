/** More values than any call has: the longest is a list of at most 10,000 ids. */
const MOST_VALUES = 100_000

/**
 * Checks a message before its schema does: only plain objects, lists and bytes, and small enough. An array's length
 * travels as a number, so a few bytes could fill the memory of whoever iterates over it; a cycle never ends; a boxed
 * string has as many fields as characters.
 */
export function isBounded(message: unknown): boolean {
  const open = isHolder(message) ? [message] : []
  let seen = 0
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    if (!Array.isArray(holder) && !isPlain(holder)) return false
    seen += Array.isArray(holder) ? holder.length : Object.keys(holder).length
    if (seen > MOST_VALUES) return false
    for (const value of Object.values(holder) as unknown[]) if (isHolder(value)) open.push(value)
  }
  return true
}

/** A value with values of its own to check; bytes have none. */
function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
}

function isPlain(holder: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(holder)
  return prototype === Object.prototype || prototype === null
}
