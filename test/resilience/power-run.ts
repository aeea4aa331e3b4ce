/**
 * One run of an app whose computer may lose its power at any moment: each call that changes the disk is a moment, and
 * the possible states after a crash just then are checked once pending work has ended.
 */
import type { Random } from '../support/random'
import type { CipherStatus } from '../../electron/core/base/ports'
import type { Disk } from '../../electron/main/files/disk'
import { FakeTime } from '../support/fakes/fake-time'
import { judge, type Finding } from './judge'
import { jwtBytesFor, operate, RECORD_BYTES, type Operation } from './operations'
import { PROFILE, SAVED } from './places'
import { crashStates } from './posix/crash-states'
import { MemoryDisk, type Step } from './posix/memory-disk'
import { copyOfTree, digest, files, fingerprint, settled, type Tree } from './posix/tree'
import { RotatingService } from './rotating-service'
import { Transcript } from './said'
import { World } from './world'

export interface PowerOptions {
  readonly random: Random
  readonly keyring: CipherStatus
  /** The most states of one moment that are checked. */
  readonly statesPerMoment: number
  /** Puts something between the app and its disk. */
  readonly sabotage?: (disk: Disk) => Disk
  /** Which life it is: each has its own time, so that no two states are alike. */
  readonly life: number
}

interface Moment {
  readonly during: string
  /** `said`: all was said, and then the power went. */
  readonly step: Step | 'said'
  readonly tree: Tree
  readonly said: number
  readonly service: RotatingService
}

interface Crashed {
  readonly moment: Moment
  readonly state: Tree
}

export interface PowerTally {
  readonly states: Set<string>
  moments: number
  starts: number
  readonly findings: (Finding & { readonly where: string })[]
}

export function emptyTally(): PowerTally {
  return { states: new Set(), moments: 0, starts: 0, findings: [] }
}

const FIRST_DAY = Date.parse('2026-06-01T12:00:00Z')
const DAY_MS = 86_400_000

export class PowerRun {
  disk = new MemoryDisk()
  time: FakeTime
  service: RotatingService
  readonly transcript = new Transcript()
  /** Bytes that are to be kept, and accounts that were damaged on purpose. */
  kept: string[] = []
  damaged: World['ids'] = []
  asksForAddress = false
  #world: World | null = null
  #moments: Moment[] = []
  #crashed: Crashed[] = []
  /** Of a start after a crash: what was said by then, and no more, may be relied on. */
  #saidBefore: number | null = null
  #ids = 0
  #nth = 0

  constructor(
    readonly options: PowerOptions,
    readonly tally: PowerTally,
  ) {
    this.time = new FakeTime(FIRST_DAY + options.life * DAY_MS)
    this.service = new RotatingService(this.time)
  }

  get world(): World {
    if (this.#world === null) throw new Error('the app is not running')
    return this.#world
  }

  async start(): Promise<void> {
    await this.#watched('start', async () => {
      const { sabotage, keyring } = this.options
      this.#world = await World.start({
        disk: sabotage === undefined ? this.disk : sabotage(this.disk),
        profile: PROFILE,
        time: this.time,
        service: this.service,
        transcript: this.transcript,
        newId: () => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}`,
        keyring,
        chosen: { bytes: null },
      })
    })
    this.#saidBefore = null
  }

  async do(operation: Operation): Promise<boolean> {
    const { random } = this.options
    this.service.jwtBytes = jwtBytesFor(random.pick(RECORD_BYTES))
    this.#nth += 1
    await this.time.advance(1_000)
    return await this.#watched(operation, () => operate(this.world, operation, random, this.#nth))
  }

  /** Something else than what people do every day. */
  async watched<Value>(during: string, work: (world: World) => Promise<Value>): Promise<Value> {
    return await this.#watched(during, () => work(this.world))
  }

  async quit(): Promise<void> {
    await this.#watched('quit', () => this.world.driven(this.world.office.quit()))
    this.#world = null
  }

  /** The app is gone; `change` happens to its files, and all of that is durable. */
  async betweenRuns(change: (disk: MemoryDisk) => void): Promise<void> {
    await this.quit()
    change(this.disk)
    this.#settle(this.disk.snapshot())
  }

  /** Goes on from one of the states that the last crash may have left. */
  async crash(): Promise<void> {
    if (this.#crashed.length === 0) return
    const { moment, state } = this.options.random.pick(this.#crashed)
    this.#world = null
    this.#saidBefore = moment.said
    this.time.forgetTimers()
    this.time = new FakeTime(this.time.now() + 60_000)
    this.service = moment.service.copy(this.time)
    // What was said after that moment was never said in this life.
    const { gone } = this.transcript.at(moment.said)
    const saved = [...files(state)].flatMap(([path, { current }]) =>
      path === SAVED ? [[path, digest(current)] as const] : [],
    )
    this.transcript.say({ gone, saved: new Map(saved) })
    this.#settle(state)
    await this.start()
  }

  #settle(tree: Tree): void {
    this.disk = new MemoryDisk(settled(tree))
    this.#crashed = []
  }

  async #watched<Value>(during: string, work: () => Promise<Value>): Promise<Value> {
    const { disk, transcript } = this
    this.#moments = []
    const note = (step: Moment['step']): void => {
      this.#moments.push({
        during,
        step,
        tree: disk.snapshot(),
        said: this.#saidBefore ?? transcript.now,
        service: this.service.copy(this.time),
      })
    }
    disk.stepped = note
    try {
      const value = await work()
      note('said')
      return value
    } finally {
      disk.stepped = () => undefined
      await this.#judgeAll()
    }
  }

  async #judgeAll(): Promise<void> {
    const { random, statesPerMoment, keyring } = this.options
    const until = this.transcript.now
    if (this.#moments.length > 0) this.#crashed = []
    for (const moment of this.#moments) {
      this.tally.moments += 1
      for (const state of crashStates(moment.tree, random, statesPerMoment)) {
        this.#crashed.push({ moment, state })
        const print = fingerprint(state)
        const seen = `${print} ${String(moment.said)}`
        if (this.#judged.has(seen)) continue
        this.#judged.add(seen)
        this.tally.states.add(print)
        this.tally.starts += 1
        const findings = await judge({
          tree: copyOfTree(state),
          allowed: this.transcript.between(moment.said, until),
          service: moment.service,
          now: this.time.now(),
          keyring,
          kept: this.kept,
          damaged: this.damaged,
          asksForAddress: this.asksForAddress,
        })
        const where = `life ${String(this.options.life)}, ${moment.during}, after ${moment.step}`
        this.tally.findings.push(...findings.map((finding) => ({ ...finding, where })))
      }
    }
  }

  readonly #judged = new Set<string>()
}
