/** From the click on a row's button to the JWT in the clipboard: through the window, the router and the keyring. */
import { setTimeout as sleep } from 'node:timers/promises'
import { nameBehind, populate, SHORT_JWT_LIFE_MS, type Subject } from '../resilience/built-app/subjects'
import { readClipboard } from '../support/desktop'
import type { Measure } from './figures'
import { withApp, type Scene } from './with-app'

/** The time after which the window has confirmed the copy and is idle: no user clicks earlier. */
const RESTS_AFTER_MS = 400
/** How long people hold a mouse's button down: the button is drawn as pressed before it is released. */
const HELD_MS = 80
/** About an account's record. */
const RECORD_BYTES = 2_400

interface Copy {
  readonly tookMs: number
  /** What of it the service took. */
  readonly servedMs: number
}

export async function measureCopy(runs: number): Promise<Measure[]> {
  const few = await copies(200, runs)
  const many = await copies(10_000, runs)
  const within = (
    name: string,
    made: readonly Copy[],
    most: number,
    reference: readonly Copy[] | null = null,
  ): Measure => ({
    ...{ name, unit: 'ms', runs: made.map(beyondServer), reference: reference?.map(beyondServer) ?? null },
    limit: { of: 'p95', most },
  })
  return [
    within('copy, JWT live, 200 accounts', few.live, 30),
    within('copy, JWT live, 10,000 accounts', many.live, 30),
    within('copy with a renewal, beyond the server’s time', few.renewing, 20, few.least),
  ]
}

function copies(accounts: number, runs: number) {
  return withApp(accounts, async (scene) => {
    const [live, short] = await populate(scene.client, scene.server, {
      // By this name they stand above all others.
      environment: 'Bench',
      plans: [
        { kind: 'partner', remembers: false },
        { kind: 'partner', remembers: false, jwtLifeMs: SHORT_JWT_LIFE_MS },
      ],
    })
    if (live === undefined || short === undefined) throw new Error('there is no account')
    return {
      live: await copied(scene, live, runs),
      renewing: await copied(scene, short, runs),
      least: await least(scene, runs),
    }
  })
}

function beyondServer({ tookMs, servedMs }: Copy): number {
  return tookMs - servedMs
}

/** What no renewal can do without: a note and a session on the disk, and a request on a connection of its own. */
async function least({ client, server }: Scene, runs: number): Promise<Copy[]> {
  const made: Copy[] = []
  for (let run = 0; run < runs; run += 1) {
    await sleep(RESTS_AFTER_MS)
    const servedBefore = server.stats.servingMs
    const tookMs = await client.running.app.evaluate(
      async ({ app, net, session }, [url, bytes, partition]) => {
        const fs = process.getBuiltinModule('node:fs')
        const path = `${app.getPath('userData')}/bench-scrap`
        const own = session.fromPartition(partition, { cache: false })
        const startedAt = performance.now()
        for (const comesNext of ['request', 'end']) {
          const file = fs.openSync(`${path}.new`, 'w')
          fs.writeSync(file, 'x'.repeat(bytes))
          fs.fsyncSync(file)
          fs.closeSync(file)
          fs.renameSync(`${path}.new`, path)
          const folder = fs.openSync(app.getPath('userData'), 'r')
          fs.fsyncSync(folder)
          fs.closeSync(folder)
          if (comesNext === 'end') break
          await new Promise<void>((resolve, reject) => {
            const request = net.request({ method: 'POST', url, session: own })
            request.on('response', (response) => {
              response.on('data', () => undefined)
              response.on('end', resolve)
            })
            request.on('error', reject)
            request.end('{}')
          })
        }
        const took = performance.now() - startedAt
        await own.closeAllConnections()
        return took
      },
      [`${server.url}/auth/refresh`, RECORD_BYTES, 'bench-least'] as const,
    )
    made.push({ tookMs, servedMs: server.stats.servingMs - servedBefore })
  }
  return made
}

async function copied({ window, server }: Scene, subject: Subject, runs: number): Promise<Copy[]> {
  const button = window.row(subject.name).getByRole('button', { name: 'Copy JWT' })
  await button.hover()
  const box = await button.boundingBox()
  if (box === null) throw new Error(`${subject.name} is not to be seen`)
  const copies: Copy[] = []
  for (let run = 0; run < runs; run += 1) {
    await sleep(RESTS_AFTER_MS)
    const servedBefore = server.stats.servingMs
    const next = await window.page.evaluateHandle<{ readonly heldMs: Promise<number> }>(NEXT_COPY)
    await window.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay: HELD_MS })
    const tookMs = await next.evaluate(({ heldMs }) => heldMs)
    copies.push({ tookMs, servedMs: server.stats.servingMs - servedBefore })
  }
  if ((await nameBehind(server, await readClipboard())) !== subject.name)
    throw new Error(`${subject.name} is not in the clipboard`)
  return copies
}

/** From when the system had the click until main told that the clipboard holds the JWT. */
const NEXT_COPY = `({
  heldMs: new Promise((resolve, reject) => {
    let clickedAt = 0
    const late = setTimeout(() => reject(new Error('nothing was copied')), 10_000)
    document.addEventListener('click', ({ timeStamp }) => { clickedAt = timeStamp }, { capture: true, once: true })
    const stop = tokenDesk.on('clipboardChanged', ({ clearsAt }) => {
      if (clickedAt === 0 || clearsAt === null) return
      clearTimeout(late)
      resolve(performance.now() - clickedAt)
      stop()
    })
  }),
})`
