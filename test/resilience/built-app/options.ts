import type { Random } from '../../support/random'

export const PARTS = ['kill', 'faults', 'damage', 'herd', 'disk', 'resilience', 'power'] as const
export type Part = (typeof PARTS)[number]

/** How much of each is done. */
export interface Scale {
  readonly kills: number
  /** How often each kind of fault strikes. */
  readonly eachFault: number
  readonly damages: number
  /** Accounts that are due at once. */
  readonly herd: number
  /** Of all cases of a disk that is nearly full or fails. */
  readonly percent: number
  /** Different states that a loss of power may leave. */
  readonly states: number
}

/** What the promises are made for. */
export const FULL: Scale = {
  kills: 200,
  eachFault: 25,
  damages: 300,
  herd: 2_000,
  percent: 100,
  states: 3_000,
}

export interface PartOptions {
  readonly random: Random
  /** The app's folder. */
  readonly directory: string
  /** Progress, for people who watch. */
  readonly tell: (line: string) => void
}
