/** Damages files of a profile with 50 accounts, one start of the app for each damage. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { startAuthServer, type AuthServer } from '../../support/auth-server'
import { makeProfile, removeProfile } from '../../support/electron-app'
import { damageOnce, type DamageOutcome, type Harm, type Original } from './damage-trial'
import { DAMAGE_KINDS } from './damages'
import { AppClient } from './app-client'
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
  /** Damages by how many accounts they harmed; two only when two accounts' files were swapped. */
  readonly harmed: { readonly none: number; readonly one: number; readonly two: number }
  readonly harms: Readonly<Record<Harm, number>>
  /** Starts that asked a person to confirm a base URL, and sent nothing there before that. */
  readonly confirmed: number
  /** Harmed, still shown, and live again with their API key. */
  readonly healed: number
  /** Harmed so far that it says to remove it and add it again, and live after that. */
  readonly addedAgain: number
  readonly broken: readonly string[]
}

export async function tortureByDamage(options: PartOptions & { damages: number }): Promise<DamageResult> {
  const { damages, random, directory, tell } = options
  const kinds = random.shuffled(
    Array.from({ length: damages }, (_, index) => DAMAGE_KINDS[index % DAMAGE_KINDS.length]),
  )
  const queue = kinds.flatMap((kind, index) => (kind ? [{ kind, random: random.fork(String(index)) }] : []))
  const outcomes: DamageOutcome[] = []
  const places: Workplace[] = []
  try {
    // One after the other: on a new keyring, apps that start together each make a key, and only one of them is kept.
    for (let place = 0; place < AT_ONCE; place += 1) places.push(await openWorkplace(directory))
    await Promise.all(
      places.map(async (place) => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
          outcomes.push(await damageOnce({ ...place, ...next, directory }))
          if (outcomes.length % 25 === 0) tell(`damage ${String(outcomes.length)} of ${String(damages)}`)
        }
      }),
    )
  } finally {
    await Promise.all(places.map(closeWorkplace))
  }
  const harmed = (accounts: number): number =>
    outcomes.filter(({ harms }) => harms.length === accounts).length
  const harms = (harm: Harm): number =>
    outcomes.flatMap((each) => each.harms).filter((each) => each === harm).length
  return {
    damages: outcomes.length,
    kinds: DAMAGE_KINDS.length,
    starts: outcomes.filter(({ started }) => started).length,
    harmed: { none: harmed(0), one: harmed(1), two: harmed(2) },
    harms: { locked: harms('locked'), gone: harms('gone'), unnoticed: harms('unnoticed') },
    confirmed: outcomes.filter(({ confirmed }) => confirmed > 0).length,
    healed: outcomes.reduce((sum, { healed }) => sum + healed, 0),
    addedAgain: outcomes.reduce((sum, { addedAgain }) => sum + addedAgain, 0),
    broken: outcomes.flatMap(({ what, wrongs }) => wrongs.map((wrong) => `${what}: ${wrong}`)),
  }
}

/** A server and a profile of its own, with the accounts in good order. */
interface Workplace {
  readonly server: AuthServer
  readonly profile: string
  readonly original: Original
}

async function openWorkplace(directory: string): Promise<Workplace> {
  const server = await startAuthServer()
  const [profile, folder] = [await makeProfile(), await makeProfile()]
  const first = await AppClient.open({ profile, directory })
  const subjects = await populate(first, server, { environment: 'Damage', plans: ACCOUNTS })
  await first.running.quit()
  for (const name of ['tokendesk.json', 'accounts']) {
    cpSync(join(profile, name), join(folder, name), { recursive: true })
  }
  const second = await AppClient.open({ profile, directory })
  const snapshot = await second.snapshot()
  await second.kill()
  return { server, profile, original: { folder, snapshot, subjects } }
}

async function closeWorkplace({ server, profile, original }: Workplace): Promise<void> {
  await server.close()
  await Promise.all([removeProfile(profile), removeProfile(original.folder)])
}
