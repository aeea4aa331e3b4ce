/**
 * Components that the first view doesn't need, in scripts of their own. All are loaded together once the list is
 * there, so that they open at once when used.
 */
/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-return -- ESLint can't see into .vue files; vue-tsc checks this */
import { defineAsyncComponent } from 'vue'

const dialogsAndDetails = () => import('./dialogs-and-details')
const lock = () => import('../features/lock/LockView.vue')

export const DetailsPane = defineAsyncComponent(() => dialogsAndDetails().then((parts) => parts.DetailsPane))
export const DialogHost = defineAsyncComponent(() => dialogsAndDetails().then((parts) => parts.DialogHost))
export const LockView = defineAsyncComponent(lock)
/** Another window's: the app never needs it. */
export const QuickPickView = defineAsyncComponent(() => import('../features/quick-pick/QuickPickView.vue'))

export async function loadAsyncComponents(): Promise<void> {
  await Promise.all([dialogsAndDetails(), lock()])
}
