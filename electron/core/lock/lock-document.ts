/**
 * The lock on disk: what a passphrase is checked against, and the wrong attempts in a row, which a restart must not
 * forget.
 */
import * as z from 'zod/mini'
import { migrate, type Migration } from '../base/migrate'
import type { QuarantineReason, StoredText } from '../base/ports'

/** From version N to N + 1; the newest version is one more than there are migrations. */
const MIGRATIONS: readonly Migration[] = []

const lockSchema = z.object({
  verifier: z.object({
    log2N: z.int(),
    r: z.int(),
    p: z.int(),
    salt: z.base64().check(z.minLength(1)),
    hash: z.base64().check(z.minLength(1)),
  }),
  tries: z.object({ count: z.int().check(z.minimum(0)), lastAt: z.number() }),
})
export type LockDocument = Readonly<z.output<typeof lockSchema>>

export type FoundLock =
  | { readonly kind: 'none' }
  | { readonly kind: 'set'; readonly document: LockDocument }
  /** There is a lock, but nothing can be checked against it. */
  | { readonly kind: 'unusable'; readonly why: QuarantineReason }

export function readLock(stored: StoredText): FoundLock {
  if (stored.kind === 'missing') return { kind: 'none' }
  const migrated = stored.kind === 'text' ? migrate(stored.text, MIGRATIONS) : null
  if (migrated?.kind === 'future') return { kind: 'unusable', why: 'newer-version' }
  const parsed =
    migrated === null || migrated.kind === 'foreign' ? null : lockSchema.safeParse(migrated.document)
  return parsed?.success === true
    ? { kind: 'set', document: parsed.data }
    : { kind: 'unusable', why: 'damaged' }
}

export function lockFile(document: LockDocument): object {
  return { version: MIGRATIONS.length + 1, ...document }
}
