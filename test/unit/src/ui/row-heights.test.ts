import { describe, expect, it } from 'vitest'
import { RowHeights } from '../../../../src/ui/rows/row-heights'

function rowsOf(count: number): RowHeights {
  const heights = new RowHeights(10)
  heights.grow(count)
  return heights
}

describe('rows of different heights', () => {
  it('have the estimated height until they are measured', () => {
    expect(rowsOf(5).within(5, 0, 1).total).toBe(50)
  })

  it('lie below each other, those that were measured as well', () => {
    const heights = rowsOf(5)
    heights.set(1, 34)
    expect(heights.within(5, 0, 100)).toEqual({
      rows: [0, 1, 2, 3, 4].map((index) => ({ index, start: [0, 10, 44, 54, 64][index] })),
      total: 74,
    })
  })

  it('are within a range when any part of them is', () => {
    const heights = rowsOf(100)
    heights.set(0, 100)
    const at = (from: number, to: number): number[] =>
      heights.within(100, from, to).rows.map(({ index }) => index)
    expect(at(99, 121)).toEqual([0, 1, 2, 3])
    expect(at(100, 120)).toEqual([1, 2])
  })

  it('keep what was measured when more rows come', () => {
    const heights = rowsOf(2)
    heights.set(1, 30)
    heights.grow(4)
    expect(heights.within(4, 0, 1).total).toBe(60)
  })
})
