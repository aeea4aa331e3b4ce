/** What a user does in a soak: some accounts are used and cared for, most are left alone until they expire. */
import type { AccountPolicy } from '../../../electron/shared/policy'
import type { SettingsChange } from '../../../electron/shared/settings'
import { REMIND_TOMORROW, RENEW_NOW } from '../../../electron/shared/wording'
import { Secret } from '../../../electron/shared/secret'
import { keyOf } from '../back-office'
import { settle } from '../fakes/fake-time'
import { DAY, HOUR, newsOf } from './rules'
import type { Watched } from './watched'
import type { SoakEvent, World } from './world'

const ENVIRONMENTS = ['Sandbox', 'Production', 'Customer']
const LEADS = [[7, 3, 1], [7, 3, 1], [10, 2, 0.25], [5, 0.5], []]

export function userActions(world: World): readonly SoakEvent[] {
  const { random } = world
  return [
    { weight: 36, what: 'copies', run: () => copySome(world) },
    { weight: 30, what: 'attends to what ends', run: () => attend(world) },
    { weight: 2, what: 'presses a button', run: () => press(world) },
    { weight: 3, what: 'renews', run: () => renew(world, world.anyone()) },
    { weight: 1, what: 'renews without gain', run: () => renewToSameEnd(world) },
    { weight: 3, what: 'changes a policy', run: () => edit(world, world.anyone(), somePolicy(world)) },
    { weight: 3, what: 'mutes or unmutes', run: () => mute(world) },
    {
      weight: 1,
      what: 'snoozes',
      run: () => {
        snooze(world, world.anyone())
      },
    },
    {
      weight: 0.2,
      what: 'changes leads',
      run: () => changeSettings(world, { reminderLeadsMs: random.pick(LEADS).map((days) => days * DAY) }),
    },
    { weight: 0.05, what: 'changes the default', run: () => changeDefault(world) },
    {
      weight: 2,
      what: 'looks or looks away',
      run: () => {
        // A notification that is in progress could go either way.
        if (!world.oracle.owesNews) world.office.isWatched = !world.office.isWatched
      },
    },
    { weight: 3, what: 'adds', run: () => addSome(world, random.int(20, 30) * DAY) },
    { weight: 1, what: 'removes', run: () => remove(world, world.anyone()) },
  ]
}

/** Adds a few accounts together, with tokens of about this validity. */
export async function addSome(world: World, refreshLifeMs: number): Promise<void> {
  const { random, office, oracle, plan } = world
  if (!world.isOnline) return
  const environmentId = await office.environment(random.pick(ENVIRONMENTS))
  for (let left = random.int(1, 12); left > 0 && world.added < plan.accounts; left -= 1) {
    office.service.refreshLifeMs = refreshLifeMs + random.int(0, 8) * 1000
    const { id } = await office.add({
      name: world.nextName(),
      environmentId,
      refreshes: random.next() < 0.93,
      rememberApiKey: random.next() < 0.3,
    })
    const account = oracle.added(id)
    if (random.next() < 0.35) await edit(world, account, somePolicy(world))
  }
  office.service.refreshLifeMs = 30 * DAY
  world.recount()
}

export async function renew(world: World, account: Watched): Promise<void> {
  world.oracle.asked(account, 'renewed by hand')
  await world.office.accounts.renew(account.id)
}

function somePolicy({ random }: World): Partial<AccountPolicy> {
  return {
    jwt: random.pick([null, null, 'when-used', 'keep-live']),
    refreshToken: random.pick([null, null, 'remind', 'renew']),
  }
}

async function edit(
  { office, oracle }: World,
  account: Watched,
  change: Partial<AccountPolicy>,
): Promise<void> {
  const edited = await office.accounts.edit(account.id, { policy: change })
  if (edited.ok) oracle.decided(account, { ...account.policy, ...change })
}

async function mute(world: World): Promise<void> {
  const account = world.anyone()
  await edit(world, account, { muted: !account.policy.muted && world.random.next() < 0.5 })
}

/** Every fifth account is in use, the others hardly ever. */
async function copySome(world: World): Promise<void> {
  const { random, oracle, office } = world
  for (let left = random.int(1, 4); left > 0; left -= 1) {
    const account = random.next() < 0.8 ? random.pick(world.busy) : world.anyone()
    oracle.asked(account, 'copied')
    await office.jwts.copy(account.id, null)
  }
}

/** A service that ends the login on a fixed day grants a new token with the old expiry. */
async function renewToSameEnd(world: World): Promise<void> {
  const { service } = world.office
  const account = world.anyone()
  const left = (account.known.token?.endsAt ?? 0) - world.trueNow
  if (left <= 0) return
  service.refreshLifeMs = left
  await renew(world, account)
  service.refreshLifeMs = 30 * DAY
}

function snooze({ office, oracle }: World, account: Watched): void {
  office.useCases.notifications.remindTomorrow([account.id])
  oracle.snoozed(account)
}

/** Acts on an account whose token is about to expire, has expired or was refused. */
async function attend(world: World): Promise<void> {
  const { random, office, oracle } = world
  const ending = world.all.filter((each) => isEnding(each, world.trueNow + 7 * DAY))
  if (ending.length === 0) return
  const account = random.pick(ending)
  const mood = random.next()
  if (mood < 0.7 && isEnding(account, world.trueNow)) {
    const key = keyOf(account.name)
    office.service.addKey(key)
    oracle.asked(account, 'key entered')
    await office.accounts.enterApiKey(account.id, new Secret(key), random.next() < 0.3)
  } else if (mood < 0.3) await renew(world, account)
  else if (mood < 0.6) snooze(world, account)
  else if (mood < 0.65) await edit(world, account, { muted: true })
}

function isEnding({ known }: Watched, at: number): boolean {
  return newsOf(known) !== null || (known.token !== null && known.token.endsAt < at)
}

/** Of the latest reminder. */
async function press({ judge, oracle, random }: World): Promise<void> {
  if (judge.latest === null) return
  const { shown, told } = judge.latest
  const label = random.pick([RENEW_NOW, REMIND_TOMORROW])
  judge.isAnswerExpected = label === RENEW_NOW
  if (label === RENEW_NOW) for (const account of told) oracle.asked(account, 'renewed from a notification')
  shown.pressed(shown.buttons.indexOf(label))
  if (label === REMIND_TOMORROW) for (const account of told) oracle.snoozed(account)
  await settle()
  judge.isAnswerExpected = false
}

async function changeSettings({ office, oracle }: World, change: SettingsChange): Promise<void> {
  office.settingsStore.change(change)
  oracle.settingsChanged()
  await settle()
}

/** For some hours. */
async function changeDefault(world: World): Promise<void> {
  const { random } = world
  await changeSettings(
    world,
    random.next() < 0.3 ? { jwtPolicy: 'keep-live' } : { refreshTokenPolicy: 'renew' },
  )
  world.in(random.int(1, 20) * HOUR, () =>
    changeSettings(world, { jwtPolicy: 'when-used', refreshTokenPolicy: 'remind' }),
  )
}

async function remove(world: World, account: Watched): Promise<void> {
  if ((await world.office.removals.removeNow(account.id)).ok) world.oracle.removed(account)
  world.recount()
}
