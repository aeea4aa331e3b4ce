/** A record as the first version wrote it: before policies, tags, notes and the environment's revision. */
const LATER = ['policy', 'pinned', 'tags', 'note']

export function asFirstVersion(bytes: Buffer): Buffer {
  const record = JSON.parse(bytes.toString()) as Readonly<Record<string, unknown>>
  const kept = Object.entries(record).filter(([field]) => !LATER.includes(field))
  const environment = Object.entries(record['environment'] as object).filter(
    ([field]) => field !== 'revision',
  )
  return Buffer.from(
    JSON.stringify({ ...Object.fromEntries(kept), environment: Object.fromEntries(environment), version: 1 }),
  )
}
