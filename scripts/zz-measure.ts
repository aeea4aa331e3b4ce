import { once } from 'node:events'
import { launchApp, makeProfile, removeProfile } from '../test/support/electron-app'
import { startAuthServer } from '../test/support/auth-server'
const server = await startAuthServer()
const profile = await makeProfile()
for (let i = 0; i < 6; i++) {
  const t0 = performance.now()
  const run = await launchApp({ profile, directory: '/tmp/torture-build' })
  const t1 = performance.now()
  await run.window.waitForFunction(() => 'tokenDesk' in globalThis, undefined, { polling: 10 })
  const t2 = performance.now()
  const snap = await run.window.evaluate(() =>
    (
      globalThis as never as { tokenDesk: { getSnapshot(x: undefined): Promise<unknown> } }
    ).tokenDesk.getSnapshot(undefined),
  )
  const t3 = performance.now()
  if (i === 0) console.log(JSON.stringify(snap))
  const child = run.app.process()
  const gone = once(child, 'exit')
  if (i % 2) {
    child.kill('SIGKILL')
    await gone
  } else await run.quit()
  const t4 = performance.now()
  console.log(
    'launch',
    (t1 - t0) | 0,
    'bridge',
    (t2 - t1) | 0,
    'snap',
    (t3 - t2) | 0,
    i % 2 ? 'kill' : 'quit',
    (t4 - t3) | 0,
  )
  if (i === 0) console.log(run.output.join('\n'))
}
await removeProfile(profile)
await server.close()
