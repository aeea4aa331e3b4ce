import { expect, it } from 'vitest'
import { nextZoom } from '../../../../electron/main/windows/zoom'

const walk = (from: number, step: 'in' | 'out'): number[] => {
  const seen = [from]
  for (let now = nextZoom(from, step); now !== seen.at(-1); now = nextZoom(now, step)) seen.push(now)
  return seen
}

it('zoom goes from 50 to 200 % and back by the same steps', () => {
  const up = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]
  expect(walk(0.5, 'in')).toEqual(up)
  expect(walk(2, 'out')).toEqual(up.toReversed())
})

it('zoom comes to a step from in between, also from one that Chromium gives back inexactly', () => {
  expect(nextZoom(1.0999999999, 'in')).toBe(1.25)
  expect(nextZoom(1.1000000001, 'out')).toBe(1)
  expect(nextZoom(1.2, 'out')).toBe(1.1)
  expect(nextZoom(5, 'out')).toBe(2)
  expect(nextZoom(0.25, 'in')).toBe(0.5)
})
