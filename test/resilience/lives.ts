/** The lives that an app may lead when its power goes: each does what the others don't. */
import { confirmAddresses } from './judge'
import { asFirstVersion } from './older-record'
import { OPERATIONS, type Operation } from './operations'
import { ACCOUNTS, KEYRING, NO_KEYRING, PROFILE } from './places'
import { bytesOf, put } from './posix/files'
import { digest } from './posix/tree'
import { PowerRun, type PowerOptions, type PowerTally } from './power-run'

export type Life = (options: Omit<PowerOptions, 'keyring'>, tally: PowerTally) => Promise<void>

export const LIVES: Readonly<Record<string, Life>> = {
  everyday: async (options, tally) => {
    const run = new PowerRun({ ...options, keyring: KEYRING }, tally)
    await run.start()
    const { random } = options
    // Each at least once, since nothing is to be left to chance alone.
    for (const operation of ['add', 'add', 'add', ...random.shuffled(OPERATIONS)] as const) {
      await run.do(operation)
      const next = random.next()
      if (next < 0.25) await run.crash()
      else if (next < 0.35) await restart(run)
    }
    await run.quit()
  },

  'without a keyring': async (options, tally) => {
    const run = new PowerRun({ ...options, keyring: NO_KEYRING }, tally)
    await run.start()
    const some: readonly Operation[] = ['renew', 'copy', 'edit', 'add', 'enter key', 'settings']
    await run.do('add')
    for (const choice of ['accepted', 'memory-only', 'accepted', 'memory-only'] as const) {
      await run.do('add')
      await choose(run, choice)
      for (const operation of options.random.shuffled(some).slice(0, 3)) await run.do(operation)
      if (options.random.next() < 0.5) await run.crash()
    }
    await run.quit()
  },

  'records of an older version': async (options, tally) => {
    const run = await withAccounts(options, tally)
    await run.betweenRuns((disk) => {
      for (const path of recordsOf(run)) put(disk, path, asFirstVersion(bytesOf(disk, path)))
      run.kept = recordsOf(run).map((path) => digest(bytesOf(disk, path)))
    })
    await run.start()
    for (const operation of ['renew', 'copy', 'edit', 'renew', 'enter key'] as const) {
      await run.do(operation)
      if (options.random.next() < 0.3) await run.crash()
    }
    await run.quit()
  },

  'a damaged record': async (options, tally) => {
    const run = await withAccounts(options, tally)
    await run.betweenRuns((disk) => {
      const path = options.random.pick(recordsOf(run))
      const bytes = bytesOf(disk, path)
      put(disk, path, bytes.subarray(0, Math.floor(bytes.length * options.random.next())))
      run.kept = [digest(bytesOf(disk, path))]
      run.damaged = [...run.transcript.latest.accounts.keys()].filter((id) => path.includes(id))
    })
    await run.start()
    await run.do('renew')
    await run.do('enter key')
    await run.crash()
    await run.do('enter key')
    await run.quit()
  },

  'damaged settings': async (options, tally) => {
    const run = await withAccounts(options, tally)
    await run.do('settings')
    await run.betweenRuns((disk) => {
      const path = `${PROFILE}/tokendesk.json`
      const bytes = bytesOf(disk, path)
      put(disk, path, bytes.subarray(0, Math.floor(bytes.length * options.random.next())))
      run.kept = [digest(bytesOf(disk, path))]
      run.asksForAddress = true
    })
    await run.start()
    await run.watched('confirm the address', confirmAddresses)
    await run.do('settings')
    await run.do('edit environment')
    await run.crash()
    await run.do('renew')
    await run.quit()
  },
}

async function withAccounts(options: Omit<PowerOptions, 'keyring'>, tally: PowerTally): Promise<PowerRun> {
  const run = new PowerRun({ ...options, keyring: KEYRING }, tally)
  await run.start()
  for (let n = 0; n < 3; n += 1) await run.do('add')
  return run
}

async function restart(run: PowerRun): Promise<void> {
  await run.quit()
  await run.start()
}

async function choose(run: PowerRun, choice: 'accepted' | 'memory-only'): Promise<void> {
  await run.watched(`choose ${choice}`, async (world) => {
    // What was taken off the disk may come back by this.
    if (choice === 'accepted') world.transcript.say({ gone: new Set() })
    const chosen = await world.driven(world.office.storage.choose(choice))
    if (choice === 'memory-only' && chosen.ok) world.sayGone(() => true)
  })
}

function recordsOf({ disk }: PowerRun): readonly string[] {
  return disk
    .readdir(ACCOUNTS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${ACCOUNTS}/${name}`)
}
