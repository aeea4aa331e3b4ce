import { describe, expect, test } from 'vitest'
import { shortcutKey, type PressedKey } from '../../../electron/shared/shortcut-key'

const of = (code: string, key: string, held: Partial<PressedKey> = {}): string =>
  shortcutKey({ key, code, shiftKey: false, ctrlKey: false, metaKey: false, ...held })

describe('a shortcut’s key', () => {
  test.each([
    ['us', 'KeyF', 'f', 'f'],
    ['us with caps lock', 'KeyF', 'F', 'f'],
    ['dvorak', 'KeyY', 'f', 'f'],
    ['dvorak: N is typed where B is, and B where N is', 'KeyN', 'b', 'b'],
    ['dvorak: the quote where Q is quits nothing', 'KeyQ', "'", "'"],
    ['dvorak: the comma where W is', 'KeyW', ',', ','],
    ['fr: A is typed where Q is', 'KeyQ', 'a', 'a'],
    ['fr: the comma where M is', 'KeyM', ',', ','],
    ['de: the minus where the slash is', 'Slash', '-', '-'],
  ])('is the letter typed: %s', (_, code, key, is) => {
    expect(of(code, key)).toBe(is)
  })

  test.each([
    ['ru', 'KeyF', 'а', 'f'],
    ['ru', 'Comma', 'б', ','],
    ['gr', 'KeyN', 'ν', 'n'],
    ['il', 'KeyK', 'ל', 'k'],
    ['il', 'Comma', 'ת', ','],
    ['ara', 'KeyL', 'م', 'l'],
    ['ara: two letters at once', 'KeyB', 'لا', 'b'],
    ['ara: its own digits', 'Digit0', '٠', '0'],
    ['fr: a letter with an accent on a digit', 'Digit0', 'à', '0'],
    ['a dead key', 'Slash', 'Dead', '/'],
    ['a key that says nothing', 'KeyA', 'Unidentified', 'a'],
  ])('is that of its place where another script is typed: %s %s', (_, code, key, is) => {
    expect(of(code, key)).toBe(is)
  })

  test.each([
    ['gr', 'KeyQ', ';', 'q'],
    ['il', 'KeyQ', '/', 'q'],
    ['il', 'KeyW', "'", 'w'],
    ['il, ru', 'Slash', '.', '/'],
  ])('is that of its place where another script has a sign there: %s %s', (_, code, key, is) => {
    expect(of(code, key, { ctrlKey: true })).toBe(is)
  })

  test('is the sign itself where that is typed without Ctrl', () => {
    expect(of('KeyQ', '/')).toBe('/')
    expect(of('KeyW', "'")).toBe("'")
  })

  test('is the one above it with Shift', () => {
    expect(of('Slash', '؟', { shiftKey: true })).toBe('?')
    expect(of('Slash', ',', { shiftKey: true })).toBe('?')
    expect(of('Digit7', '?', { shiftKey: true })).toBe('?')
    expect(of('Equal', '+', { shiftKey: true })).toBe('+')
  })

  test('is its name where it types nothing', () => {
    expect(of('Enter', 'Enter')).toBe('Enter')
    expect(of('F1', 'F1')).toBe('F1')
    expect(of('Space', ' ')).toBe(' ')
  })
})
