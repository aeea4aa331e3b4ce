import { describe, expect, test } from 'vitest'
import type { MainStart } from '../../../support/main-in-memory'
import { anAccount } from '../../../support/builders'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, row, status, text, type, valueOf } from '../../support/queries'

const unwritable = {
  code: 'problem',
  problem: { code: 'storage-unwritable', what: 'account', afterAnswer: false, detail: 'ENOSPC' },
} as const

async function openDetails(start: MainStart = {}): Promise<OpenedApp & { details: HTMLElement }> {
  const app = await openApp({
    accounts: [anAccount({ tags: ['billing'] }), anAccount({ name: 'Other' })],
    ...start,
  })
  row('ACME').focus()
  await press(' ')
  return { ...app, details: get('complementary', 'Details') }
}
const tagsOf = (app: OpenedApp): readonly string[] =>
  app.bridge.accounts().find(({ name }) => name === 'ACME')?.tags ?? []
const noteOf = (app: OpenedApp): string =>
  app.bridge.accounts().find(({ name }) => name === 'ACME')?.note ?? ''

describe('tags', () => {
  test.each(['Enter', ','])('are added by %s, and said to be saved', async (key) => {
    const app = await openDetails()
    await type(get('textbox', 'Tags', app.details), 'onboarding')
    await press(key)
    expect(tagsOf(app)).toEqual(['billing', 'onboarding'])
    expect(valueOf(get('textbox', 'Tags', app.details))).toBe('')
    expect(status()).toBe('Tags of ACME saved')
  })

  test('come several at a time, and nothing twice', async () => {
    const app = await openDetails()
    await type(get('textbox', 'Tags', app.details), 'Billing, vip ,, new')
    await press('Enter')
    expect(tagsOf(app)).toEqual(['billing', 'vip', 'new'])
  })

  test('are removed by their button, and the last one by Backspace in the empty field', async () => {
    const app = await openDetails({ accounts: [anAccount({ tags: ['one', 'two', 'three'] })] })
    await click(get('button', 'Remove tag one', app.details))
    expect(tagsOf(app)).toEqual(['two', 'three'])
    expect(document.activeElement).toBe(get('textbox', 'Tags', app.details))
    await press('Backspace')
    expect(tagsOf(app)).toEqual(['two'])
    await type(get('textbox', 'Tags', app.details), 'x')
    await press('Backspace')
    expect(tagsOf(app)).toEqual(['two'])
  })

  test('that are too long say so at the field and stay in it', async () => {
    const app = await openDetails()
    await type(get('textbox', 'Tags', app.details), 'x'.repeat(41))
    await press('Enter')
    expect(text(app.details)).toContain('A tag has at most 40 characters.')
    expect(get('textbox', 'Tags', app.details).getAttribute('aria-invalid')).toBe('true')
    expect(valueOf(get('textbox', 'Tags', app.details))).toBe('x'.repeat(41))
    expect(app.bridge.asked.some(({ call }) => call === 'editAccount')).toBe(false)
  })

  test('that could not be saved stay typed', async () => {
    const app = await openDetails()
    app.bridge.failNext('editAccount', unwritable)
    await type(get('textbox', 'Tags', app.details), 'kept')
    await press('Enter')
    expect(valueOf(get('textbox', 'Tags', app.details))).toBe('kept')
    expect(text(app.details)).toContain('Couldn’t save the account (ENOSPC), so it’s unchanged.')
    await press('Enter')
    expect(tagsOf(app)).toEqual(['billing', 'kept'])
    expect(text(app.details)).not.toContain('Couldn’t save the account')
  })
})

describe('the note', () => {
  test('is saved when its field is left, and that is said', async () => {
    const app = await openDetails()
    const note = get('textbox', 'Note', app.details)
    await type(note, '  Ask for Ada.\nNot on Fridays. ')
    expect(noteOf(app)).toBe('')
    note.blur()
    await settle()
    expect(noteOf(app)).toBe('Ask for Ada.\nNot on Fridays.')
    expect(status()).toBe('Note of ACME saved')
  })

  test('that was not changed asks nothing', async () => {
    const app = await openDetails()
    get('textbox', 'Note', app.details).focus()
    get('textbox', 'Note', app.details).blur()
    await settle()
    expect(app.bridge.asked.some(({ call }) => call === 'editAccount')).toBe(false)
  })

  test('that could not be saved is still there after another account was shown', async () => {
    const app = await openDetails()
    app.bridge.failNext('editAccount', unwritable)
    await type(get('textbox', 'Note', app.details), 'precious')
    await click(row('Other'))
    expect(status()).toContain('ACME: Couldn’t save the account (ENOSPC)')
    expect(valueOf(get('textbox', 'Note'))).toBe('')
    await click(row('ACME'))
    expect(valueOf(get('textbox', 'Note'))).toBe('precious')
    expect(text(get('complementary', 'Details'))).toContain('Couldn’t save the account')
  })

  test('is saved when the details are closed by Esc', async () => {
    const app = await openDetails()
    await type(get('textbox', 'Note', app.details), 'on the way out')
    await press('Escape')
    expect(query('complementary', 'Details')).toBeNull()
    expect(noteOf(app)).toBe('on the way out')
  })
})
