/**
 * Owns the small document of the profile: settings and environments. In memory the truth, on disk after every
 * change. A damaged file is set aside and defaults take its place.
 */
import * as z from 'zod/mini'
import {
  ENVIRONMENT_COLOURS,
  isOtherSkew,
  serverTime,
  type Environment,
  type EnvironmentColour,
  type EnvironmentDoubt,
  type EnvironmentId,
} from '../../shared/environment'
import type { EpochMs } from '../../shared/brand'
import { isKnownZone } from '../../shared/api-date'
import { checkBaseUrl } from '../../shared/base-url'
import { migrate, type Migration } from '../base/migrate'
import { stateOfVersion2 } from './state-migrations'
import {
  DEFAULT_SETTINGS,
  settingsSchema,
  withChange,
  type Settings,
  type SettingsChange,
} from '../../shared/settings'
import { environmentId, type EnvironmentCopy } from '../vault/account-record'
import type { AppEmitter } from '../base/app-events'
import { errorFacts } from '../base/error-facts'
import { StorageUnwritableError } from '../base/errors'
import type { Log, QuarantineReason, StateStore } from '../base/ports'

/** From version N to N + 1; the newest version is one more than there are migrations. */
const MIGRATIONS: readonly Migration[] = [
  // 2: two names.
  stateOfVersion2,
]

/** Of each environment; more were never set back and forth. */
const ADDRESSES_KEPT = 10

const environmentSchema = z.object({
  id: environmentId,
  name: z.string().check(z.minLength(1)),
  baseUrl: z.string().check(z.refine((text) => checkBaseUrl(text).ok)),
  production: z.boolean(),
  colour: z.catch(z.enum(ENVIRONMENT_COLOURS), 'blue'),
  // A zone that nobody knows would make every answer without one unreadable.
  defaultTimeZone: z.catch(z.string().check(z.refine(isKnownZone)), 'UTC'),
  clockSkewMs: z.catch(z.nullable(z.number()), null),
  revision: z.catch(z.int(), 0),
  // What isn't there was written before addresses had to be confirmed; what makes no sense is no confirmation.
  addressConfirmed: z._default(z.catch(z.boolean(), false), true),
})

const stateSchema = z.object({
  settings: z.record(z.string(), z.unknown()),
  environments: z.array(z.unknown()),
  /** By environment, the base URLs that have granted something; absent in files from before that was noted. */
  grantedFrom: z.optional(z.catch(z.record(z.string(), z.array(z.string())), {})),
})

/** What the user can change about an environment. */
export type EnvironmentChange = Partial<
  Pick<Environment, 'name' | 'baseUrl' | 'production' | 'colour' | 'defaultTimeZone' | 'addressConfirmed'>
>

/** `isReset`: nothing of it could be read. Else a part of it made no sense. */
export interface StateRepair {
  /** The name under which the file as it was is kept. */
  readonly keptAs: string
  readonly isReset: boolean
}

export class AppState {
  #settings: Settings = DEFAULT_SETTINGS
  #environments = new Map<EnvironmentId, Environment>()
  /** Undefined: read from a file that doesn't say it. */
  #grantedFrom: Map<string, readonly string[]> | undefined = new Map()
  /** A file that could be neither read nor set aside at start-up: it is not to be written over. */
  #inTheWay: QuarantineReason | null = null
  #repair: StateRepair | null = null

  constructor(
    private readonly store: StateStore,
    private readonly log: Log,
    private readonly events: AppEmitter,
    private readonly migrations: readonly Migration[] = MIGRATIONS,
  ) {}

  /** Reads the file once. What had to be repaired is in `repair`. */
  load(): void {
    const stored = this.store.read()
    if (stored.kind === 'missing') return
    const migrated = stored.kind === 'text' ? migrate(stored.text, this.migrations) : null
    if (migrated?.kind === 'current' || migrated?.kind === 'migrated') {
      const state = stateSchema.safeParse(migrated.document)
      if (state.success) {
        this.#settings = settingsSchema.parse(state.data.settings)
        const environments = state.data.environments.flatMap((each) => {
          const parsed = environmentSchema.safeParse(each)
          return parsed.success ? [{ ...parsed.data, doubt: null }] : []
        })
        this.#grantedFrom = state.data.grantedFrom && new Map(Object.entries(state.data.grantedFrom))
        this.#environments = new Map(environments.map((each) => [each.id, each]))
        // What makes no sense doesn't take the rest along; account records may still know an environment.
        if (!isAsStored(state.data, this.#settings, environments)) this.#keepAndSave('damaged')
        else if (migrated.kind === 'migrated') this.#keepAndSave('before-migration')
        return
      }
    }
    const why = migrated?.kind === 'future' ? 'newer-version' : 'damaged'
    this.#repair = { keptAs: this.#quarantine(why), isReset: true }
  }

  /** What the user is to be told of the file as it was found; null when all was well. */
  get repair(): StateRepair | null {
    return this.#repair
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Throws `StorageUnwritableError`; the settings are then as before. */
  changeSettings(change: SettingsChange): Settings {
    const before = this.#settings
    this.#settings = withChange(before, change)
    this.#saveOr(() => (this.#settings = before))
    this.events.emit('settingsChanged', { settings: this.#settings })
    return this.#settings
  }

  /** To the defaults; what the user said about storage is no matter of taste and stays. Throws as `changeSettings`. */
  resetSettings(): Settings {
    const { unprotectedStorage } = this.#settings
    return this.changeSettings({ ...DEFAULT_SETTINGS, unprotectedStorage })
  }

  get environments(): readonly Environment[] {
    return [...this.#environments.values()]
  }

  environment(id: EnvironmentId): Environment | undefined {
    return this.#environments.get(id)
  }

  /** Throws `StorageUnwritableError`; the environments are then as before. */
  addEnvironment(environment: Environment): void {
    this.#environments.set(environment.id, environment)
    this.#saveOr(() => this.#environments.delete(environment.id))
    this.events.emit('environmentsChanged', { environments: this.environments })
  }

  /** Throws `StorageUnwritableError`; the environments are then as before. Nothing happens to one that is unknown. */
  changeEnvironment(id: EnvironmentId, change: EnvironmentChange): Environment | undefined {
    const before = this.#environments.get(id)
    if (before === undefined) return undefined
    // A person who has entered an address means it.
    const isEntered = change.baseUrl !== undefined && change.baseUrl !== before.baseUrl
    const addressConfirmed = change.addressConfirmed ?? (isEntered || before.addressConfirmed)
    const changed = { ...before, ...change, addressConfirmed, revision: before.revision + 1 }
    this.#environments.set(id, changed)
    this.#saveOr(() => this.#environments.set(id, before))
    this.events.emit('environmentsChanged', { environments: this.environments })
    return changed
  }

  /** Throws `StorageUnwritableError`; the environments are then as before. */
  removeEnvironment(id: EnvironmentId): void {
    const before = this.#environments
    this.#environments = new Map([...before].filter(([each]) => each !== id))
    this.#saveOr(() => (this.#environments = before))
    this.#grantedFrom?.delete(id)
    this.events.emit('environmentsChanged', { environments: this.environments })
  }

  /**
   * Where account records know another address than this file, the file is damaged or older than they are: two or more
   * records that agree on one as it was when the file was written, or a single one that was written after it. Theirs
   * is taken, to be confirmed by a person, and the file is kept. Returns whether there was such an address.
   */
  correctAddresses(copies: readonly EnvironmentCopy[]): boolean {
    let corrected = false
    for (const [id, environment] of this.#environments) {
      const known = addressInRecords(environment, copies)
      if (known === null || known.baseUrl === environment.baseUrl || !checkBaseUrl(known.baseUrl).ok) continue
      const { baseUrl, revision } = known
      this.#environments.set(id, { ...environment, baseUrl, revision, addressConfirmed: false })
      corrected = true
    }
    if (corrected) this.#keepAndSave('damaged')
    return corrected
  }

  /**
   * Takes back environments that account records remember and this file has lost; whether there were any. Their
   * addresses are to be confirmed: a record may still have one that was replaced.
   */
  restoreEnvironments(copies: Iterable<EnvironmentCopy>): boolean {
    let restored = 0
    // The newest copy of each.
    for (const copy of [...copies].sort((a, b) => b.revision - a.revision)) {
      if (this.#environments.has(copy.id)) continue
      const environment = environmentSchema.safeParse({ ...copy, clockSkewMs: null, addressConfirmed: false })
      if (!environment.success) continue
      this.#environments.set(copy.id, { ...environment.data, doubt: null })
      restored += 1
    }
    if (restored === 0) return false
    this.log.warn('environments restored from account records', { restored })
    // A file that is there and doesn't know them has lost them; one that was set aside is kept already.
    if (this.store.read().kind === 'text') this.#keepAndSave('damaged')
    else this.#saveIfPossible()
    return true
  }

  /** Whether this base URL has ever granted something to the environment. */
  hasGranted(id: EnvironmentId, baseUrl: string): boolean {
    return this.#grantedFrom?.get(id)?.includes(baseUrl) === true
  }

  /** Written once for each address. Not worth an error: the next grant notes it again. */
  noteGranted(id: EnvironmentId, baseUrl: string): void {
    if (this.hasGranted(id, baseUrl)) return
    this.#grantedFrom ??= new Map()
    const known = this.#grantedFrom.get(id) ?? []
    this.#grantedFrom.set(id, [...known, baseUrl].slice(-ADDRESSES_KEPT))
    this.#saveIfPossible()
  }

  /** For a file from before that was noted: where the sessions come from that are there. */
  learnGranted(copies: () => Iterable<EnvironmentCopy>): void {
    if (this.#grantedFrom !== undefined) return
    this.#grantedFrom = new Map()
    for (const { id, baseUrl } of copies()) {
      if (!this.hasGranted(id, baseUrl)) {
        this.#grantedFrom.set(id, [...(this.#grantedFrom.get(id) ?? []), baseUrl])
      }
    }
  }

  setDoubt(id: EnvironmentId, doubt: EnvironmentDoubt | null): void {
    const environment = this.#environments.get(id)
    if (environment === undefined || (environment.doubt === null && doubt === null)) return
    this.#environments.set(id, { ...environment, doubt })
    this.events.emit('environmentsChanged', { environments: this.environments })
  }

  /** Now, by the clock of the environment's server. */
  serverTime(id: EnvironmentId, now: EpochMs): EpochMs {
    const environment = this.#environments.get(id)
    return environment === undefined ? now : serverTime(environment, now)
  }

  /** Notes how far the server's clock is from ours. Not worth an error: it is measured again at the next reply. */
  measuredSkew(id: EnvironmentId, clockSkewMs: number): void {
    const environment = this.#environments.get(id)
    if (environment === undefined) return
    if (!isOtherSkew(environment, clockSkewMs)) return
    this.#environments.set(id, { ...environment, clockSkewMs })
    this.#saveIfPossible()
    this.events.emit('environmentsChanged', { environments: this.environments })
  }

  /** The first colour that no environment has; production is orange, so that it looks the same everywhere. */
  freeColour(production: boolean): EnvironmentColour {
    if (production) return 'orange'
    const taken = new Set(this.environments.map((each) => each.colour))
    const calm = ENVIRONMENT_COLOURS.filter((colour) => colour !== 'orange')
    return calm.find((colour) => !taken.has(colour)) ?? calm[taken.size % calm.length] ?? 'teal'
  }

  // At start-up a full or read-only disk must not keep the app from starting: tidying up waits then.
  #keepAndSave(why: QuarantineReason): void {
    try {
      const keptAs = this.store.keepCopy(why)
      if (why === 'damaged') this.#repair ??= { keptAs, isReset: false }
      this.#save()
    } catch (error) {
      this.log.warn('settings not rewritten', { why, ...errorFacts(error) })
    }
  }

  #quarantine(why: QuarantineReason): string {
    try {
      const keptAs = this.store.quarantine(why)
      this.log.warn('settings set aside', { keptAs })
      return keptAs
    } catch (error) {
      this.#inTheWay = why
      this.log.warn('settings can be neither read nor set aside', errorFacts(error))
      return 'tokendesk.json'
    }
  }

  #saveOr(undo: () => void): void {
    try {
      this.#save()
    } catch (error) {
      undo()
      // The file may hold the change all the same, and the next start would show it.
      if (error instanceof StorageUnwritableError && error.mayBeThere) this.#saveIfPossible()
      throw error
    }
  }

  #saveIfPossible(): void {
    try {
      this.#save()
    } catch (error) {
      this.log.warn('settings not saved', errorFacts(error))
    }
  }

  #save(): void {
    if (this.#inTheWay !== null) this.store.quarantine(this.#inTheWay)
    this.#inTheWay = null
    this.store.write({
      version: this.migrations.length + 1,
      settings: this.#settings,
      environments: this.environments.map(({ doubt: _, ...environment }) => environment),
      grantedFrom: Object.fromEntries(this.#grantedFrom ?? []),
    })
  }
}

/** The address that records know of the environment, if that is to be believed rather than the file's. */
function addressInRecords(
  environment: Environment,
  copies: readonly EnvironmentCopy[],
): Pick<EnvironmentCopy, 'baseUrl' | 'revision'> | null {
  const sameAge: string[] = []
  let newest: EnvironmentCopy | null = null
  for (const copy of copies) {
    if (copy.id !== environment.id) continue
    if (copy.revision === environment.revision) sameAge.push(copy.baseUrl)
    if (copy.revision > (newest?.revision ?? environment.revision)) newest = copy
  }
  if (newest !== null) return newest
  const [baseUrl] = sameAge
  const isAgreed = baseUrl !== undefined && sameAge.length > 1 && sameAge.every((each) => each === baseUrl)
  return isAgreed ? { baseUrl, revision: environment.revision } : null
}

/** Whether all that the file says was taken over. What it doesn't say, since an older version wrote it, is no damage. */
function isAsStored(
  stored: z.output<typeof stateSchema>,
  settings: Settings,
  environments: readonly Environment[],
): boolean {
  return (
    isTakenOver(stored.settings, settings) &&
    environments.length === stored.environments.length &&
    environments.every((each, index) => isTakenOver(stored.environments[index], each))
  )
}

function isTakenOver(stored: unknown, taken: object): boolean {
  const said = new Map(Object.entries(stored ?? {}))
  return Object.entries(taken).every(
    ([name, value]) => !said.has(name) || JSON.stringify(said.get(name)) === JSON.stringify(value),
  )
}
