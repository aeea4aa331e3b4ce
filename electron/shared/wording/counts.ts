/** How counts are written. */

/** `7`, `1,234` */
export function figure(count: number): string {
  return count < 1000 ? String(count) : count.toLocaleString('en')
}

/** `1 account`, `1,234 accounts`; `many` for irregular plurals: `3 entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${plural(count, one, many)}`
}

/** A word that agrees with its count: `exists`, `exist`. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}

/** `a`, `a and b`, `a, b, and c` */
export function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? ''
  if (words.length < 3) return words.join(' and ')
  return `${words.slice(0, -1).join(', ')}, and ${last}`
}
