import * as z from 'zod/mini'
import type { Brand, EpochMs } from './brand'
import { UUID } from './uuid'

export type EnvironmentId = Brand<string, 'EnvironmentId'>

export const environmentId = z.pipe(
  z.string().check(z.regex(UUID)),
  z.transform((text) => text as EnvironmentId),
)

/** Where nobody can tell any longer which environment it was; no environment has this id. */
export const NO_ENVIRONMENT = '00000000-0000-0000-0000-000000000000' as EnvironmentId

export const ENVIRONMENT_COLOURS = ['orange', 'teal', 'violet', 'blue', 'green', 'pink'] as const
export type EnvironmentColour = (typeof ENVIRONMENT_COLOURS)[number]

/** Why an environment is to be looked at, rather than its accounts; `status` is what it answered. */
export interface EnvironmentDoubt {
  /** `wrong-address`: it has granted nothing yet and doesn't answer like the service. */
  readonly why: 'wrong-address' | 'refused-together'
  readonly status: number
}

export interface Environment {
  readonly id: EnvironmentId
  readonly name: string
  /** Normalised by `checkBaseUrl`: no trailing slash, host in ASCII. */
  readonly baseUrl: string
  readonly production: boolean
  readonly colour: EnvironmentColour
  /** What the service's times without a zone mean: `UTC`, an offset (`+02:00`) or an IANA name. */
  readonly defaultTimeZone: string
  /** The server's clock minus this machine's, from its latest `Date` header; null before the first reply. */
  readonly clockSkewMs: number | null
  /** Rises with each change by the user, so that copies of it can be told from newer ones. */
  readonly revision: number
  /**
   * False: the base URL was read from copies in account records, since the file with the environments was damaged. It
   * may be one that was replaced, so nothing secret is sent there before a person has confirmed it.
   */
  readonly addressConfirmed: boolean
  /** Lives in memory only. */
  readonly doubt: EnvironmentDoubt | null
}

/** Below this a difference is noise (`Date` has whole seconds) and this machine's clock counts (auth-api.md, rule 4). */
const SKEW_IGNORED_BELOW_MS = 30_000
/** Above this the user is told. */
export const SKEW_TOLD_ABOVE_MS = 120_000

/** By how much deadlines are read otherwise than by this machine's clock, in ms. */
export function usedSkew({ clockSkewMs }: Pick<Environment, 'clockSkewMs'>): number {
  const skew = clockSkewMs ?? 0
  return Math.abs(skew) > SKEW_IGNORED_BELOW_MS ? skew : 0
}

/**
 * Whether a new measurement is to be used. One that is near the skew in use is noise: servers behind one address differ,
 * and each that is taken is written to the disk.
 */
export function isOtherSkew(known: Pick<Environment, 'clockSkewMs'>, measuredMs: number): boolean {
  return known.clockSkewMs === null || Math.abs(measuredMs - usedSkew(known)) > SKEW_IGNORED_BELOW_MS
}

/** The server's time, by which all deadlines of the environment's accounts are read. */
export function serverTime(environment: Pick<Environment, 'clockSkewMs'>, now: EpochMs): EpochMs {
  return now + usedSkew(environment)
}
