import type { Page } from '@playwright/test'

/** The URL of the built app's window. */
export const HOME = 'app://tokendesk/index.html'

/** Resolves when the window shows its list. */
export async function ready(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Add account' }).first().waitFor()
}
