/** Brings a document from version N to N + 1. One way, and without looking at anything but the document. */
export type Migration = (document: Record<string, unknown>) => Record<string, unknown>

export type Migrated =
  | { readonly kind: 'current' | 'migrated'; readonly document: Record<string, unknown> }
  /** Not JSON, not an object, or without a version: nothing of ours, or damaged. */
  | { readonly kind: 'foreign' }
  /** Written by a newer TokenDesk than this one. */
  | { readonly kind: 'future'; readonly version: number }

/**
 * Reads a stored document and brings it to version `migrations.length + 1`: versions count from 1, and the
 * migration at index 0 makes a version 2 of a version 1. Whoever calls it keeps the older file.
 */
export function migrate(text: string, migrations: readonly Migration[]): Migrated {
  const document = parseObject(text)
  if (document === null) return { kind: 'foreign' }
  const version = document['version']
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return { kind: 'foreign' }
  const latest = migrations.length + 1
  if (version > latest) return { kind: 'future', version }
  if (version === latest) return { kind: 'current', document }
  const migrated = migrations
    .slice(version - 1)
    .reduce((older, step, index) => ({ ...step(older), version: version + index + 1 }), document)
  return { kind: 'migrated', document: migrated }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** `document` with what an earlier version called `from` under its present name `to`; what is no object stays as it is. */
export function renameField(document: unknown, from: string, to: string): unknown {
  if (typeof document !== 'object' || document === null || !(from in document)) return document
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key === from ? to : key, value]))
}
