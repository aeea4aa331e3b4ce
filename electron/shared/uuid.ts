/**
 * Ids of accounts and environments are made by `crypto.randomUUID`. Whatever a file, a backup or a message calls an id
 * is one only if it looks like that: files are named by ids. Small letters only, since some systems take capitals for
 * the same name.
 */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u

export function isUuid(text: string): boolean {
  return UUID.test(text)
}
