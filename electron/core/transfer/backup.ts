/**
 * A backup: settings, environments and accounts with their secrets, sealed with a passphrase. Inside it is a line of
 * JSON that says what it is, then one for each account, so that it is written and read in slices. It is opened as a
 * whole or not at all; nothing here changes what is on this machine.
 */
import * as z from 'zod/mini'
import { accountId } from '../../shared/ids'
import { isKnownZone } from '../../shared/api-date'
import type { AccountId } from '../../shared/account'
import type { Checked } from '../../shared/checked'
import { checkBaseUrl } from '../../shared/base-url'
import { COPY_FORMATS } from '../../shared/copy-format'
import type { EnvironmentId } from '../../shared/environment'
import type { Secret } from '../../shared/secret'
import { settingsSchema } from '../../shared/settings'
import { inSlices, UNITS_PER_ROW, type Pause, type Work } from '../base/slices'
import type { BackupRefusal } from '../../shared/transfer'
import {
  environmentCopy,
  factsOfVersion3,
  openText,
  secrets,
  sessionFacts,
  storedProfile,
} from '../vault/account-record'
import type { PassphraseSealer } from '../base/ports'
import { stateOfVersion2 } from '../settings/state-migrations'

/** A field's meaning never changes within a version; a new one raises it. 2: as records of version 3; 3: of version 4. */
const BACKUP_VERSION = 3
const BACKUP_FORMAT = 'tokendesk-backup'
/** Some 100,000 accounts. */
export const BACKUP_MAX_BYTES = 512 * 1024 * 1024
const LINE_BREAK = 0x0a
/** Checking one against the schema costs as much as several rows. */
const UNITS_PER_ACCOUNT = 5 * UNITS_PER_ROW

const instant = z.number()

/** Whether secrets may lie unprotected is decided on each machine anew. */
const settings = z.omit(settingsSchema, { unprotectedStorage: true })

const environment = z.extend(environmentCopy, {
  baseUrl: z.string().check(z.refine((text) => checkBaseUrl(text).ok)),
  defaultTimeZone: z.string().check(z.refine(isKnownZone)),
  // Backups from before addresses had to be confirmed don't say it.
  addressConfirmed: z._default(z.boolean(), true),
})

const account = z.object({
  id: accountId,
  ...storedProfile,
  copyFormat: z.nullable(z.enum(COPY_FORMATS)),
  usage: z.nullable(z.object({ lastAt: instant, copies: z.int() })),
  environmentId: environmentCopy.shape.id,
  /** Null: its secrets couldn’t be decrypted when the backup was made, or there are none. */
  session: z.nullable(z.object({ facts: sessionFacts, secrets })),
})

/** As far as it has to be looked into to make a newer one of it. */
const olderAccount = z.looseObject({
  environmentId: z.unknown(),
  session: z.nullable(z.looseObject({ facts: z.record(z.string(), z.unknown()) })),
})

const head = z.object({
  format: z.literal(BACKUP_FORMAT),
  version: z.int().check(z.minimum(1), z.maximum(BACKUP_VERSION)),
  createdAt: instant,
  settings,
  environments: z.array(environment),
  /** How many lines follow. */
  accounts: z.int().check(z.minimum(0)),
})

export type BackupAccount = Readonly<z.output<typeof account>>
export type BackupEnvironment = Readonly<z.output<typeof environment>>

export interface BackupContent {
  readonly createdAt: number
  readonly settings: Readonly<z.output<typeof settings>>
  readonly environments: readonly BackupEnvironment[]
  /** Each in one of `environments`. */
  readonly accounts: readonly BackupAccount[]
}

export interface BackupDeps {
  readonly sealer: PassphraseSealer
  readonly pause: Pause
}

/** Throws when `content` is such that it could not be restored: that is a defect of who put it together. */
export async function sealBackup(
  content: BackupContent,
  passphrase: Secret,
  { sealer, pause }: BackupDeps,
): Promise<Uint8Array> {
  return await sealer.seal(await inSlices(written(content), pause), passphrase)
}

/** Gives all that was sealed, or says why not. */
export async function openBackup(
  file: Uint8Array,
  passphrase: Secret,
  { sealer, pause }: BackupDeps,
): Promise<Checked<BackupContent, BackupRefusal>> {
  if (file.length > BACKUP_MAX_BYTES) return refuse('too-large')
  const opened = await sealer.open(file, passphrase)
  return opened.ok ? await inSlices(read(opened.bytes), pause) : opened
}

function* written(content: BackupContent): Work<Uint8Array> {
  const encoder = new TextEncoder()
  const lines: Uint8Array[] = []
  const write = (value: unknown): number => {
    const line = encoder.encode(`${JSON.stringify(value)}\n`)
    lines.push(line)
    return line.length
  }
  const { createdAt, settings, environments, accounts } = content
  const places = new Places(environments)
  const about = { format: BACKUP_FORMAT, version: BACKUP_VERSION, createdAt, settings, environments }
  yield write(head.parse({ ...about, accounts: accounts.length }))
  for (const each of accounts) {
    if (!places.take(each)) throw new Error('an account without environment, or one twice')
    yield UNITS_PER_ACCOUNT + write(inTheOpen(account.parse(inTheOpen(each))))
  }

  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length, 0))
  let at = 0
  for (const line of lines) {
    bytes.set(line, at)
    at += line.length
    yield line.length
  }
  return bytes
}

function* read(bytes: Uint8Array): Work<Checked<BackupContent, BackupRefusal>> {
  const lines = linesOf(bytes)
  const first = lines.next().value
  if (isNewer(first)) return refuse('newer-version')
  const about = head.safeParse(isOlder(first) ? stateOfVersion2(first) : first).data
  if (about === undefined) return refuse('damaged')
  const { version, createdAt, settings, environments } = about
  const addresses = new Map<unknown, string>(environments.map(({ id, baseUrl }) => [id, baseUrl]))
  const places = new Places(environments)
  const accounts: BackupAccount[] = []
  for (const line of lines) {
    const each = account.safeParse(version === 1 ? accountOfVersion2(line, addresses) : line).data
    if (each === undefined || !places.take(each)) return refuse('damaged')
    accounts.push(each)
    yield UNITS_PER_ACCOUNT
  }
  if (accounts.length !== about.accounts) return refuse('damaged')
  // A partner that is gone costs its companies nothing but the nesting.
  const whole = accounts.map((each) => (places.hasPartnerOf(each) ? each : { ...each, partnerId: null }))
  return { ok: true, value: { createdAt, settings, environments, accounts: whole } }
}

/** With its secrets as text: the line is sealed with all others. */
function inTheOpen(each: BackupAccount): z.input<typeof account> {
  const { session } = each
  return { ...each, session: session && { facts: session.facts, secrets: openText(session.secrets) } }
}

function accountOfVersion2(line: unknown, addresses: ReadonlyMap<unknown, string>): unknown {
  const older = olderAccount.safeParse(line).data
  if (older?.session == null) return line
  const facts = factsOfVersion3(older.session.facts, addresses.get(older.environmentId))
  return { ...older, session: { ...older.session, facts } }
}

/** Each line's value; undefined for one that isn't JSON. */
function* linesOf(bytes: Uint8Array): Generator<unknown, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let at = 0; at < bytes.length;) {
    const lineBreak = bytes.indexOf(LINE_BREAK, at)
    const end = lineBreak === -1 ? bytes.length : lineBreak
    let value: unknown
    try {
      value = JSON.parse(decoder.decode(bytes.subarray(at, end)))
    } catch {
      value = undefined
    }
    yield value
    at = end + 1
  }
}

function isOlder(first: unknown): first is Record<string, unknown> {
  return z.object({ version: z.int().check(z.maximum(2)) }).safeParse(first).success
}

function isNewer(first: unknown): boolean {
  const version = z.object({ format: z.literal(BACKUP_FORMAT), version: z.int() }).safeParse(first)
    .data?.version
  return version !== undefined && version > BACKUP_VERSION
}

/** Which accounts there may be: each once, and in an environment of the backup. */
class Places {
  readonly #environments: ReadonlySet<EnvironmentId>
  readonly #accounts = new Set<AccountId>()

  constructor(environments: readonly BackupEnvironment[]) {
    this.#environments = new Set(environments.map(({ id }) => id))
  }

  /** False when there may be no such account. */
  take({ id, environmentId }: BackupAccount): boolean {
    if (this.#accounts.has(id) || !this.#environments.has(environmentId)) return false
    this.#accounts.add(id)
    return true
  }

  /** When all accounts are taken: whether its partner is one of them. */
  hasPartnerOf({ id, partnerId }: BackupAccount): boolean {
    return partnerId === null || (partnerId !== id && this.#accounts.has(partnerId))
  }
}

function refuse(reason: BackupRefusal): { readonly ok: false; readonly reason: BackupRefusal } {
  return { ok: false, reason }
}
