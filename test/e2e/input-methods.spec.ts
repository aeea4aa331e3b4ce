/** Typing by an input method, as Chinese, Japanese and Korean are typed: its keys are not the app's. */
import type { Page } from '@playwright/test'
import { AppWindow } from '../support/app-window'
import { readClipboard, writeClipboard } from '../support/desktop'
import { addPartner, expect, keyOf, test } from '../support/served-app'

/** What an input method does with the focused field of the page. */
async function inputMethodOf(page: Page) {
  const chromium = await page.context().newCDPSession(page)
  const key = async (name: 'Enter' | 'Escape', code: number, text?: string): Promise<void> => {
    const parts = { key: name, code: name, windowsVirtualKeyCode: code }
    await chromium.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      ...parts,
      ...(text !== undefined && { text }),
    })
    await chromium.send('Input.dispatchKeyEvent', { type: 'keyUp', ...parts })
  }
  return {
    /** Shows a text in the field that isn't decided yet. */
    async compose(text: string): Promise<void> {
      const end = text.length
      await chromium.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end })
    },
    /** Enter, with the character that the key types: without the app, it submits a form. */
    async decide(text: string): Promise<void> {
      await key('Enter', 13, '\r')
      await chromium.send('Input.insertText', { text })
    },
    /** The text that was not decided is taken back. */
    async cancel(): Promise<void> {
      await key('Escape', 27)
      await chromium.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 })
    },
  }
}

test('the Enter that ends a composition copies nothing, submits nothing and renames nothing', async ({
  launch,
  server,
}) => {
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await addPartner(server, appWindow, { name: 'かもめ' })
  const method = await inputMethodOf(window)

  await test.step('in the search', async () => {
    await writeClipboard('what was there')
    const search = window.getByRole('searchbox', { name: 'Search accounts' })
    await search.focus()
    await method.compose('かも')
    await method.decide('かも')
    await expect(search).toHaveValue('かも')
    expect(await readClipboard()).toBe('what was there')
    await window.keyboard.press('Enter')
    await expect.poll(readClipboard).toMatch(/^eyJ/u)
    await search.fill('')
  })

  await test.step('in Add account', async () => {
    const requests = server.requests.length
    const add = await appWindow.fillAccount({ name: '', apiKey: keyOf('another') })
    const name = add.getByRole('textbox', { name: 'Name' })
    await name.focus()
    await method.compose('さくら')
    await method.decide('桜')
    await expect(name).toHaveValue('桜')
    await expect(add.getByRole('button', { name: 'Add', exact: true })).toBeEnabled()
    expect(server.requests).toHaveLength(requests)

    await method.compose('や')
    await method.cancel()
    await method.compose('や')
    await method.cancel()
    await expect(name).toHaveValue('桜')
    await window.keyboard.press('Escape')
    await window.keyboard.press('Escape')
    await expect(add).toBeHidden()
  })

  await test.step('in Rename', async () => {
    await appWindow.act('かもめ', 'Rename')
    const rename = appWindow.dialog('Rename')
    const name = rename.getByRole('textbox', { name: 'Name' })
    await name.fill('')
    await method.compose('つばめ')
    await method.decide('燕')
    await expect(name).toHaveValue('燕')
    await expect(rename).toBeVisible()
    await window.keyboard.press('Enter')
    await appWindow.row('燕').waitFor()
  })
})
