/** For every test: secrets are equal when their texts are. Their texts are private, so that all would pass for equal. */
import { expect } from 'vitest'
import { Secret } from '../../electron/shared/secret'

expect.addEqualityTesters([
  (a: unknown, b: unknown) =>
    a instanceof Secret && b instanceof Secret ? a.reveal() === b.reveal() : undefined,
])
