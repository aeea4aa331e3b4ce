/** More values than any call has: the longest is a list of ids, of which there are 10,000 at most. */
const MOST_VALUES = 100_000

/**
 * Whether a message is worth being looked at by a schema: made of plain objects, lists and bytes, and small enough. An
 * array's length is only a number when it travels, so that a few bytes could fill the memory of whoever walks through
 * it; a ring has no end at all; a boxed text has as many fields as characters.
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

/** What has values of its own that a schema could look at; bytes are looked at by none. */
function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
}

function isPlain(holder: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(holder)
  return prototype === Object.prototype || prototype === null
}
