import { describe, expect, test } from 'vitest'
import { popupPlace, type Edges } from '../../../../src/ui/popup/popup-position'

const VIEW = { width: 1000, height: 600 }

function rect(left: number, top: number, width: number, height: number): Edges {
  return { left, top, right: left + width, bottom: top + height }
}

describe('a popup below its anchor', () => {
  test('begins where the anchor begins, or ends where it ends', () => {
    const anchor = rect(400, 100, 120, 30)
    const popup = { width: 200, height: 150 }
    expect(popupPlace(anchor, popup, VIEW, 'below', 'start')).toMatchObject({ left: 400, top: 134 })
    expect(popupPlace(anchor, popup, VIEW, 'below', 'end')).toMatchObject({ left: 320, top: 134 })
  })

  test('goes above where there is no room below and more above', () => {
    const place = popupPlace(rect(400, 500, 120, 30), { width: 200, height: 150 }, VIEW, 'below')
    expect(place).toMatchObject({ top: 346 })
  })

  test('stays below where there is room neither way but more below, and gets how much there is', () => {
    const place = popupPlace(rect(400, 100, 120, 30), { width: 200, height: 900 }, VIEW, 'below')
    expect(place).toEqual({ left: 400, top: 134, room: 460 })
  })

  test('is no higher above than there is room', () => {
    const place = popupPlace(rect(400, 500, 120, 30), { width: 200, height: 900 }, VIEW, 'below')
    expect(place).toEqual({ left: 400, top: 6, room: 490 })
  })

  test.each([
    ['start', rect(950, 100, 40, 30), 794],
    ['end', rect(10, 100, 40, 30), 6],
  ] as const)('never leaves the window (%s)', (align, anchor, left) => {
    expect(popupPlace(anchor, { width: 200, height: 100 }, VIEW, 'below', align).left).toBe(left)
  })
})

describe('a submenu beside its item', () => {
  const popup = { width: 200, height: 300 }

  test('has its first choice level with it, to the right, or to the left where there is no room', () => {
    expect(popupPlace(rect(400, 100, 190, 32), popup, VIEW, 'beside')).toMatchObject({ left: 592, top: 94 })
    expect(popupPlace(rect(790, 100, 190, 32), popup, VIEW, 'beside')).toMatchObject({ left: 588 })
  })

  test('moves up as far as it must', () => {
    expect(popupPlace(rect(400, 500, 190, 32), popup, VIEW, 'beside').top).toBe(294)
    expect(popupPlace(rect(400, 500, 190, 32), { width: 200, height: 900 }, VIEW, 'beside')).toMatchObject({
      top: 6,
      room: 588,
    })
  })
})
