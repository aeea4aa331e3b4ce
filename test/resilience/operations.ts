/** What people do, one thing at a time, with whatever is there. What is refused for good reason is no matter here. */
import type { Random } from '../support/random'
import type { AccountId } from '../../electron/shared/account'
import type { EnvironmentId } from '../../electron/shared/environment'
import { Secret } from '../../electron/shared/secret'
import type { World } from './world'

export const OPERATIONS = [
  'add',
  'renew',
  'copy',
  'enter key',
  'edit',
  'remove',
  'settings',
  'add environment',
  'edit environment',
  'remove environment',
  'set lock',
  'wrong passphrase',
  'forget',
  'back up',
  'import',
] as const
export type Operation = (typeof OPERATIONS)[number]

/** Of a record, roughly: the cipher of tests doubles what it seals. */
export const RECORD_BYTES = [1, 4, 7, 16, 64].map((kib) => kib * 1024)

const PASSPHRASE = new Secret('correct horse battery')

/** Whether it was done, as far as the app says so. */
export async function operate(
  world: World,
  operation: Operation,
  random: Random,
  nth: number,
): Promise<boolean> {
  const { office, ids } = world
  // After a start with a passphrase.
  if (office.useCases.lock.isLocked) await world.driven(office.useCases.lock.unlock(PASSPHRASE))
  const id = ids.length === 0 ? null : random.pick(ids)
  const done = async (result: Promise<{ readonly ok: boolean }>): Promise<boolean> =>
    (await world.driven(result)).ok
  switch (operation) {
    case 'add':
      return await addAccount(world, random, nth)
    case 'renew':
      return id !== null && (await done(office.accounts.renew(id)))
    case 'copy':
      // Locked for good where its file can't be read any more.
      return id !== null && !office.useCases.lock.isLocked && (await done(office.jwts.copy(id, null)))
    case 'enter key':
      return id !== null && (await enterKey(world, id, random.next() < 0.5))
    case 'edit':
      return id !== null && (await done(office.accounts.edit(id, editOf(random, nth))))
    case 'remove':
      return id !== null && ids.length > 1 && (await done(office.removals.removeNow(id)))
    case 'settings':
      office.settingsStore.change({
        clipboardClearMs: 10_000 + nth * 1_000,
        theme: random.pick(['dark', 'light', 'system'] as const),
      })
      return true
    case 'add environment':
      return await done(
        office.environments.add({
          name: `NavigationTarget ${String(nth)}`,
          baseUrl: `https://place-${String(nth)}.example.com`,
          production: random.next() < 0.3,
        }),
      )
    case 'edit environment': {
      const environment = await environmentOf(world)
      return await done(office.environments.edit(environment, { name: `Renamed ${String(nth)}` }))
    }
    case 'remove environment': {
      const environment = office.environmentStore.all.at(-1)
      return environment !== undefined && (await done(office.environments.remove(environment.id)))
    }
    case 'set lock':
      return (await world.driven(office.useCases.lock.setPassphrase(PASSPHRASE, PASSPHRASE))).kind === 'right'
    case 'wrong passphrase': {
      const { lock } = office.useCases
      lock.lock()
      await world.driven(lock.unlock(new Secret(`wrong ${String(nth)}`)))
      await world.options.time.advance(3_600_000)
      return (await world.driven(lock.unlock(PASSPHRASE))).kind === 'right'
    }
    case 'forget':
      await world.driven(office.useCases.lock.resetLock())
      world.sayGone(() => true)
      return true
    case 'back up':
      return await done(office.useCases.transfer.backUp(PASSPHRASE))
    case 'import':
      return await importTwo(world, nth)
  }
}

export function keyFor(nth: number): string {
  return `api-key-number-${String(nth)}`
}

/** A JWT that makes a record of about this size. */
export function jwtBytesFor(recordBytes: number): number {
  return Math.max(20, Math.floor((recordBytes - 1_100) / 2))
}

async function environmentOf(world: World): Promise<EnvironmentId> {
  const [known] = world.office.environmentStore.all
  return known?.id ?? (await world.driven(world.office.environment('Sandbox')))
}

async function addAccount(world: World, random: Random, nth: number): Promise<boolean> {
  const environmentId = await environmentOf(world)
  const key = keyFor(nth)
  world.options.service.addKey(key, random.next() < 0.8)
  const added = await world.driven(
    world.office.accounts.add({
      name: `Account ${String(nth)}`,
      environmentId,
      apiKey: new Secret(key),
      kind: 'detect',
      partnerId: null,
      rememberApiKey: random.next() < 0.3,
    }),
  )
  return added.ok
}

async function enterKey(world: World, id: AccountId, remember: boolean): Promise<boolean> {
  const nth = /(\d+)/u.exec(world.office.summary(id).name)?.[1]
  const key = world.options.service.keyOf(world.shown.accounts.get(id)?.token ?? 0) ?? keyFor(Number(nth))
  return (await world.driven(world.office.accounts.enterApiKey(id, new Secret(key), remember))).ok
}

function editOf(random: Random, nth: number): Parameters<World['office']['accounts']['edit']>[1] {
  return random.pick([
    { pinned: nth % 2 === 0 },
    { note: `Note ${String(nth)}` },
    { tags: [`tag-${String(nth)}`] },
    { policy: { muted: nth % 2 === 0 } },
  ])
}

async function importTwo(world: World, nth: number): Promise<boolean> {
  const { imports } = world.office.useCases
  await environmentOf(world)
  const environment = world.office.environmentStore.all[0]?.name ?? ''
  const keys = [keyFor(nth * 100 + 1), keyFor(nth * 100 + 2)]
  for (const key of keys) world.options.service.addKey(key, true)
  const rows = keys.map((key, at) => `Imported ${String(nth)} ${String(at)},${environment},${key}`)
  const preview = await world.driven(imports.preview(['name,environment,apiKey', ...rows].join('\n')))
  if (!preview.ok || !preview.value.ok) return false
  const outcomes = await world.driven(imports.run(preview.value.planId))
  return outcomes.ok && outcomes.value.outcomes.every(({ outcome }) => outcome.kind === 'added')
}
