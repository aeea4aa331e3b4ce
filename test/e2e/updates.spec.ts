/** The update feed over Electron's own network. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppWindow } from '../support/app-window'
import { expect, test } from '../support/electron-app'

test('a newer version that the feed names stands in the settings; a redirect of the feed is not followed', async ({
  launch,
}) => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/moved') response.writeHead(302, { Location: '/feed.json' }).end()
    else response.end(JSON.stringify({ version: '99.0.0', url: 'https://example.com/99', notes: 'All new.' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`

  const { window } = await launch()
  const appWindow = new AppWindow(window)
  const settings = await appWindow.openSettings('Updates')
  const field = settings.getByRole('textbox', { name: 'Update feed URL' })
  await field.fill(`${origin}/moved`)
  await field.press('Enter')
  await expect(appWindow.message('Update feed changed')).toBeVisible()
  await expect.poll(() => asked).toEqual(['/moved'])

  await field.fill(`${origin}/feed.json`)
  await field.press('Enter')
  await expect.poll(() => asked).toEqual(['/moved', '/feed.json'])
  await window.keyboard.press('Escape')
  const again = await appWindow.openSettings('Updates')
  await expect(again.getByText('Version 99.0.0 is available.')).toBeVisible()
  await expect(again.getByText('All new.')).toBeVisible()
  server.close()
})
