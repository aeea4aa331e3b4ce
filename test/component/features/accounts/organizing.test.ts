import { describe, expect, test } from 'vitest'
import type { MainStart } from '../../../support/main-in-memory'
import { anAccount } from '../../../support/builders'
import { openDesk, settle, type Desk } from '../../support/desk'
import { click, get, press, query, row, status, text, type, valueOf } from '../../support/queries'

const unwritable = {
  code: 'problem',
  problem: { code: 'storage-unwritable', afterAnswer: false, detail: 'ENOSPC' },
} as const

async function openDetails(start: MainStart = {}): Promise<Desk & { details: HTMLElement }> {
  const desk = await openDesk({
    accounts: [anAccount({ tags: ['billing'] }), anAccount({ name: 'Other' })],
    ...start,
  })
  row('ACME').focus()
  await press(' ')
  return { ...desk, details: get('complementary', 'Details') }
}
const tagsOf = (desk: Desk): readonly string[] =>
  desk.bridge.accounts().find(({ name }) => name === 'ACME')?.tags ?? []
const noteOf = (desk: Desk): string => desk.bridge.accounts().find(({ name }) => name === 'ACME')?.note ?? ''

describe('tags', () => {
  test.each(['Enter', ','])('are added by %s, and said to be saved', async (key) => {
    const desk = await openDetails()
    await type(get('textbox', 'Tags', desk.details), 'onboarding')
    await press(key)
    expect(tagsOf(desk)).toEqual(['billing', 'onboarding'])
    expect(valueOf(get('textbox', 'Tags', desk.details))).toBe('')
    expect(status()).toBe('Tags of ACME saved')
  })

  test('come several at a time, and nothing twice', async () => {
    const desk = await openDetails()
    await type(get('textbox', 'Tags', desk.details), 'Billing, vip ,, new')
    await press('Enter')
    expect(tagsOf(desk)).toEqual(['billing', 'vip', 'new'])
  })

  test('are removed by their button, and the last one by Backspace in the empty field', async () => {
    const desk = await openDetails({ accounts: [anAccount({ tags: ['one', 'two', 'three'] })] })
    await click(get('button', 'Remove tag one', desk.details))
    expect(tagsOf(desk)).toEqual(['two', 'three'])
    expect(document.activeElement).toBe(get('textbox', 'Tags', desk.details))
    await press('Backspace')
    expect(tagsOf(desk)).toEqual(['two'])
    await type(get('textbox', 'Tags', desk.details), 'x')
    await press('Backspace')
    expect(tagsOf(desk)).toEqual(['two'])
  })

  test('that are too long say so at the field and stay in it', async () => {
    const desk = await openDetails()
    await type(get('textbox', 'Tags', desk.details), 'x'.repeat(41))
    await press('Enter')
    expect(text(desk.details)).toContain('A tag has at most 40 characters.')
    expect(get('textbox', 'Tags', desk.details).getAttribute('aria-invalid')).toBe('true')
    expect(valueOf(get('textbox', 'Tags', desk.details))).toBe('x'.repeat(41))
    expect(desk.bridge.asked.some(({ call }) => call === 'editAccount')).toBe(false)
  })

  test('that could not be saved stay typed', async () => {
    const desk = await openDetails()
    desk.bridge.failNext('editAccount', unwritable)
    await type(get('textbox', 'Tags', desk.details), 'kept')
    await press('Enter')
    expect(valueOf(get('textbox', 'Tags', desk.details))).toBe('kept')
    expect(text(desk.details)).toContain('Couldn’t save this (ENOSPC), so nothing was changed.')
    await press('Enter')
    expect(tagsOf(desk)).toEqual(['billing', 'kept'])
    expect(text(desk.details)).not.toContain('Couldn’t save this')
  })
})

describe('the note', () => {
  test('is saved when its field is left, and that is said', async () => {
    const desk = await openDetails()
    const note = get('textbox', 'Note', desk.details)
    await type(note, '  Ask for Ada.\nNot on Fridays. ')
    expect(noteOf(desk)).toBe('')
    note.blur()
    await settle()
    expect(noteOf(desk)).toBe('Ask for Ada.\nNot on Fridays.')
    expect(status()).toBe('Note of ACME saved')
  })

  test('that was not changed asks nothing', async () => {
    const desk = await openDetails()
    get('textbox', 'Note', desk.details).focus()
    get('textbox', 'Note', desk.details).blur()
    await settle()
    expect(desk.bridge.asked.some(({ call }) => call === 'editAccount')).toBe(false)
  })

  test('that could not be saved is still there after another account was looked at', async () => {
    const desk = await openDetails()
    desk.bridge.failNext('editAccount', unwritable)
    await type(get('textbox', 'Note', desk.details), 'precious')
    await click(row('Other'))
    expect(status()).toContain('ACME: Couldn’t save this (ENOSPC)')
    expect(valueOf(get('textbox', 'Note'))).toBe('')
    await click(row('ACME'))
    expect(valueOf(get('textbox', 'Note'))).toBe('precious')
    expect(text(get('complementary', 'Details'))).toContain('Couldn’t save this')
  })

  test('is saved when the details are closed by Esc', async () => {
    const desk = await openDetails()
    await type(get('textbox', 'Note', desk.details), 'on the way out')
    await press('Escape')
    expect(query('complementary', 'Details')).toBeNull()
    expect(noteOf(desk)).toBe('on the way out')
  })
})
