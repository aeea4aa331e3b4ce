/** Damages files of a profile with 50 accounts, one start of the app for each damage. */
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startAuthServer, type AuthServer } from '../../test/support/auth-server'
import { makeProfile, removeProfile } from '../../test/support/electron-app'
import { damageOnce, type DamageOutcome, type Original } from './damage-trial'
import { DAMAGE_KINDS, type DamageKind } from './damages'
import { Desk } from './desk'
import type { PartOptions } from './options'
import { populate, type SubjectPlan } from './subjects'

const ACCOUNTS: readonly SubjectPlan[] = Array.from({ length: 50 }, (_, index) => ({
  kind: index % 5 === 4 ? 'company' : 'partner',
  remembers: index % 2 === 0,
}))

/** Starts wait for each other's disk and display more than for a processor. */
const AT_ONCE = 2

export interface DamageResult {
  readonly damages: number
  readonly kinds: number
  readonly starts: number
  readonly harmedNone: number
  readonly harmedOne: number
  /** Only by swapping two accounts' files, which damages both. */
  readonly harmedTwo: number
  /** Harmed, still shown, and live again with their API key. */
  readonly healed: number
  readonly broken: readonly string[]
}

export async function tortureByDamage(options: PartOptions & { damages: number }): Promise<DamageResult> {
  const { damages, random, tell } = options
  const wanted = Array.from({ length: damages }, (_, index) => DAMAGE_KINDS[index % DAMAGE_KINDS.length])
  const queue = random.shuffled(wanted).flatMap((kind) => kind ?? [])
  const outcomes: DamageOutcome[] = []
  await Promise.all(
    Array.from({ length: AT_ONCE }, (_, worker) =>
      work({ ...options, random: random.fork(`worker ${String(worker)}`) }, queue, (outcome) => {
        outcomes.push(outcome)
        if (outcomes.length % 25 === 0) tell(`damage ${String(outcomes.length)} of ${String(damages)}`)
      }),
    ),
  )
  const harmedBy = (accounts: number): number => outcomes.filter(({ harmed }) => harmed === accounts).length
  return {
    damages: outcomes.length,
    kinds: DAMAGE_KINDS.length,
    starts: outcomes.filter(({ started }) => started).length,
    harmedNone: harmedBy(0),
    harmedOne: harmedBy(1),
    harmedTwo: harmedBy(2),
    healed: outcomes.reduce((sum, { healed }) => sum + healed, 0),
    broken: outcomes.flatMap(({ what, wrongs }) => wrongs.map((wrong) => `${what}: ${wrong}`)),
  }
}

/** Each worker has a server and a profile of its own. */
async function work(
  { random, directory }: PartOptions,
  queue: DamageKind[],
  done: (outcome: DamageOutcome) => void,
): Promise<void> {
  const server = await startAuthServer()
  const [profile, folder] = [await makeProfile(), await makeProfile()]
  try {
    const original = await prepare(server, profile, folder, directory)
    for (let kind = queue.pop(); kind !== undefined; kind = queue.pop()) {
      done(await damageOnce({ original, profile, server, kind, directory, random }))
    }
  } finally {
    await server.close()
    await Promise.all([removeProfile(profile), removeProfile(folder)])
  }
}

async function prepare(
  server: AuthServer,
  profile: string,
  folder: string,
  directory: string,
): Promise<Original> {
  const first = await Desk.open({ profile, directory })
  const subjects = await populate(first, server, { environment: 'Damage', plans: ACCOUNTS })
  await first.running.quit()
  mkdirSync(folder, { recursive: true })
  for (const name of ['tokendesk.json', 'accounts']) {
    cpSync(join(profile, name), join(folder, name), { recursive: true })
  }
  const second = await Desk.open({ profile, directory })
  const snapshot = await second.snapshot()
  await second.kill()
  return { folder, snapshot, subjects }
}
