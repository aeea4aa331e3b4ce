import { expect, it } from 'vitest'
import { quickPickBounds } from '../../../../electron/main/windows/quick-pick-bounds'

const SCREEN = { x: 1920, y: 27, width: 1280, height: 773 }

it('the quick pick grows with the zoom, as far as its screen allows, and stays in the middle', () => {
  expect(quickPickBounds(SCREEN, 1)).toEqual({ x: 2280, y: 145, width: 560, height: 420 })
  expect(quickPickBounds(SCREEN, 0.5)).toEqual({ x: 2420, y: 215, width: 280, height: 210 })
  expect(quickPickBounds(SCREEN, 2)).toEqual({ x: 2000, y: 27, width: 1120, height: 773 })
})
