/**
 * Components that the first view doesn't need: each is a script of its own. All are loaded together once the list is
 * there, so that they open at once when used.
 */
/* eslint-disable @typescript-eslint/no-unsafe-assignment -- ESLint can't see into .vue files; vue-tsc checks this */
import { defineAsyncComponent } from 'vue'

const details = () => import('../features/accounts/details/DetailsPane.vue')
const dialogs = () => import('./DialogHost.vue')
const lock = () => import('../features/lock/LockView.vue')

export const DetailsPane = defineAsyncComponent(details)
export const DialogHost = defineAsyncComponent(dialogs)
export const LockView = defineAsyncComponent(lock)
/** Another window's: the app never needs it. */
export const QuickPickView = defineAsyncComponent(() => import('../features/quick-pick/QuickPickView.vue'))

export async function loadAsyncComponents(): Promise<void> {
  await Promise.all([details(), dialogs(), lock()])
}
