/** Headers as they were sent: names and values in turn, with their case, order and duplicates. */
export type RawHeaders = readonly string[]

/** Of all headers of that name. `_` counts as `-`, since servers that speak CGI or WSGI can't tell them apart. */
export function valuesOf(headers: RawHeaders, name: string): readonly string[] {
  const values: string[] = []
  for (let index = 0; index < headers.length; index += 2) {
    const given = headers[index] ?? ''
    // Most are ruled out by their length, at each of a dozen looks at each request.
    if (given.length === name.length && nameKey(given) === name) values.push(headers[index + 1] ?? '')
  }
  return values
}

export function nameKey(name: string): string {
  const key = name.toLowerCase()
  return key.includes('_') ? key.replaceAll('_', '-') : key
}

/** Whether comma-separated values have that token. */
export function hasToken(values: readonly string[], token: string): boolean {
  return tokensOf(values).includes(token)
}

export function tokensOf(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(',')).map((each) => each.trim().toLowerCase())
}

/** Without those for which `isGone` says so, by `nameKey`. */
export function without(headers: RawHeaders, isGone: (key: string) => boolean): string[] {
  const kept: string[] = []
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? ''
    if (!isGone(nameKey(name))) kept.push(name, headers[index + 1] ?? '')
  }
  return kept
}
