/** Computers with an in-memory disk: a healthy one, an almost full one, and one that fails at a call. */
import type { Random } from '../support/random'
import type { Disk } from '../../electron/main/files/disk'
import { doIt, startCase, type Machine, type Original } from './fault-cases'
import { PROFILE } from './places'
import { crashStates } from './posix/crash-states'
import { FaultyDisk, type FailingCall, type Fault } from './posix/faulty-disk'
import { MemoryDisk } from './posix/memory-disk'
import { copyOfTree, settled, type Tree } from './posix/tree'

/** How many of the possible states after a loss of power are checked. */
const POWER_STATES = 3

export type Sabotage = (disk: Disk) => Disk

export class MemoryMachine implements Machine {
  readonly profile = PROFILE
  readonly disk: Disk
  protected readonly memory: MemoryDisk

  constructor(tree: Tree, sabotage: Sabotage = (disk) => disk) {
    this.memory = new MemoryDisk(copyOfTree(tree))
    this.disk = sabotage(this.memory)
  }

  fail(): void {
    // Nothing is wrong with this one.
  }

  heal(): void {
    // Nothing was.
  }

  tree(): Tree {
    return settled(this.memory.snapshot())
  }

  afterPowerLoss(random: Random): readonly Tree[] {
    return crashStates(this.memory.snapshot(), random, POWER_STATES)
  }
}

export class NearlyFullMachine extends MemoryMachine {
  constructor(
    tree: Tree,
    private readonly pages: number,
    sabotage?: Sabotage,
  ) {
    super(tree, sabotage)
  }

  override fail(): void {
    this.memory.freePages = this.pages
  }

  override heal(): void {
    this.memory.freePages = null
  }
}

export class FailingMachine extends MemoryMachine {
  override readonly disk: Disk
  readonly #faulty: FaultyDisk

  /** With null it only counts. */
  constructor(
    tree: Tree,
    private readonly fault: Fault | null,
    sabotage: Sabotage = (disk) => disk,
  ) {
    super(tree)
    this.#faulty = new FaultyDisk(this.memory)
    this.disk = sabotage(this.#faulty.disk)
  }

  override fail(): void {
    this.#faulty.arm(this.fault)
  }

  override heal(): void {
    this.#faulty.disarm()
  }

  /** Those that could have failed since. */
  get calls(): readonly FailingCall[] {
    return this.#faulty.calls
  }
}

/** The calls that can fail while the action is done. */
export async function callsOf(original: Original): Promise<readonly FailingCall[]> {
  const machine = new FailingMachine(original.tree, null)
  const world = await startCase(original, machine)
  machine.fail()
  await doIt(world, original.action)
  return machine.calls
}
