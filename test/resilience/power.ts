/**
 * Loss of power, without pulling a plug: a disk in memory remembers what was synced, and the app is started on every
 * state that POSIX allows after a crash at each of its steps.
 */
import type { Random } from '../support/random'
import type { Disk } from '../../electron/main/files/disk'
import type { Finding } from './judge'
import { LIVES } from './lives'
import { emptyTally } from './power-run'

export interface PowerLossOptions {
  readonly random: Random
  /** Lives are led until so many different states have been seen. */
  readonly states: number
  readonly statesPerMoment: number
  readonly tell: (line: string) => void
  readonly sabotage?: (disk: Disk) => Disk
  /** Only these lives. */
  readonly lives?: readonly string[]
}

export interface PowerLossResult {
  readonly lives: number
  /** Calls that changed the disk. */
  readonly moments: number
  /** What the disk may hold after a crash, each counted once. */
  readonly states: number
  /** On these, with what had been said by then. */
  readonly starts: number
  readonly lost: number
  readonly undone: number
  readonly exposed: number
  readonly broken: readonly string[]
}

export async function tortureByPowerLoss(options: PowerLossOptions): Promise<PowerLossResult> {
  const { random, states, statesPerMoment, tell, sabotage } = options
  const tally = emptyTally()
  const wanted = Object.entries(LIVES).filter(([name]) => options.lives?.includes(name) ?? true)
  let lives = 0
  while (tally.states.size < states || lives < wanted.length) {
    for (const [name, live] of wanted) {
      lives += 1
      const life = { random: random.fork(`${name} ${String(lives)}`), statesPerMoment, life: lives }
      await live(sabotage === undefined ? life : { ...life, sabotage }, tally)
      tell(`power ${name}: ${String(tally.states.size)} states, ${String(tally.findings.length)} findings`)
    }
  }
  const count = (kind: Finding['kind']): number => tally.findings.filter((each) => each.kind === kind).length
  return {
    lives,
    moments: tally.moments,
    states: tally.states.size,
    starts: tally.starts,
    lost: count('lost'),
    undone: count('undone'),
    exposed: count('exposed'),
    broken: tally.findings.map(({ kind, what, where }) => `${where}: ${kind}, ${what}`),
  }
}
