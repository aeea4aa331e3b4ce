/**
 * What keeps a request from arriving at all. It takes another address: between two starts of the app the environments'
 * base URLs are changed, and changed back for the recovery. They are changed in `tokendesk.json` and in the records'
 * copies alike: where these disagree the app believes the records.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { UnreachableReason } from '../../../electron/shared/problem'
import { startAuthServer, type AuthServer } from '../../support/auth-server'
import { makeCertificate } from '../../support/certificate'
import { AppClient } from './app-client'
import { judge } from './fault-judge'
import type { Lane } from './fault-lanes'
import type { FaultTally } from './fault-tally'
import { isDue } from './is-due'
import type { PartOptions } from './options'
import { moveRecord, readRecord } from './records'
import { copyAndProve, enterKey, type Subject } from './subjects'

interface UnreachableKind {
  readonly name: string
  readonly reason: UnreachableReason
  /** Null: Chromium's error doesn't tell a handshake from a connection that broke later, so the app may doubt. */
  readonly journal: 'settled' | null
  /** Takes the place of the address of the lane's server. */
  address(server: AuthServer, elsewhere: Elsewhere): string
}

interface Elsewhere {
  readonly untrusted: string
  readonly closed: string
}

export const UNREACHABLE_KINDS: readonly UnreachableKind[] = [
  { name: 'no such host', reason: 'dns', journal: 'settled', address: () => 'https://no-such-host.invalid' },
  { name: 'nothing listens', reason: 'refused', journal: 'settled', address: (_, { closed }) => closed },
  {
    name: 'a certificate that nobody vouches for',
    reason: 'tls',
    journal: 'settled',
    address: (_, { untrusted }) => untrusted,
  },
  {
    name: 'no TLS behind https',
    reason: 'tls',
    journal: null,
    address: ({ url }) => url.replace('http:', 'https:'),
  },
]

interface Scene extends Omit<PartOptions, 'tell'> {
  readonly client: AppClient
  readonly profile: string
  readonly lanes: readonly Lane[]
  readonly times: number
  readonly tally: FaultTally
}

/** Each kind `times` times. Ends the given app and resolves with the one that runs after it. */
export async function strikeUnreachable(scene: Scene): Promise<AppClient> {
  const { profile, directory, lanes, times, random, tally } = scene
  let client = scene.client
  const untrusted = await startAuthServer({ tls: await makeCertificate() })
  const elsewhere = { untrusted: untrusted.url, closed: await closedAddress() }
  try {
    let waiting = random.shuffled(
      UNREACHABLE_KINDS.flatMap((kind) => Array.from({ length: Math.ceil(times / 2) }, () => kind)),
    )
    while (waiting.length > 0) {
      const struck = random.shuffled(lanes).slice(0, waiting.length)
      const kinds = new Map(struck.map((lane, index) => [lane.environment, waiting[index]]))
      waiting = waiting.slice(struck.length)

      client = await restartWith(client, { profile, directory, lanes }, (lane) =>
        kinds.get(lane.environment)?.address(lane.server, elsewhere),
      )
      for (const { server } of lanes) server.forgetRequests()
      for (const lane of struck) {
        const kind = kinds.get(lane.environment)
        for (const subject of kind === undefined ? [] : lane.subjects.slice(0, times)) {
          if (kind !== undefined) await strikeOne({ ...scene, client }, kind, subject)
        }
        if (lane.server.requests.length > 0) tally.misjudge(lane.environment, ['a request arrived'])
      }
      if (untrusted.requests.length > 0) tally.misjudge('TLS', ['a request went to an unknown server'])

      client = await restartWith(client, { profile, directory, lanes }, () => undefined)
      for (const lane of struck) {
        for (const subject of lane.subjects.slice(0, times)) {
          const copied = await copyAndProve(client, lane.server, subject)
          if (copied.isLive) tally.recovered += 1
          else tally.lose(`${lane.environment}, reachable again`, copied)
        }
      }
    }
    return client
  } finally {
    await untrusted.close()
  }
}

async function strikeOne(
  { client, profile, tally }: Scene,
  kind: UnreachableKind,
  subject: Subject,
): Promise<void> {
  const canRenew = subject.kind === 'partner' || subject.remembers
  const asked = canRenew
    ? await client.ask('renewAccount', { id: subject.id })
    : await enterKey(client, subject)
  // Where the machine has no network at all, a name that can't be found is told as that.
  const problem = asked.account?.problem
  const isOffline = kind.reason === 'dns' && problem?.code === 'unreachable' && problem.reason === 'offline'
  const reason = isOffline ? 'offline' : kind.reason
  tally.trials += 1
  tally.misjudge(
    `${kind.name} on ${subject.name}`,
    judge({
      call: subject.kind === 'partner' ? 'refresh' : 'login',
      meaning: { outcome: 'transient', problem: { code: 'unreachable', reason }, journal: kind.journal },
      way: canRenew ? 'renewAccount' : 'enterApiKey',
      subject,
      asked,
      journal: readRecord(profile, subject.id)?.session?.journal.state,
      triedAgain: isDue(asked),
    }),
  )
}

interface Stored {
  readonly environments: { name: string; baseUrl: string }[]
}

async function restartWith(
  client: AppClient,
  { profile, directory, lanes }: Pick<Scene, 'profile' | 'directory' | 'lanes'>,
  address: (lane: Lane) => string | undefined,
): Promise<AppClient> {
  await client.running.quit()
  const path = join(profile, 'tokendesk.json')
  const state = JSON.parse(readFileSync(path, 'utf8')) as Stored
  for (const lane of lanes) {
    const environment = state.environments.find(({ name }) => name === lane.environment)
    const baseUrl = address(lane) ?? lane.server.url
    if (environment !== undefined) environment.baseUrl = baseUrl
    for (const { id } of lane.subjects) moveRecord(profile, id, baseUrl)
  }
  writeFileSync(path, JSON.stringify(state))
  return await AppClient.open({ profile, directory })
}

/** Of a port that was free a moment ago. */
async function closedAddress(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${String(port)}`
}
