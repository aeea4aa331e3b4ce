import { describe, expect, it } from 'vitest'
import { refusedSwitches } from '../../../electron/main/debug-switches'

const RELEASE = { isPackaged: true, isTestBuild: false }

/** `app.commandLine.hasSwitch` of an app that was started with these. */
function startedWith(...switches: readonly string[]): (name: string) => boolean {
  return (name) => switches.includes(name)
}

describe('a release', () => {
  it.each([
    'remote-debugging-port',
    'remote-debugging-pipe',
    'js-flags',
    'inspect',
    'inspect-brk',
    'inspect-wait',
    'ssl-key-log-file',
    'log-net-log',
    'ignore-certificate-errors',
    'disable-web-security',
  ])('refuses to start with --%s', (name) => {
    expect(refusedSwitches(startedWith(name), RELEASE)).toEqual([name])
  })

  it('names all that it refuses', () => {
    expect(refusedSwitches(startedWith('inspect', 'remote-debugging-port', 'hidden'), RELEASE)).toEqual([
      'remote-debugging-port',
      'inspect',
    ])
  })

  it('starts with the switches that its users have a use for', () => {
    const useful = startedWith(
      'hidden',
      'user-data-dir',
      'password-store',
      'proxy-server',
      'ozone-platform',
      'disable-gpu',
      'lang',
    )
    expect(refusedSwitches(useful, RELEASE)).toEqual([])
  })
})

it.each([
  ['a checkout', { isPackaged: false, isTestBuild: false }],
  ['a packaged test build', { isPackaged: true, isTestBuild: true }],
])('%s lets itself be debugged', (_, build) => {
  expect(refusedSwitches(startedWith('remote-debugging-port', 'inspect'), build)).toEqual([])
})
