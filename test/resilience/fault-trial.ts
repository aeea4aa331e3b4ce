/**
 * One thing done while the disk fails. Whatever the app says then has to be so after it was killed, after the power
 * went, and after the disk was well again and the app ended as it should.
 */
import type { Random } from '../support/random'
import { doIt, startCase, type Machine, type Original } from './fault-cases'
import { judge, type Finding } from './judge'
import { MemoryMachine } from './machines'
import { copyOfTree, type Tree } from './posix/tree'
import type { Said } from './said'
import type { World } from './world'

export interface FaultTrial {
  readonly original: Original
  readonly machine: (tree: Tree) => Machine
  /** What the app says when nothing fails. */
  readonly whenDone: Said
  readonly random: Random
}

export interface FaultOutcome {
  readonly saidDone: boolean
  /** What had been said before, and is gone. */
  readonly lost: readonly string[]
  /** What was said meanwhile, and isn't so; also what was refused, and is there. */
  readonly saidDoneButWasNot: readonly string[]
  readonly exposed: readonly string[]
}

/** What the app says of an action when nothing is in its way. */
export async function whenDone(original: Original): Promise<Said> {
  const world = await startCase(original, new MemoryMachine(original.tree))
  if (!(await doIt(world, original.action)))
    throw new Error(`${original.action} is not done on a disk that is well`)
  await world.options.time.advance(5_000)
  return world.transcript.latest
}

export async function tryWithFault(trial: FaultTrial): Promise<FaultOutcome> {
  const { original, random } = trial
  const machine = trial.machine(original.tree)
  const world = await startCase(original, machine)
  const findings = new Findings(world, original)
  machine.fail()
  const saidDone = await doIt(world, original.action)
  const mayBe = saidDone ? [world.transcript.latest] : [world.transcript.latest, trial.whenDone]
  for (const tree of [machine.tree(), ...machine.afterPowerLoss(random)]) await findings.on(tree, mayBe)

  machine.heal()
  // What was refused works now, what waited to be stored is, and the app ends as it should.
  await doIt(world, original.action)
  await world.driven(world.office.quit())
  await findings.on(machine.tree(), [world.transcript.latest])
  findings.addStranded()
  const { lost, saidDoneButWasNot, exposed } = findings
  return { saidDone, lost, saidDoneButWasNot, exposed }
}

class Findings {
  readonly lost: string[] = []
  readonly saidDoneButWasNot: string[] = []
  readonly exposed: string[] = []
  readonly #world: World
  readonly #original: Original
  readonly #before: Said

  constructor(world: World, original: Original) {
    this.#world = world
    this.#original = original
    this.#before = world.transcript.latest
  }

  async on(tree: Tree, allowed: readonly Said[]): Promise<void> {
    const found = await this.#judge(tree, allowed)
    if (found.length === 0) return
    // Nothing of what is missing may have been there before: else it is lost, whoever said what since.
    const older = (await this.#judge(tree, [this.#before, ...allowed])).map(({ what }) => what)
    this.exposed.push(...found.filter(({ kind }) => kind === 'exposed').map(({ what }) => what))
    for (const { kind, what } of found.filter((each) => each.kind !== 'exposed')) {
      if (kind === 'lost' && older.includes(what)) this.lost.push(what)
      else this.saidDoneButWasNot.push(what)
    }
  }

  /** Each account that the app shows has the newest token that the service gave for it. */
  addStranded(): void {
    const { transcript, options } = this.#world
    for (const [id, { token }] of transcript.latest.accounts) {
      if (token > 0 && !options.service.takes(token))
        this.lost.push(`${id} has no newest token, once all is well`)
    }
  }

  async #judge(tree: Tree, allowed: readonly Said[]): Promise<readonly Finding[]> {
    return await judge({
      tree: copyOfTree(tree),
      allowed,
      service: this.#world.options.service,
      now: this.#world.options.time.now(),
      keyring: this.#original.keyring,
      kept: [],
      damaged: [],
      isOver: true,
    })
  }
}
