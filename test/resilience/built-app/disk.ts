/**
 * A disk that is full or read-only: before the app starts, while it runs, and during a renewal. Nothing may be sent,
 * the user must be informed, and when there is space again everything must continue. And a disk with a few free pages,
 * fewer than a record takes: what the app reports there must be true after a restart.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { profileIsReadOnly } from '../../../electron/shared/wording'
import { rootSwitches } from '../../../scripts/lib/electron-switches.mjs'
import { startAuthServer, type AuthServer } from '../../support/auth-server'
import { AppWindow } from '../../support/app-window'
import { makeProfile, removeProfile } from '../../support/electron-app'
import { AppClient, problemOf } from './app-client'
import type { PartOptions } from './options'
import { copyAndProve, populate, SHORT_JWT_LIFE_MS, type Subject } from './subjects'
import { mountVolume, type Volume } from '../../support/volume'

export interface DiskResult {
  /** False where no file system can be mounted: nothing was tried then. */
  readonly possible: boolean
  readonly cases: number
  /** Renewals asked for while nothing could be stored. */
  readonly refusals: number
  /** Requests that were sent all the same. */
  readonly requests: number
  /** Copied again once there was space. */
  readonly recovered: number
  readonly lost: number
  readonly broken: readonly string[]
}

interface Scene {
  client: AppClient
  readonly profile: string
  readonly directory: string
  readonly server: AuthServer
  readonly subjects: readonly Subject[]
  /** The whole profile, and within it the folder of the account records. */
  readonly disks: { readonly profile: Volume; readonly accounts: Volume }
  readonly tally: { refusals: number; requests: number; recovered: number; lost: number; broken: string[] }
}

/** A record takes five or so. */
const FREE_PAGES = [1, 2, 3, 5, 8]
const CLAIM_BYTES = 7_000

const CASES: Readonly<Record<string, (scene: Scene, name: string) => Promise<void>>> = {
  'full while it runs': (scene, name) => whileItRuns(scene, name, 'ENOSPC'),
  'read-only while it runs': (scene, name) => whileItRuns(scene, name, 'EROFS'),
  'full at its start': (scene, name) => fromItsStart(scene, name, 'ENOSPC'),
  'records read-only at its start': (scene, name) => fromItsStart(scene, name, 'EROFS'),
  'whole profile read-only at its start': wholeProfileReadOnly,
  'full just before the answer, space again while it runs': fullBeforeTheAnswer,
  'full just before the answer, space again just before it quits': fullUntilItQuits,
  ...Object.fromEntries(
    FREE_PAGES.map((pages) => [
      `${String(pages)} pages free`,
      (scene: Scene, name: string) => nearlyFull(scene, name, pages),
    ]),
  ),
}

export async function tortureByDisk({ directory, tell }: PartOptions): Promise<DiskResult> {
  const tally = { refusals: 0, requests: 0, recovered: 0, lost: 0, broken: [] as string[] }
  const profile = await makeProfile()
  const whole = mountVolume(profile, '96m')
  const records = whole && mountVolume(join(profile, 'accounts'), '1m')
  const server = await startAuthServer()
  let scene: Scene | null = null
  try {
    if (whole === null || records === null) return { possible: false, cases: 0, ...tally }
    const client = await AppClient.open({ profile, directory })
    const subjects = await populate(client, server, {
      environment: 'Disk',
      plans: [true, false].map((remembers) => ({
        kind: 'partner',
        remembers,
        jwtLifeMs: SHORT_JWT_LIFE_MS,
        claimBytes: CLAIM_BYTES,
      })),
    })
    scene = {
      client,
      profile,
      directory,
      server,
      subjects,
      disks: { profile: whole, accounts: records },
      tally,
    }
    for (const [name, run] of Object.entries(CASES)) {
      await run(scene, name)
      tell(`disk ${name}: lost ${String(tally.lost)}`)
    }
    return { possible: true, cases: Object.keys(CASES).length, ...tally }
  } finally {
    await scene?.client.kill()
    await server.close()
    records?.unmount()
    whole?.unmount()
    await removeProfile(profile)
  }
}

const START_LIMIT_MS = 20_000

type DiskError = 'ENOSPC' | 'EROFS'

async function whileItRuns(scene: Scene, name: string, error: DiskError): Promise<void> {
  // Chromium has files of the profile open, so only the accounts' folder can be read-only meanwhile.
  const release = spoil([scene.disks.accounts], error)
  await nothingIsSent(scene, name, error)
  release()
  await goesOn(scene, name)
}

async function fromItsStart(scene: Scene, name: string, error: DiskError): Promise<void> {
  const { profile, directory, disks } = scene
  await scene.client.running.quit()
  // Chromium itself doesn't start on a profile that is read-only as a whole: a case of its own.
  const release = spoil(error === 'EROFS' ? [disks.accounts] : [disks.accounts, disks.profile], error)
  try {
    scene.client = await AppClient.open({ profile, directory })
    await nothingIsSent(scene, name, error)
  } catch (failure) {
    scene.tally.broken.push(`${name}: ${String(failure)}`)
  }
  release()
  await restart(scene)
  await goesOn(scene, name)
}

/** Not even the lock file can be made: the app says so and sends nothing. */
async function wholeProfileReadOnly(scene: Scene, name: string): Promise<void> {
  const { profile, directory, disks, server } = scene
  await scene.client.running.quit()
  const release = spoil([disks.accounts, disks.profile], 'EROFS')
  const requests = server.requests.length
  const said = await outputUntil(profile, directory, profileIsReadOnly(profile))
  release()
  scene.tally.refusals += 1
  scene.tally.requests += server.requests.length - requests
  if (!said) scene.tally.broken.push(`${name}: the app did not say so`)
  await restart(scene)
  await goesOn(scene, name)
}

/** Starts the app without Playwright, which would wait for a window, and ends it when it has said `words`. */
async function outputUntil(profile: string, directory: string, words: string): Promise<boolean> {
  const app = spawn(process.env['ELECTRON_EXEC_PATH'] ?? '', [
    ...rootSwitches(),
    `--user-data-dir=${profile}`,
    directory,
  ])
  const ended = once(app, 'exit')
  let said = false
  app.stderr.setEncoding('utf8').on('data', (text: string) => {
    said ||= text.includes(words)
    if (said) app.kill('SIGKILL')
  })
  const limit = setTimeout(() => app.kill('SIGKILL'), START_LIMIT_MS)
  await ended
  clearTimeout(limit)
  return said
}

function spoil(disks: readonly Volume[], error: DiskError): () => void {
  for (const disk of disks) {
    if (error === 'ENOSPC') disk.fill()
    else disk.makeReadOnly()
  }
  return () => {
    for (const disk of [...disks].reverse()) {
      if (error === 'ENOSPC') disk.free()
      else disk.makeWritable()
    }
  }
}

/** The JWTs have too little life left, so that each copy would have to renew. */
async function nothingIsSent(scene: Scene, name: string, error: DiskError): Promise<void> {
  const { client, server, subjects, tally } = scene
  server.forgetRequests()
  for (const subject of subjects) {
    const { result, account } = await client.ask('copyJwt', { id: subject.id })
    tally.refusals += 1
    const problem = problemOf(result)
    if (problem?.code !== 'storage-unwritable' || problem.afterAnswer || !problem.detail.includes(error)) {
      tally.broken.push(`${name}: ${subject.name} answered ${JSON.stringify(result)}`)
    }
    if (account?.problem?.code !== 'storage-unwritable') {
      tally.broken.push(`${name}: ${subject.name} shows ${JSON.stringify(account?.problem)}`)
    }
    await isReported(scene, name, subject, 'Disk not writable')
  }
  const added = await client.call('addAccount', {
    name: `${name} new`,
    environmentId: (await client.snapshot()).environments[0]?.id ?? '',
    apiKey: subjects[0]?.apiKey ?? '',
    kind: 'partner',
    partnerId: null,
    rememberApiKey: false,
  })
  if (problemOf(added)?.code !== 'storage-unwritable') {
    tally.broken.push(`${name}: adding an account answered ${JSON.stringify(added)}`)
  }
  tally.requests += server.requests.length
  if (server.requests.length > 0)
    tally.broken.push(`${name}: ${String(server.requests.length)} requests were sent`)
}

async function isReported(
  { client, tally }: Scene,
  name: string,
  subject: Subject,
  words: string,
): Promise<void> {
  const row = new AppWindow(client.running.window).row(subject.name)
  await row
    .filter({ hasText: words })
    .waitFor({ timeout: 5_000 })
    .catch(async () => {
      tally.broken.push(`${name}: the row of ${subject.name} says: ${await row.innerText()}`)
    })
}

async function goesOn({ client, server, subjects, tally }: Scene, name: string): Promise<void> {
  for (const subject of subjects) {
    const copied = await copyAndProve(client, server, subject)
    if (copied.isLive) {
      tally.recovered += 1
    } else {
      tally.lost += 1
      tally.broken.push(`${name}: ${subject.name} was lost, ${JSON.stringify(copied.result)}`)
    }
  }
}

/** The service has rotated the token, and the disk refuses the new one. */
async function fillBeforeTheAnswer(scene: Scene, name: string): Promise<void> {
  const { client, server, subjects, disks, tally } = scene
  server.forgetRequests()
  server.script(() => {
    disks.accounts.fill()
    return undefined
  })
  for (const subject of subjects) {
    disks.accounts.free()
    const { result } = await client.ask('renewAccount', { id: subject.id })
    const problem = problemOf(result)
    if (problem?.code !== 'storage-unwritable' || !problem.afterAnswer) {
      tally.broken.push(`${name}: ${subject.name} answered ${JSON.stringify(result)}`)
    }
    await isReported(scene, name, subject, 'Not saved')
  }
  server.healthy()
}

async function fullBeforeTheAnswer(scene: Scene, name: string): Promise<void> {
  await fillBeforeTheAnswer(scene, name)
  const { client, server, subjects, disks, tally } = scene
  disks.accounts.free()
  for (const subject of subjects) {
    // Stored by the app's own next try already, it would be renewed once more by who asks in so many words.
    const { accounts } = await client.snapshot()
    if (accounts.find(({ id }) => id === subject.id)?.problem?.code !== 'storage-unwritable') continue
    const { status } = await client.ask('renewAccount', { id: subject.id })
    if (status !== 'live') tally.broken.push(`${name}: ${subject.name} stands at ${String(status)}`)
  }
  // What was granted is stored, and not asked for again.
  if (server.requests.length !== subjects.length) {
    tally.broken.push(`${name}: ${String(server.requests.length)} requests instead of one each`)
  }
  await restart(scene)
  await goesOn(scene, name)
}

async function fullUntilItQuits(scene: Scene, name: string): Promise<void> {
  await fillBeforeTheAnswer(scene, name)
  scene.disks.accounts.free()
  await restart(scene)
  await goesOn(scene, name)
}

/** Each renewal is done, or refused for the disk's sake; and whatever was said, no record is cut short. */
async function nearlyFull(scene: Scene, name: string, pages: number): Promise<void> {
  const { client, subjects, disks, tally } = scene
  disks.accounts.fillTo(pages)
  for (const subject of subjects) {
    const { result } = await client.ask('renewAccount', { id: subject.id })
    if (result.ok) continue
    tally.refusals += 1
    if (problemOf(result)?.code !== 'storage-unwritable') {
      tally.broken.push(`${name}: ${subject.name} answered ${JSON.stringify(result)}`)
    }
  }
  await restart(scene)
  for (const { name: account, secretsIn, problem } of (await scene.client.snapshot()).accounts) {
    if (secretsIn !== 'keyring') tally.broken.push(`${name}: ${account} is ${JSON.stringify(problem)}`)
  }
  disks.accounts.free()
  await goesOn(scene, name)
}

async function restart(scene: Scene): Promise<void> {
  await scene.client.running.quit()
  scene.client = await AppClient.open({ profile: scene.profile, directory: scene.directory })
}
