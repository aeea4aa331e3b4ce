/** The one port of all gateways: chosen at first use and kept in the settings. Another one is taken only when asked for. */
import type { GatewayState, PortProblem } from '../../shared/gateway'
import { FIRST_FREE_PORT, HIGHEST_PORT } from '../../shared/gateway-formats'
import type { Result } from '../../shared/ipc/contract'
import { gatewayPortText } from '../../shared/wording'
import { errorFacts } from '../base/error-facts'
import { StorageUnwritableError } from '../base/errors'
import type { Log, Random, Timers } from '../base/ports'
import { done } from '../base/results'
import type { Announcements } from '../notifications/announcements'
import type { SettingsStore } from '../settings/settings-store'

export interface ListeningPortDeps {
  readonly settingsStore: SettingsStore
  readonly announcements: Announcements
  readonly random: Random
  readonly timers: Timers
  readonly log: Log
}

const LISTENS_WITHIN_MS = 10_000

export class ListeningPort {
  /** What the process has said last of the port that it was told; null: nothing so far. */
  #said: { readonly port: number; readonly problem: PortProblem | null } | null = null
  #asked = 0
  #waiting: (() => void)[] = []
  #takeDown: () => void = () => undefined

  constructor(private readonly deps: ListeningPortDeps) {}

  get works(): boolean {
    return this.#said?.problem === null
  }

  /** Null: any that is free. Throws `StorageUnwritableError`; it is then the one before. */
  use(port: number | null): void {
    const { settingsStore, random } = this.deps
    const wanted = port ?? FIRST_FREE_PORT + Math.floor(random() * (HIGHEST_PORT + 1 - FIRST_FREE_PORT))
    settingsStore.change({ gatewayPort: wanted })
  }

  /** The process is about to be told this. */
  asked({ port, routes }: GatewayState): void {
    this.#asked = port
    if (routes.length === 0 || !this.works || (this.#said?.port !== port && port !== 0)) this.#said = null
    if (routes.length === 0) this.#takeDown()
  }

  /** Where addresses lead, once the process has said so. Fails with `gateway-port`. */
  async ready(): Promise<Result<number>> {
    if (this.#said === null) {
      await new Promise<void>((resolve) => {
        const cancel = this.deps.timers.after(LISTENS_WITHIN_MS, resolve)
        this.#waiting.push(() => {
          cancel()
          resolve()
        })
      })
    }
    const { port, problem } = this.#said ?? { port: this.#asked, problem: 'other' }
    return problem === null ? done(port) : { ok: false, error: { code: 'gateway-port', port, problem } }
  }

  listening(port: number): void {
    const { settingsStore, log } = this.deps
    this.#takeDown()
    this.#heard(port, null)
    if (settingsStore.current.gatewayPort === port) return
    try {
      settingsStore.change({ gatewayPort: port })
    } catch (error) {
      if (!(error instanceof StorageUnwritableError)) throw error
      log.warn('the port of the gateway can not be kept', errorFacts(error))
    }
  }

  notListening(port: number, problem: PortProblem): void {
    const { announcements, log } = this.deps
    log.warn('the gateway has no port', { problem })
    this.#takeDown()
    this.#takeDown = announcements.announce(gatewayPortText(port, problem), 'only-here')
    this.#heard(port, problem)
  }

  #heard(port: number, problem: PortProblem | null): void {
    this.#said = { port, problem }
    const waiting = this.#waiting
    this.#waiting = []
    for (const go of waiting) go()
  }
}
