/** What goes wrong in a soak: the service, the disk, the clock, sleep and crashes. */
import { Secret } from '../../../electron/shared/secret'
import type { Random } from '../random'
import { keyOf } from '../back-office'
import { busy, type Mishap } from '../fakes/fake-service'
import { settle } from '../fakes/fake-time'
import { DAY, HOUR, MINUTE } from './rules'
import { renew } from './user'
import type { SoakEvent, World } from './world'

const TARGET = { baseUrl: 'https://api.example.com', defaultTimeZone: 'UTC' }

export function mishaps(world: World): readonly SoakEvent[] {
  const happening = (weight: number, what: string, run: (world: World) => unknown): SoakEvent => ({
    weight,
    what,
    run: () => run(world),
  })
  const ending = (weight: number, what: string, end: () => Promise<void>): SoakEvent =>
    happening(weight, what, async () => {
      await maybeJustWoken(world)
      if (!world.oracle.isShowingNews) await end()
    })
  return [
    happening(3, 'slow service', slowService),
    happening(1, 'outage', outage),
    happening(1, 'login elsewhere', logInElsewhere),
    happening(0.5, 'wrong refusal', refuseWrongly),
    happening(1, 'revoked key', revokeKey),
    happening(0.3, 'full disk', fillDisk),
    happening(1, 'clock set', setClock),
    happening(1.5, 'sleep', sleep),
    happening(1, 'network back', () => {
      world.reevaluate()
    }),
    ending(0.6, 'restart', () => world.restart()),
    ending(0.3, 'crash', () => world.crash()),
    ending(0.3, 'closed for a while', () => world.close(world.random.int(1, 72) * HOUR)),
  ]
}

/** The worst moment for the next event: much has just become due. */
async function maybeJustWoken(world: World): Promise<void> {
  const { random, office, oracle } = world
  if (random.next() < 0.5 || oracle.owesNews) return
  office.isWatched = false
  await sleep(world)
  await world.advance(random.int(0, 3000))
}

/** Responses are slow; sometimes the app is killed while it waits for them. */
async function slowService(world: World): Promise<void> {
  const { random, oracle } = world
  await maybeJustWoken(world)
  world.office.service.hold()
  oracle.answersSince = Infinity
  const due = oracle.overdue()
  const some = due.length > 0 ? due : world.all
  const asked = Array.from({ length: random.int(1, 10) }, () => renew(world, random.pick(some)))
  await world.advance(random.int(1, 30) * 1000)
  const isKilled = random.next() < 0.2 && !oracle.isShowingNews
  if (isKilled) await world.crash()
  world.office.service.release()
  oracle.answersSince = world.office.time.monotonic()
  // Requests of the killed app never return to it.
  if (!isKilled) await Promise.all(asked)
  await settle()
}

function outage(world: World): void {
  const { service } = world.office
  const mishap = someOutage(world.random)
  service.mishap = () => mishap()
  world.isServiceDown = true
  world.in(world.random.next() ** 3 * 20 * HOUR, () => {
    service.mishap = () => null
    world.isServiceDown = false
    if (world.random.next() < 0.5) world.reevaluate()
  })
}

function someOutage(random: Random): () => Mishap {
  const lost: Mishap = { lose: 'request' }
  const elsewhere = 'https://elsewhere.example.com'
  const redirected: Mishap = { answer: { kind: 'redirected', status: 302, target: elsewhere } }
  const waitMs = random.pick([null, MINUTE, HOUR])
  return random.pick<() => Mishap>([
    () => lost,
    () => busy(waitMs),
    () => random.pick([busy(null), lost, null]),
    () => (random.next() < 0.1 ? { lose: 'answer' } : lost),
    () => (random.next() < 0.3 ? redirected : lost),
  ])
}

/** Each login invalidates the earlier refresh token. */
async function logInElsewhere(world: World): Promise<void> {
  for (let left = world.random.int(1, 5); left > 0; left -= 1) {
    await world.office.service.login(TARGET, new Secret(keyOf(world.anyone().name)))
  }
}

/** It accepts again later. */
async function refuseWrongly(world: World): Promise<void> {
  const { service } = world.office
  if (world.isServiceDown) return
  service.mishap = () => ({ answer: { kind: 'refused', status: 403 } })
  for (let left = world.random.int(1, 3); left > 0; left -= 1) await renew(world, world.anyone())
  service.mishap = () => null
}

async function revokeKey(world: World): Promise<void> {
  const { service } = world.office
  const account = world.anyone()
  const key = keyOf(account.name)
  await service.login(TARGET, new Secret(key))
  service.revokeKey(key)
  if (world.random.next() < 0.5) await renew(world, account)
  if (world.random.next() < 0.5) service.addKey(key)
}

function fillDisk(world: World): void {
  world.office.records.full = true
  world.in(world.random.int(10, 180) * MINUTE, () => {
    world.office.records.full = false
    world.judge.isDiskReported = false
  })
}

/** The app isn't notified; usually the clock is corrected some hours later. */
function setClock(world: World): void {
  const { random } = world
  const ms = random.pick([-1, 1]) * Math.round(random.next() ** 3 * 3 * DAY)
  turnClock(world, ms)
  if (random.next() < 0.7) {
    world.in(random.int(1, 12) * HOUR, () => {
      turnClock(world, -ms)
    })
  }
}

function turnClock({ office, oracle }: World, ms: number): void {
  office.time.jump(ms)
  office.service.skewMs -= ms
  oracle.clockJumped()
}

async function sleep(world: World): Promise<void> {
  const { random } = world
  world.office.time.jump(Math.round(random.next() ** 2 * 14 * HOUR) + MINUTE)
  world.oracle.clockJumped()
  // The system's resume event may come late.
  if (random.next() < 0.4) await world.advance(random.int(1, 5000))
  world.reevaluate()
}
