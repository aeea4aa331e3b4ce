/** What is loaded at a start stays within the limits of docs/PERFORMANCE.md: the one part of the bench that no machine changes. */
import { expect, test } from '@playwright/test'
import { measureBundles } from '../bench/bundles'
import { figureOf } from '../bench/figures'

const LIMITS_KB = {
  'renderer bundle, gzip: for the list': 150,
  'renderer bundle, gzip: all of it': 150,
  'main bundle, minified': 500,
  'gateway bundle, minified': 150,
}

test('the bundles are within their limits', () => {
  const figures = measureBundles().map(figureOf)
  expect(Object.fromEntries(figures.map(({ name, limit }) => [name, limit]))).toEqual(LIMITS_KB)
  for (const { name, value, kept } of figures) {
    // Not of an empty folder.
    expect(value, name).toBeGreaterThan(50)
    expect(kept, `${name}: ${value.toFixed(1)} kB`).toBe(true)
  }
})
