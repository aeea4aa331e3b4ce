/** What packaging itself must bring about: nobody gets into the packaged app from outside. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkArchive } from '../../scripts/packaging/app-archive.mjs'
import { FUSES, readFuses } from '../../scripts/packaging/fuses.mjs'
import { archiveOf, bundleForChecks, CHECKED, executableOf } from '../../scripts/packaging/packages.mjs'
import { collectLines, endOf } from '../support/electron-app'
import { expect, test } from '../support/either-app'
import { exitOf, startPackaged } from '../support/packaged-app'

for (const checked of CHECKED) {
  test(`${checked}: the fuses in the executable are the ones that were asked for`, async () => {
    expect(await readFuses(executableOf(bundleForChecks(checked)))).toEqual(FUSES)
  })

  test(`${checked}: the app is one small archive, with nothing in it or beside it that the build did not make`, () => {
    const archive = archiveOf(bundleForChecks(checked))
    expect(checkArchive(archive).bytes).toBeGreaterThan(100_000)
    expect(readdirSync(dirname(archive)).filter((name) => name.startsWith('app'))).toEqual(['app.asar'])
    expect(existsSync(join(dirname(archive), 'default_app.asar'))).toBe(false)
  })
}

for (const refused of [
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--inspect=0',
  '--inspect-brk=0',
]) {
  test(`a release does not start with ${refused}, and says so`, async ({ profile }) => {
    const child = startPackaged('release-code', { profile, args: [refused] })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) collectLines(stream, output)
    expect(await exitOf(child)).toBe(1)
    const written = output.join('\n')
    expect(written).toContain(`TokenDesk does not start with ${refused.replace(/=.*/u, '')}`)
    expect(written).not.toMatch(/listening on ws:/u)
  })
}

test('a release takes no code from the environment, and is never plain Node', async ({ profile }) => {
  const told = join(profile, 'told.txt')
  const script = join(profile, 'intruder.cjs')
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(told)}, 'was here')`)
  const child = startPackaged('release-code', {
    profile,
    args: [script],
    env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` },
  })
  // The app itself has come up: it has made its folder, which is later than any script would have run.
  await expect.poll(() => existsSync(join(profile, 'accounts'))).toBe(true)
  expect(existsSync(told)).toBe(false)
  await endOf(child, () => Promise.resolve(void child.kill('SIGTERM')))
})
