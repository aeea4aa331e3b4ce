/** What is copied for a shell works when it is pasted into one. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, test } from '../support/electron-app'

const API_KEY = 'canary-key-of-the-partner-0123'

test('the copied curl line, run in a real shell, is let in by the service', async ({ launch }) => {
  // A base URL that a shell would take apart if it weren't quoted.
  const server = await startAuthServer({ basePath: "/o'hara;$HOME&v=(1)" })
  // With little life left, it has to be renewed first, as for `Copy JWT`.
  server.addApiKey({ apiKey: API_KEY, kind: 'partner', name: 'ACME', jwtLifeMs: 4 * 60_000 })
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: API_KEY })

  await appWindow.row('ACME').getByRole('button', { name: 'More actions' }).click()
  await window.getByRole('menuitem', { name: 'Copy as…' }).press('ArrowRight')
  await window.getByRole('menuitem', { name: 'curl (bash)' }).press('Enter')
  await expect(appWindow.message('curl command for ACME copied').first()).toBeVisible()
  expect(server.report(API_KEY).rotations).toBe(1)

  const line = await readClipboard()
  expect(line).toMatch(/^curl .*R-Auth: /u)
  // The line calls the base URL; here it gets the path of a protected endpoint.
  expect(await statusOf(`${line}/whoami`)).toBe('200')
  expect(await statusOf(`${line.replace(/R-Auth: ./u, 'R-Auth: x')}/whoami`)).toBe('401')

  // The form used last is the first one offered, and has a key of its own.
  await appWindow.row('ACME').click()
  const details = window.getByRole('complementary', { name: 'Details' })
  await details.getByRole('button', { name: 'Copy as…' }).click()
  await expect(window.getByRole('menuitem').first()).toHaveText(/^curl \(bash\)/u)
  await window.keyboard.press('Escape')
  await appWindow.copyJwt('ACME')
  expect(await readClipboard()).toMatch(/^eyJ/u)
  await appWindow.row('ACME').focus()
  await window.keyboard.press('ControlOrMeta+Shift+C')
  await expect.poll(readClipboard).toMatch(/^curl /u)
  await server.close()
})

/** The HTTP status that the service gives to a line typed into a shell. */
async function statusOf(line: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `${line} --silent --output /dev/null --write-out '%{http_code}'`,
  ])
  return stdout
}
