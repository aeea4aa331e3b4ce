/**
 * Starts the app on what a crash or a fault left behind, and holds it to what was said before. The oracle knows what the
 * service has issued and what the app has said; it knows nothing of files.
 */
import type { AccountId } from '../../electron/shared/account'
import { FakeTime } from '../support/fakes/fake-time'
import { PROFILE } from './places'
import { MemoryDisk } from './posix/memory-disk'
import { digest, files, type Tree } from './posix/tree'
import type { RotatingService } from './rotating-service'
import { Transcript, type Said, type SaidAccount } from './said'
import { World, type WorldOptions } from './world'

/**
 * `lost`: what was said to be saved before is gone, damaged or older. `undone`: what was said to be removed is back.
 * `exposed`: secrets lie on the disk that were said to be gone from it.
 */
export type FindingKind = 'lost' | 'undone' | 'exposed'

export interface Finding {
  readonly kind: FindingKind
  readonly what: string
}

/** What may be found: all that was said from a moment on until what was under way had ended. */
export interface Case {
  readonly tree: Tree
  readonly allowed: readonly Said[]
  readonly service: RotatingService
  readonly now: number
  readonly keyring: WorldOptions['keyring']
  /** Digests of bytes that could not be read when they were found: they are to be kept somewhere. */
  readonly kept: readonly string[]
  /** Accounts that were damaged on purpose. */
  readonly damaged: readonly AccountId[]
  /** The settings' file was damaged on purpose: a person is asked for the address. */
  readonly asksForAddress?: boolean
  /** Nothing was under way any more: no session may be older than was said first. */
  readonly isOver?: boolean
}

export async function judge(tried: Case): Promise<readonly Finding[]> {
  const { tree, allowed, now, keyring } = tried
  const before = [...keptBytes(tried), ...exposed(tree, allowed)]
  const time = new FakeTime(now)
  const service = tried.service.copy(time)
  let world: World
  try {
    world = await World.start({
      disk: new MemoryDisk(tree),
      profile: PROFILE,
      time,
      service,
      transcript: new Transcript(),
      newId: () => '99999999-0000-4000-8000-000000000000',
      keyring,
      chosen: { bytes: null },
    })
  } catch (error) {
    return [...before, { kind: 'lost', what: `did not start: ${String(error)}` }]
  }
  const found = [...before, ...documents(world.shown, allowed), ...saved(tree, allowed)]
  if (tried.asksForAddress === true) await confirmAddresses(world)
  for (const id of new Set([...allowed.flatMap(({ accounts }) => [...accounts.keys()]), ...world.ids])) {
    found.push(...(await account(world, id, tried, service)))
  }
  return found
}

export async function confirmAddresses({ office }: World): Promise<void> {
  const waiting = office.environmentStore.all.filter(({ addressConfirmed }) => !addressConfirmed)
  for (const { id, baseUrl } of waiting) await office.environments.confirmAddress(id, baseUrl)
}

function documents(shown: Said, allowed: readonly Said[]): Finding[] {
  const fields = ['settings', 'environments', 'lockIsSet'] as const
  return fields.flatMap((field) =>
    allowed.some((said) => said[field] === shown[field])
      ? []
      : [lost(`${field}: ${String(shown[field])} instead of ${String(allowed.at(0)?.[field])}`)],
  )
}

function saved(tree: Tree, allowed: readonly Said[]): Finding[] {
  const there = new Map(Array.from(files(tree), ([path, { current }]) => [path, digest(current)]))
  return [...(allowed.at(0)?.saved.keys() ?? [])].flatMap((path) =>
    allowed.some((said) => said.saved.get(path) === there.get(path)) ? [] : [lost(`the saved file ${path}`)],
  )
}

async function account(
  world: World,
  id: AccountId,
  tried: Case,
  service: RotatingService,
): Promise<Finding[]> {
  const { allowed, damaged } = tried
  const said = allowed.flatMap(({ accounts }) => accounts.get(id) ?? [])
  const mayBeMissing = said.length < allowed.length
  const shown = world.shown.accounts.get(id)
  if (shown === undefined) return mayBeMissing ? [] : [lost(`account ${id} is gone`)]
  const [first] = said
  if (first === undefined) return [{ kind: 'undone', what: `account ${id} is back` }]
  if (damaged.includes(id)) return []
  const summary = world.office.accounts.summary(id)
  if (summary?.secretsIn === 'locked') {
    // Half of a removal that was asked for.
    return mayBeMissing ? [] : [lost(`account ${id} is damaged: ${JSON.stringify(summary.problem)}`)]
  }
  const wrong = FIELDS.filter((field) => said.every((each) => each[field] !== shown[field]))
  return [
    ...wrong.map((field) => lost(`${field} of ${id}: ${String(shown[field])}, not ${String(first[field])}`)),
    ...(await session(world, id, tried.isOver === true ? said.slice(0, 1) : said, service)),
  ]
}

const FIELDS = ['name', 'kind', 'partnerId', 'pinned', 'tags', 'note', 'policy'] as const

/** The newest token that was reported as stored is there, or a newer one; and what can continue does. */
async function session(
  world: World,
  id: AccountId,
  said: readonly SaidAccount[],
  service: RotatingService,
): Promise<Finding[]> {
  const least = Math.min(...said.map(({ token }) => token))
  const stored = await world.tokenOf(id)
  if (stored === null) return [lost(`the secrets of ${id} can't be opened`)]
  if (stored < least) return [lost(`${id} has token ${String(stored)} though ${String(least)} was said`)]
  const remembers = said.every(({ remembersApiKey }) => remembersApiKey)
  const canGoOn = remembers || (stored > 0 && service.takes(stored))
  const older = service.sent.length
  const renewed = await world.driven(world.office.sessions.renew(id, { force: false }))
  const stale = service.sent.slice(older).filter((sent) => typeof sent === 'number' && sent < stored)
  return [
    ...(renewed.ok || !canGoOn ? [] : [lost(`${id} can't go on: ${JSON.stringify(renewed.problem)}`)]),
    ...stale.map((sent) => lost(`${id} sent token ${String(sent)} though ${String(stored)} is stored`)),
  ]
}

/** Of sessions that were gone from the disk already when it happened. */
function exposed(tree: Tree, allowed: readonly Said[]): Finding[] {
  const gone = allowed.at(0)?.gone ?? new Set()
  if (gone.size === 0) return []
  return [...files(tree)].flatMap(([path, { current }]) => {
    const there = secretsIn(current.toString('latin1')).filter((token) => gone.has(token))
    return there.map((token) => ({ kind: 'exposed' as const, what: `session ${String(token)} in ${path}` }))
  })
}

/** The cipher of tests writes in hexadecimal. */
const SECRETS = /[0-9a-f]{40,}/gu
const JWT = /jwt-(\d+):/u

function secretsIn(text: string): number[] {
  return [...text.matchAll(SECRETS)].flatMap(([hex]) => {
    const token = JWT.exec(Buffer.from(hex, 'hex').toString('latin1'))?.[1]
    return token === undefined ? [] : [Number(token)]
  })
}

function keptBytes({ tree, kept }: Case): Finding[] {
  const there = new Set(Array.from(files(tree), ([, { current }]) => digest(current)))
  return kept.filter((each) => !there.has(each)).map(() => lost('bytes that could not be read are gone'))
}

function lost(what: string): Finding {
  return { kind: 'lost', what }
}
