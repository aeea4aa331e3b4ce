import type { EpochMs } from './brand'
import type { EnvironmentId } from './ids'

export type { EnvironmentId } from './ids'

/** Used where the environment can no longer be determined; no environment has this id. */
export const NO_ENVIRONMENT = '00000000-0000-0000-0000-000000000000' as EnvironmentId

export const ENVIRONMENT_COLOURS = ['orange', 'teal', 'violet', 'blue', 'green', 'pink'] as const
export type EnvironmentColour = (typeof ENVIRONMENT_COLOURS)[number]

/** Why the environment, rather than its accounts, needs checking; `status` is the HTTP status that it returned. */
export interface EnvironmentDoubt {
  /** `wrong-address`: it has never granted a session and doesn't respond like the service. */
  readonly why: 'wrong-address' | 'refused-together'
  readonly status: number
}

export interface Environment {
  readonly id: EnvironmentId
  readonly name: string
  /** Normalized by `checkBaseUrl`: no trailing slash, host in ASCII. */
  readonly baseUrl: string
  readonly production: boolean
  readonly colour: EnvironmentColour
  /** Applies to the service's times without an offset: `UTC`, an offset (`+02:00`) or an IANA name. */
  readonly defaultTimeZone: string
  /** The server's clock minus this computer's, from its latest `Date` header; null before the first response. */
  readonly clockSkewMs: number | null
  /** Rises with each change by the user, so that older copies can be recognized. */
  readonly revision: number
  /**
   * False when the base URL was restored from copies in account records, since the environments file was damaged. It
   * may be outdated, so no secret is sent there before the user has confirmed it.
   */
  readonly addressConfirmed: boolean
  /** Never stored. */
  readonly doubt: EnvironmentDoubt | null
}

/** A smaller difference is noise (`Date` has whole seconds), and this computer's clock counts (auth-api.md, rule 4). */
const SKEW_IGNORED_BELOW_MS = 30_000
export const SKEW_SHOWN_ABOVE_MS = 120_000

/** The correction of this computer's clock, in ms, by which deadlines are read. */
export function usedSkew({ clockSkewMs }: Pick<Environment, 'clockSkewMs'>): number {
  const skew = clockSkewMs ?? 0
  return Math.abs(skew) > SKEW_IGNORED_BELOW_MS ? skew : 0
}

/**
 * Whether a new measurement replaces the one in use. Small differences are noise: servers behind one address differ,
 * and each value that is taken is written to disk.
 */
export function isOtherSkew(known: Pick<Environment, 'clockSkewMs'>, measuredMs: number): boolean {
  return known.clockSkewMs === null || Math.abs(measuredMs - usedSkew(known)) > SKEW_IGNORED_BELOW_MS
}

/** The server's time, which decides all deadlines of the environment's accounts. */
export function serverTime(environment: Pick<Environment, 'clockSkewMs'>, now: EpochMs): EpochMs {
  return now + usedSkew(environment)
}
