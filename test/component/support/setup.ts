/** Around each file of component tests; they share what they import, so that a hook of a module would run for one file only. */
import { afterEach, beforeAll } from 'vitest'
import { loadAsyncComponents } from '../../../src/app/async-components'
import { closeApp } from './app'

// Importing them takes Vitest a while, and a real window has loaded them by the time it is used.
beforeAll(() =>
  Promise.all([loadAsyncComponents(), import('../../../src/features/quick-pick/QuickPickView.vue')]),
)
afterEach(closeApp)
