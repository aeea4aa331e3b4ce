import type { Page } from '@playwright/test'

/** Where the built app's window is. */
export const HOME = 'app://tokendesk/index.html'

/** The window has its list. */
export async function ready(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Add account' }).first().waitFor()
}
