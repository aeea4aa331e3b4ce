/** Compares secrets by their texts in every test. These are private, so all secrets would pass for equal. */
import { expect } from 'vitest'
import { Secret } from '../../electron/shared/secret'

expect.addEqualityTesters([
  (a: unknown, b: unknown) =>
    a instanceof Secret && b instanceof Secret ? a.reveal() === b.reveal() : undefined,
])
