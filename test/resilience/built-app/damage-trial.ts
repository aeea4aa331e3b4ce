/** One damage: the profile as it was, one file of it damaged, the app started, everything checked. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import type { AccountId, AccountSummary } from '../../../electron/shared/account'
import type { Result, Snapshot } from '../../../electron/shared/ipc/contract'
import type { AuthServer } from '../../support/auth-server'
import type { DamageKind } from './damages'
import { AppClient } from './app-client'
import type { Random } from '../../support/random'
import { recordPath } from './records'
import { enterKey, type Subject } from './subjects'

/** A profile in good order, kept aside, with what the app shows of it. */
export interface Original {
  readonly folder: string
  readonly snapshot: Snapshot
  readonly subjects: readonly Subject[]
}

export interface DamageTrial {
  readonly original: Original
  /** Where the app runs: what Chromium keeps there is left from start to start, which makes starts faster. */
  readonly profile: string
  readonly server: AuthServer
  readonly kind: DamageKind
  readonly directory: string
  readonly random: Random
}

/** `unnoticed`: its status shows no problem, but its data differ from before. */
export type Harm = 'locked' | 'gone' | 'unnoticed'

export interface DamageOutcome {
  readonly what: string
  readonly started: boolean
  /** Environments whose base URL had to be confirmed before anything was sent there. */
  readonly confirmed: number
  /** One for each account with a damaged file that isn't as before. */
  readonly harms: readonly Harm[]
  /** Of these, live again once their API key was entered… */
  readonly healed: number
  /** …or, where it could no longer be told to which environment they belong, once they were removed and added again. */
  readonly addedAgain: number
  readonly wrongs: readonly string[]
}

const STATE_FILE = 'tokendesk.json'
/** One in so many damages strikes settings and environments instead of an account. */
const STATE_EVERY = 5

export async function damageOnce(trial: DamageTrial): Promise<DamageOutcome> {
  const { original, profile, server, kind, directory, random } = trial
  restore(original, profile)
  const accounts = random.shuffled(original.subjects)
  const [file = '', other = ''] = [
    ...(random.int(1, STATE_EVERY) === 1 ? [join(profile, STATE_FILE)] : []),
    ...accounts.map(({ id }) => recordPath(profile, id)),
  ]
  const damaged = kind.strike(file, other, random)
  const struck = damaged.map((each) => ({ file: each, bytes: bytesOf(each) }))
  const what = `${kind.name}: ${damaged.map((each) => basename(each)).join(' and ')}`
  server.forgetRequests()

  let client: AppClient
  try {
    client = await AppClient.open({ profile, directory })
  } catch (error) {
    return {
      what,
      started: false,
      confirmed: 0,
      harms: [],
      healed: 0,
      addedAgain: 0,
      wrongs: [`did not start: ${String(error)}`],
    }
  }
  try {
    const hit = original.subjects.filter(({ id }) => damaged.includes(recordPath(profile, id)))
    const others = original.subjects.filter((each) => !hit.includes(each))
    const found = await client.snapshot()
    const wrongs = [
      ...environmentsMoved(original.snapshot, found),
      ...bytesLost(profile, struck),
      ...untold(found, hit, settingsWereSetAside(profile)),
      ...trustedUnasked(original.folder, profile, found),
    ]
    const toConfirm = found.environments.filter(({ addressConfirmed }) => !addressConfirmed)
    if (toConfirm.length > 0) wrongs.push(...(await sendsNothingUnconfirmed(client, others)))
    if (server.requests.length > 0) wrongs.push(`${String(server.requests.length)} requests were sent`)
    // As its user would, who knows the address.
    for (const { id, baseUrl } of toConfirm) {
      const confirmed = await client.call('confirmAddress', { id, baseUrl })
      if (!confirmed.ok) wrongs.push(`${baseUrl} can't be confirmed: ${JSON.stringify(confirmed)}`)
    }
    const now = await client.snapshot()
    wrongs.push(...(await harmWithoutDamage(client, original.snapshot, now, others)))
    if (server.requests.length > 0) wrongs.push(`${String(server.requests.length)} requests were sent`)
    const harmed = await harmTo(client, original.snapshot, now, hit)
    return {
      what,
      started: true,
      confirmed: toConfirm.length,
      ...harmed,
      wrongs: [...wrongs, ...harmed.wrongs],
    }
  } finally {
    await client.kill()
  }
}

function restore(original: Original, profile: string): void {
  for (const name of readdirSync(profile)) {
    if (name.startsWith(STATE_FILE) || name === 'accounts') rmSync(join(profile, name), { recursive: true })
  }
  cpSync(original.folder, profile, { recursive: true })
}

/** Accounts with an intact file must be as before, and copy without a request to the service. */
async function harmWithoutDamage(
  client: AppClient,
  before: Snapshot,
  now: Snapshot,
  others: readonly Subject[],
): Promise<string[]> {
  const changed = others.filter(({ id }) => !isDeepStrictEqual(accountIn(before, id), accountIn(now, id)))
  const copies = await client.callAll(
    'copyJwt',
    others.map(({ id }) => ({ id })),
  )
  return [
    ...changed.map(({ name, id }) => `${name} has changed to ${JSON.stringify(accountIn(now, id))}`),
    ...others.flatMap(({ name }, index) =>
      copies[index]?.ok === true ? [] : [`${name} does not copy: ${JSON.stringify(copies[index])}`],
    ),
  ]
}

/** No token may go to another place because a file was damaged. */
function environmentsMoved(before: Snapshot, now: Snapshot): string[] {
  return before.environments.flatMap(({ id, baseUrl }) => {
    const found = now.environments.find((each) => each.id === id)
    return found?.baseUrl === baseUrl ? [] : [`the environment is now ${JSON.stringify(found)}`]
  })
}

/** An address that the file no longer gives is one that a person must confirm: the copies may have an older one. */
function trustedUnasked(folder: string, profile: string, { environments }: Snapshot): string[] {
  const known = addressesIn(join(folder, STATE_FILE))
  const found =
    addressesIn(join(profile, `${STATE_FILE}.damaged-1`)) ?? addressesIn(join(profile, STATE_FILE))
  return environments.flatMap(({ id, baseUrl, addressConfirmed }) =>
    addressConfirmed && found?.get(id) !== known?.get(id)
      ? [`${baseUrl} is used without a person's word, though the file lost it`]
      : [],
  )
}

/** Null when it can't be read. */
function addressesIn(path: string): ReadonlyMap<string, string> | null {
  const stored = z
    .object({ environments: z.array(z.object({ id: z.string(), baseUrl: z.string() })) })
    .safeParse(jsonOf(path))
  return stored.success ? new Map(stored.data.environments.map(({ id, baseUrl }) => [id, baseUrl])) : null
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** Whatever is requested. */
async function sendsNothingUnconfirmed(client: AppClient, subjects: readonly Subject[]): Promise<string[]> {
  const [subject] = subjects
  if (subject === undefined) return []
  const answers = [
    await client.call('renewAccount', { id: subject.id }),
    await client.call('enterApiKey', {
      id: subject.id,
      apiKey: subject.apiKey,
      rememberApiKey: subject.remembers,
    }),
  ]
  return answers.flatMap((answer) =>
    !answer.ok && answer.error.code === 'problem' && answer.error.problem.code === 'address-to-confirm'
      ? []
      : [`${subject.name} was not told to confirm the address: ${JSON.stringify(answer)}`],
  )
}

/** What was in the damaged files must still be somewhere in the profile. */
function bytesLost(
  profile: string,
  struck: readonly { readonly file: string; readonly bytes: Buffer | 'folder' | null }[],
): string[] {
  return struck.flatMap(({ file, bytes }) => {
    if (bytes === null) return []
    const folder = join(file, '..')
    const kept = readdirSync(folder)
      .filter((name) => name.startsWith(basename(file)))
      .some((name) => sameBytes(bytesOf(join(folder, name)), bytes))
    return kept ? [] : [`the bytes of ${basename(file)} are gone from ${profile}`]
  })
}

/**
 * Quarantined records must be reported at the start, and so must those that another keyring seems to have encrypted.
 */
function untold(
  { notices, accounts }: Snapshot,
  hit: readonly Subject[],
  settingsSetAside: boolean,
): string[] {
  const codes = new Set(notices.map(({ code }) => code))
  const locked = accounts.filter(
    ({ id, secretsIn }) => secretsIn === 'locked' && hit.some((each) => each.id === id),
  )
  const isReported = codes.has('records-damaged') || codes.has('keyring-changed')
  return [
    ...(locked.length > 0 && !isReported ? [`nobody is told of ${JSON.stringify(locked)}`] : []),
    ...(settingsSetAside && !codes.has('settings-reset') && !codes.has('settings-repaired')
      ? ['nobody is told that the settings are reset']
      : []),
  ]
}

function settingsWereSetAside(profile: string): boolean {
  return readdirSync(profile).some((name) => SETTINGS_SET_ASIDE.test(name))
}

const SETTINGS_SET_ASIDE = /^tokendesk\.json\.(?:damaged|newer-version)-\d+$/u

/** A damaged account may be as before, gone, or locked; what is shown must come back with its API key. */
async function harmTo(
  client: AppClient,
  before: Snapshot,
  now: Snapshot,
  hit: readonly Subject[],
): Promise<Pick<DamageOutcome, 'harms' | 'healed' | 'addedAgain' | 'wrongs'>> {
  const harms: Harm[] = []
  const wrongs: string[] = []
  let healed = 0
  let addedAgain = 0
  for (const subject of hit) {
    const account = accountIn(now, subject.id)
    if (account === undefined) {
      harms.push('gone')
      continue
    }
    const copied = await client.ask('copyJwt', { id: subject.id })
    if (copied.result.ok && isDeepStrictEqual(account, accountIn(before, subject.id))) continue
    harms.push(copied.status === 'locked' ? 'locked' : 'unnoticed')
    if (account.problem?.code === 'locked' && account.problem.reason === 'environment-lost') {
      const result = await addAgain(client, before, subject)
      if (result.ok) addedAgain += 1
      else wrongs.push(`${subject.name} can't be removed and added again: ${JSON.stringify(result)}`)
      continue
    }
    const entered = await enterKey(client, subject)
    if (entered.status === 'live') healed += 1
    else wrongs.push(`${subject.name} does not come back with its key: ${JSON.stringify(entered.result)}`)
  }
  return { harms, healed, addedAgain, wrongs }
}

async function addAgain(client: AppClient, before: Snapshot, subject: Subject): Promise<Result<unknown>> {
  const { id, name, apiKey, kind, remembers } = subject
  const removed = await client.call('removeAccount', { id })
  if (!removed.ok) return removed
  const environmentId = accountIn(before, id)?.environmentId ?? ''
  return await client.call('addAccount', {
    name,
    environmentId,
    apiKey,
    kind,
    partnerId: null,
    rememberApiKey: remembers,
  })
}

function accountIn({ accounts }: Snapshot, id: AccountId): AccountSummary | undefined {
  return accounts.find((each) => each.id === id)
}

/** Null when nothing is there. */
function bytesOf(path: string): Buffer | 'folder' | null {
  if (!existsSync(path)) return null
  return statSync(path).isDirectory() ? 'folder' : readFileSync(path)
}

function sameBytes(a: Buffer | 'folder' | null, b: Buffer | 'folder'): boolean {
  return Buffer.isBuffer(a) && Buffer.isBuffer(b) ? a.equals(b) : a === b
}
