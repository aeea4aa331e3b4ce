import { describe, expect, test } from 'vitest'
import { createPopupKeys } from '../../../../src/ui/popup/popup-keys'

const CHOICES = ['Renew now', 'Details', 'Rename', 'Remove']

/** Presses the keys one after another, so many ms apart, and tells where the last one goes to. */
function goesTo(keys: readonly string[], from: number, apartMs = 100): number | null {
  const target = createPopupKeys()
  let at = from
  let last: number | null = null
  for (const [turn, key] of keys.entries()) {
    last = target(keyEvent(key, turn * apartMs), CHOICES, at)
    at = last ?? at
  }
  return last
}

function keyEvent(key: string, timeStamp = 0, held: 'ctrlKey' | 'metaKey' | 'altKey' | null = null) {
  return {
    key,
    timeStamp,
    ctrlKey: held === 'ctrlKey',
    metaKey: held === 'metaKey',
    altKey: held === 'altKey',
  }
}

describe('the keys of a menu or a list of choices', () => {
  test.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 0, 1],
    ['ArrowDown', 3, 3],
    ['ArrowUp', -1, 3],
    ['ArrowUp', 2, 1],
    ['ArrowUp', 0, 0],
    ['Home', 2, 0],
    ['End', 0, 3],
    ['PageUp', 2, 0],
    ['PageDown', 0, 3],
  ])('%s from choice %d goes to %d', (key, from, to) => {
    expect(goesTo([key], from)).toBe(to)
  })

  test('a letter goes to the next choice that begins with it, and round again', () => {
    expect(goesTo(['d'], -1)).toBe(1)
    expect(goesTo(['R'], 0)).toBe(2)
    expect(goesTo(['r', 'r', 'r'], 0)).toBe(0)
  })

  test('letters typed at once belong to one word', () => {
    expect(goesTo(['r', 'e', 'm'], -1)).toBe(3)
    expect(goesTo(['r', 'd'], -1, 1_500)).toBe(1)
  })

  test('what begins with nothing there, and keys of others, go nowhere', () => {
    expect(goesTo(['x'], 1)).toBeNull()
    expect(goesTo(['Enter'], 1)).toBeNull()
    expect(goesTo([' '], 1)).toBeNull()
    for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
      expect(createPopupKeys()(keyEvent('d', 0, held), CHOICES, 0)).toBeNull()
    }
    expect(createPopupKeys()(keyEvent('ArrowDown'), [], -1)).toBeNull()
  })
})
