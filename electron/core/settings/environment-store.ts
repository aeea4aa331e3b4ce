/** The environments, and what is known of their addresses and clocks. */
import { checkBaseUrl } from '../../shared/base-url'
import type { EpochMs } from '../../shared/brand'
import {
  ENVIRONMENT_COLOURS,
  isOtherSkew,
  serverTime,
  type Environment,
  type EnvironmentColour,
  type EnvironmentDoubt,
  type EnvironmentId,
} from '../../shared/environment'
import type { AppEmitter } from '../base/app-events'
import type { Log } from '../base/ports'
import type { EnvironmentCopy } from '../vault/account-record'
import { readEnvironment, type StateContent, type StateDocument } from './state-document'

/** For each environment; nobody switches between more. */
const GRANTED_ADDRESSES_KEPT = 10

/** What the user can change about an environment. */
export type EnvironmentChange = Partial<
  Pick<Environment, 'name' | 'baseUrl' | 'production' | 'colour' | 'defaultTimeZone' | 'addressConfirmed'>
>

export class EnvironmentStore {
  /** Typed together with an account that is being logged in: nobody sees them before they are accepted. */
  readonly #proposed = new Map<EnvironmentId, Environment>()

  constructor(
    private readonly document: StateDocument,
    private readonly events: AppEmitter,
    private readonly log: Log,
  ) {}

  get all(): readonly Environment[] {
    return [...this.#byId.values()]
  }

  get(id: EnvironmentId): Environment | undefined {
    return this.#byId.get(id) ?? this.#proposed.get(id)
  }

  propose(environment: Environment): void {
    this.#proposed.set(environment.id, environment)
  }

  /** Its service has granted something. Ignores one that was not proposed. Throws `StorageUnwritableError`. */
  accept(id: EnvironmentId): void {
    const environment = this.#proposed.get(id)
    if (environment === undefined) return
    this.add(environment)
    this.#proposed.delete(id)
  }

  withdraw(id: EnvironmentId): void {
    this.#proposed.delete(id)
  }

  /** Throws `StorageUnwritableError`; the environments are then as before. */
  add(environment: Environment): void {
    this.document.change(this.#with(environment))
    this.#changed()
  }

  /** Throws `StorageUnwritableError`; the environments are then as before. Ignores an unknown id. */
  change(id: EnvironmentId, change: EnvironmentChange): Environment | undefined {
    const before = this.get(id)
    if (before === undefined) return undefined
    // An address that a person has entered needs no confirmation.
    const isEntered = change.baseUrl !== undefined && change.baseUrl !== before.baseUrl
    const addressConfirmed = change.addressConfirmed ?? (isEntered || before.addressConfirmed)
    const changed = { ...before, ...change, addressConfirmed, revision: before.revision + 1 }
    this.document.change(this.#with(changed))
    this.#changed()
    return changed
  }

  /** Throws `StorageUnwritableError`; the environments are then as before. */
  remove(id: EnvironmentId): void {
    const grantedFrom = new Map(this.document.content.grantedFrom)
    const environments = new Map(this.#byId)
    grantedFrom.delete(id)
    environments.delete(id)
    this.document.change({ environments, grantedFrom })
    this.#changed()
  }

  /**
   * Where account records know another address than the file, the file is damaged or older than they are: two or more
   * records that agree on one of the file's revision, or a single one of a later revision. Theirs is taken, to be
   * confirmed by a person. Returns whether there was such an address.
   */
  correctAddresses(copies: readonly EnvironmentCopy[]): boolean {
    const corrected = new Map(this.#byId)
    for (const [id, environment] of this.#byId) {
      const known = addressInRecords(environment, copies)
      if (known === null || known.baseUrl === environment.baseUrl || !checkBaseUrl(known.baseUrl).ok) continue
      const { baseUrl, revision } = known
      corrected.set(id, { ...environment, baseUrl, revision, addressConfirmed: false })
    }
    const isAnyCorrected = this.all.some((each) => corrected.get(each.id) !== each)
    if (isAnyCorrected) this.document.changeAndKeepFile({ environments: corrected })
    return isAnyCorrected
  }

  /**
   * Restores environments that account records remember and the file has lost. Their addresses are to be confirmed,
   * since a record may still have a replaced one. Returns whether there were any.
   */
  restore(copies: Iterable<EnvironmentCopy>): boolean {
    const environments = new Map(this.#byId)
    // The newest copy of each wins.
    for (const copy of [...copies].sort((a, b) => b.revision - a.revision)) {
      if (environments.has(copy.id)) continue
      const environment = readEnvironment({ ...copy, clockSkewMs: null, addressConfirmed: false })
      if (environment !== null) environments.set(environment.id, environment)
    }
    const restored = environments.size - this.#byId.size
    if (restored === 0) return false
    this.log.warn('environments restored from account records', { restored })
    this.document.changeAndKeepFile({ environments })
    return true
  }

  /** Whether this base URL has ever granted something to the environment. */
  hasGranted(id: EnvironmentId, baseUrl: string): boolean {
    return this.#grantedFrom(id).includes(baseUrl)
  }

  /** Written once for each address. Not worth an error: the next grant notes it again. */
  noteGranted(id: EnvironmentId, baseUrl: string): void {
    if (!this.hasGranted(id, baseUrl)) this.document.changeIfPossible(this.#withGranted(id, baseUrl))
  }

  /** For a file of an older version, which lacks this: `copies` says where the stored sessions come from. */
  learnGranted(copies: () => Iterable<EnvironmentCopy>): void {
    if (this.document.content.grantedFrom !== undefined) return
    this.document.changeInMemory({ grantedFrom: new Map() })
    for (const { id, baseUrl } of copies()) {
      if (!this.hasGranted(id, baseUrl)) this.document.changeInMemory(this.#withGranted(id, baseUrl))
    }
  }

  setDoubt(id: EnvironmentId, doubt: EnvironmentDoubt | null): void {
    const environment = this.#byId.get(id)
    if (environment === undefined || (environment.doubt === null && doubt === null)) return
    this.document.changeInMemory(this.#with({ ...environment, doubt }))
    this.#changed()
  }

  /** Now, by the clock of the environment's server. */
  serverTime(id: EnvironmentId, now: EpochMs): EpochMs {
    const environment = this.get(id)
    return environment === undefined ? now : serverTime(environment, now)
  }

  /** Notes how far the server's clock is from ours. Not worth an error: the next reply measures it again. */
  measuredSkew(id: EnvironmentId, clockSkewMs: number): void {
    const environment = this.get(id)
    if (environment === undefined || !isOtherSkew(environment, clockSkewMs)) return
    if (this.#proposed.has(id)) {
      this.#proposed.set(id, { ...environment, clockSkewMs })
      return
    }
    this.document.changeIfPossible(this.#with({ ...environment, clockSkewMs }))
    this.#changed()
  }

  /**
   * The first color that no environment has. Production is violet, so that it looks the same everywhere, and neither like
   * an error nor like a token that expires soon; nor does orange go to another: profiles from before have production in it.
   */
  freeColour(production: boolean): EnvironmentColour {
    if (production) return 'violet'
    const taken = new Set(this.all.map((each) => each.colour))
    const calm = ENVIRONMENT_COLOURS.filter((colour) => colour !== 'violet' && colour !== 'orange')
    return calm.find((colour) => !taken.has(colour)) ?? calm[taken.size % calm.length] ?? 'teal'
  }

  get #byId(): StateContent['environments'] {
    return this.document.content.environments
  }

  #grantedFrom(id: EnvironmentId): readonly string[] {
    return this.document.content.grantedFrom?.get(id) ?? []
  }

  #with(environment: Environment): Pick<StateContent, 'environments'> {
    return { environments: new Map(this.#byId).set(environment.id, environment) }
  }

  #withGranted(id: EnvironmentId, baseUrl: string): Pick<StateContent, 'grantedFrom'> {
    const addresses = [...this.#grantedFrom(id), baseUrl].slice(-GRANTED_ADDRESSES_KEPT)
    return { grantedFrom: new Map(this.document.content.grantedFrom).set(id, addresses) }
  }

  #changed(): void {
    this.events.emit('environmentsChanged', { environments: this.all })
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
