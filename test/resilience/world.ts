/**
 * The app's use cases with its real adapters, over a disk of ours and a service without grace; all that it says is taken
 * down. Of the machine only the disk is real enough to fail.
 */
import type { CipherStatus } from '../../electron/core/base/ports'
import { createAccountFiles } from '../../electron/main/adapters/account-files'
import { createStateFile } from '../../electron/main/adapters/state-file'
import type { Disk } from '../../electron/main/files/disk'
import type { AccountId } from '../../electron/shared/account'
import { BackOffice } from '../support/back-office'
import type { FakeTime } from '../support/fakes/fake-time'
import { MemoryClipboard } from '../support/fakes/memory-clipboard'
import type { Secret } from '../../electron/shared/secret'
import { digest } from './posix/tree'
import { SAVED } from './places'
import { savingTo, type Chosen } from './saving'
import { numberOf, type RotatingService } from './rotating-service'
import { saidOf, saidOfEnvironments, saidOfSettings, type Said, type Transcript } from './said'

export interface WorldOptions {
  readonly disk: Disk
  readonly profile: string
  readonly time: FakeTime
  readonly service: RotatingService
  readonly transcript: Transcript
  readonly newId: () => string
  readonly keyring: CipherStatus
  readonly chosen: Chosen
}

export class World {
  private constructor(
    readonly office: BackOffice,
    readonly options: WorldOptions,
  ) {}

  /** Starts the app as composition.ts does. Rejects when it doesn't start. */
  static async start(options: WorldOptions): Promise<World> {
    const { disk, profile, time, service, transcript, newId, keyring, chosen } = options
    const say = (change: Partial<Said>): void => {
      transcript.say(change)
    }
    const listener: { world: World | null } = { world: null }
    const office = await driven(
      time,
      BackOffice.open({
        keyring,
        ports: {
          records: createAccountFiles(profile, disk),
          stateStore: createStateFile(profile, 'tokendesk', disk),
          notificationLogStore: createStateFile(profile, 'reminders', disk),
          lockStore: createStateFile(profile, 'lock', disk),
          proxyStore: createStateFile(profile, 'proxy', disk),
          startupRowsStore: createStateFile(profile, 'list-start', disk),
          usageStore: createStateFile(profile, 'usage', disk),
          viewStore: createStateFile(profile, 'view', disk),
          api: service,
          clipboard: new ListeningClipboard((token) => listener.world?.copied(token)),
          clock: time,
          timers: time,
          newId,
          dialogs: savingTo(chosen, disk, profile, (bytes) => {
            say({ saved: new Map([[SAVED, digest(Buffer.from(bytes))]]) })
          }),
        },
        listen: (events) => {
          events.on('accountsChanged', ({ ids }) => {
            for (const id of ids) listener.world?.showed(id)
          })
          events.on('accountRemoved', ({ id }) => listener.world?.removed(id))
          events.on('environmentsChanged', ({ environments }) => {
            if (listener.world !== null) say({ environments: saidOfEnvironments(environments) })
          })
          events.on('settingsChanged', ({ settings }) => {
            if (listener.world !== null) say({ settings: saidOfSettings(settings) })
          })
          events.on('lockChanged', () => {
            if (listener.world !== null) say({ lockIsSet: listener.world.office.useCases.lock.isSet })
          })
        },
      }),
    )
    const world = new World(office, options)
    listener.world = world
    world.#shownAtStart()
    return world
  }

  get transcript(): Transcript {
    return this.options.transcript
  }

  get ids(): readonly AccountId[] {
    return this.office.vault.ids()
  }

  async driven<Value>(work: Promise<Value>): Promise<Value> {
    return await driven(this.options.time, work)
  }

  /** The number of the refresh token that can be opened; 0 for none, null where the account is locked. */
  async tokenOf(id: AccountId): Promise<number | null> {
    const opened = await this.office.vault.secrets(id)
    return opened.ok ? numberOf(opened.secrets.refreshToken?.reveal()) : null
  }

  /** What the app shows now, whatever it has said before. */
  get shown(): Said {
    const { office } = this
    return {
      ...this.transcript.latest,
      accounts: new Map(
        office.accounts.summaries().map((summary) => [summary.id, saidOf(summary, this.#ends)] as const),
      ),
      settings: saidOfSettings(office.settingsStore.current),
      environments: saidOfEnvironments(office.environmentStore.all),
      lockIsSet: office.useCases.lock.isSet,
    }
  }

  /** Those of the sessions granted until now are to be nowhere on the disk any more. */
  sayGone(which: (token: number) => boolean): void {
    const { granted } = this.options.service
    const gone = Array.from({ length: granted }, (_, at) => at + 1).filter(which)
    this.transcript.say({ gone: new Set([...this.transcript.latest.gone, ...gone]) })
  }

  /** Whether the app tells by name that the session's account has its secrets elsewhere than decided. */
  isMisplaced(token: number): boolean {
    const { office, options } = this
    const key = options.service.keyOf(token)
    const names = office.storage.status.misplaced?.accounts ?? []
    return office.accounts
      .summaries()
      .filter(({ name }) => names.includes(name))
      .some(({ refreshToken }) => options.service.keyOf(this.#ends(refreshToken?.expiresAt)) === key)
  }

  #shownAtStart(): void {
    this.transcript.say(this.shown)
  }

  readonly #ends = (at: number | null | undefined): number => this.options.service.tokenThatEnds(at)

  showed(id: AccountId): void {
    const summary = this.office.accounts.summary(id)
    if (summary === undefined) return
    const accounts = new Map(this.transcript.latest.accounts)
    this.transcript.say({ accounts: accounts.set(id, saidOf(summary, this.#ends)) })
  }

  removed(id: AccountId): void {
    const accounts = new Map(this.transcript.latest.accounts)
    const key = this.options.service.keyOf(accounts.get(id)?.token ?? 0)
    accounts.delete(id)
    this.transcript.say({ accounts })
    if (key !== undefined) this.sayGone((token) => this.options.service.keyOf(token) === key)
  }

  /** Whoever has the JWT takes the refresh token that came with it for stored. */
  copied(token: number): void {
    const { latest } = this.transcript
    const { service } = this.options
    const found = [...latest.accounts].find(
      ([, { token: before }]) => before > 0 && service.keyOf(before) === service.keyOf(token),
    )
    if (found === undefined || found[1].token >= token) return
    this.transcript.say({ accounts: new Map(latest.accounts).set(found[0], { ...found[1], token }) })
  }
}

class ListeningClipboard extends MemoryClipboard {
  constructor(private readonly copied: (token: number) => void) {
    super()
  }

  override writeSecret(secret: Secret): Promise<void> {
    this.copied(numberOf(secret.reveal()))
    return super.writeSecret(secret)
  }
}

/** Lets timers that are due run until the work is done; what hashes passphrases does it in threads of its own. */
async function driven<Value>(time: FakeTime, work: Promise<Value>): Promise<Value> {
  const done = work.then(
    () => true,
    () => true,
  )
  const notYet = (): Promise<false> => new Promise((go) => setImmediate(go, false))
  do await time.advance(0)
  while (!(await Promise.race([done, notYet()])))
  return await work
}
