import { KILL_MOMENTS, type KillMoment } from './kill-moment'

export interface KillResult {
  readonly kills: number
  /** Renewals that a kill could hit: accounts times kills. */
  readonly renewals: number
  /** Could have gone on (remembered key, or the newest token on the disk), and could not. */
  readonly lost: number
  readonly recovered: number
  /** The service had replaced the token, the answer never reached the disk, no key is remembered. */
  readonly needsKey: number
  readonly needsKeyThoughRemembered: number
  /** A token was sent although a newer one had been stored. */
  readonly stale: number
  /** A token in doubt was sent more than once automatically. */
  readonly blindRetries: number
  /** Processes that outlived their killed main process. */
  readonly orphans: number
  /** Files that a kill left half written. */
  readonly unfinishedWrites: number
  readonly moments: Readonly<Record<KillMoment, number>>
  readonly broken: readonly string[]
}

/** What came of the kills so far. */
export class KillTally {
  lost = 0
  recovered = 0
  needsKey = 0
  needsKeyThoughRemembered = 0
  stale = 0
  blindRetries = 0
  orphans = 0
  unfinishedWrites = 0
  readonly moments = Object.fromEntries(KILL_MOMENTS.map((moment) => [moment, 0])) as Record<
    KillMoment,
    number
  >
  readonly #broken: string[] = []

  broke(what: string): void {
    this.#broken.push(what)
  }

  line(): string {
    const { lost, recovered, needsKey, stale } = this
    return `lost ${String(lost)}, recovered ${String(recovered)}, needs key ${String(needsKey)}, stale ${String(stale)}`
  }

  result(kills: number, renewals: number): KillResult {
    if (this.orphans > 0) this.broke(`${String(this.orphans)} processes outlived the app`)
    const { lost, recovered, needsKey, needsKeyThoughRemembered, stale, blindRetries, orphans, moments } =
      this
    return {
      kills,
      renewals,
      lost,
      recovered,
      needsKey,
      needsKeyThoughRemembered,
      stale,
      blindRetries,
      orphans,
      unfinishedWrites: this.unfinishedWrites,
      moments,
      broken: this.#broken,
    }
  }
}
