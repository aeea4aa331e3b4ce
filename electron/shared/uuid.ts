/**
 * Ids of accounts and environments come from `crypto.randomUUID`. Anything else from a file, a backup or a message is
 * refused, since files are named by ids. Lower case only: some file systems ignore case.
 */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u

export function isUuid(text: string): boolean {
  return UUID.test(text)
}
