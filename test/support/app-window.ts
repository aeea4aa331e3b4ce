/** The window as people and screen readers find things in it (the fixed names: shared/interface.md). */
import type { Locator, Page } from '@playwright/test'

export interface EnvironmentInput {
  readonly name: string
  readonly baseUrl: string
  readonly production?: boolean
}

export interface AccountInput {
  readonly name: string
  readonly apiKey: string
  /** When absent, the field is not touched (already selected, or the only one). */
  readonly environment?: string
  readonly type?: 'Detect' | 'Partner' | 'Company'
  readonly partner?: string
  readonly remember?: boolean
}

export class AppWindow {
  constructor(readonly page: Page) {}

  get list(): Locator {
    return this.page.getByRole('treegrid', { name: 'Accounts' })
  }

  /** The row of the account of this name. */
  row(name: string): Locator {
    return this.list.getByRole('row', {
      name: new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}`, 'u'),
    })
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name })
  }

  alertDialog(name: string): Locator {
    return this.page.getByRole('alertdialog', { name })
  }

  get details(): Locator {
    return this.page.getByRole('complementary', { name: 'Details' })
  }

  /** The bar above those that need attention. */
  get endings(): Locator {
    return this.page.getByRole('complementary', { name: 'Refresh tokens that expire soon' })
  }

  /** A passing message. */
  message(text: string): Locator {
    return this.page.getByRole('status').filter({ hasText: text })
  }

  /** Opens `Add account`, unless it is open. */
  async openAddAccount(): Promise<Locator> {
    const dialog = this.dialog('Add account')
    if (!(await dialog.isVisible())) {
      await this.page.getByRole('button', { name: 'Add account' }).first().click()
    }
    return dialog
  }

  /** Creates an environment; afterwards the dialog `Add account` is open with it selected. */
  async addEnvironment({ name, baseUrl, production = false }: EnvironmentInput): Promise<void> {
    const add = await this.openAddAccount()
    await add.waitFor()
    const isFirst = !(await add.getByRole('combobox', { name: 'Environment' }).isVisible())
    if (isFirst) {
      await add.getByRole('button', { name: 'Cancel' }).click()
      await this.command('New environment…')
    } else await this.choose(add, 'Environment', 'New environment…')
    const dialog = this.dialog('New environment')
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl)
    if (production) await dialog.getByRole('checkbox', { name: 'Production' }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await this.openAddAccount()
  }

  /** Fills `Add account` without confirming it. */
  async fillAccount(input: AccountInput): Promise<Locator> {
    const dialog = await this.openAddAccount()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(input.name)
    if (input.environment !== undefined) await this.choose(dialog, 'Environment', input.environment)
    await dialog.getByRole('textbox', { name: 'API key' }).fill(input.apiKey)
    if (input.type !== undefined) await dialog.getByRole('radio', { name: input.type }).click()
    if (input.partner !== undefined) await this.choose(dialog, 'Partner', input.partner)
    if (input.remember === true) await dialog.getByRole('checkbox', { name: 'Remember API key' }).check()
    return dialog
  }

  /** Adds an account; resolves when the dialog has closed. */
  async addAccount(input: AccountInput): Promise<void> {
    const dialog = await this.fillAccount(input)
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }

  /** Clicks `Copy JWT` of the row and waits for the message that it was copied. */
  async copyJwt(name: string): Promise<void> {
    await this.row(name).getByRole('button', { name: 'Copy JWT' }).click()
    await this.message(`JWT of ${name}`).first().waitFor()
  }

  /** Selects an item of the row's menu `More actions`. */
  async act(name: string, action: string): Promise<void> {
    await this.row(name).getByRole('button', { name: 'More actions' }).click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }

  async pin(name: string): Promise<void> {
    await this.act(name, 'Pin')
    await this.row(name).getByRole('img', { name: 'Pinned' }).waitFor()
  }

  /** Runs a command of the palette. */
  async command(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+K')
    const palette = this.dialog('Commands')
    await palette.getByRole('combobox').fill(name)
    await palette.getByRole('option', { name }).first().click()
    await palette.waitFor({ state: 'hidden' })
  }

  /** Opens Settings, unless it is open; at a section, or at the first. */
  async openSettings(section?: string): Promise<Locator> {
    const dialog = this.dialog('Settings')
    if (!(await dialog.isVisible())) {
      await this.page.getByRole('button', { name: 'Settings', exact: true }).click()
      await dialog.waitFor()
    }
    if (section !== undefined) {
      await dialog.getByRole('navigation').getByRole('button', { name: section, exact: true }).click()
    }
    return dialog
  }

  /** The line above the list that asks about an environment's base URL. */
  addressQuestion(environment: string): Locator {
    return this.page.getByRole('complementary', { name: `Base URL of ${environment}` })
  }

  /** The line above the list about an environment in doubt. */
  environmentQuestion(environment: string): Locator {
    return this.page.getByRole('complementary', { name: `Check ${environment}` })
  }

  /** Confirms a base URL that was restored from a copy, as it is. */
  async confirmAddress(environment: string): Promise<void> {
    const question = this.addressQuestion(environment)
    await question.getByRole('button', { name: 'Confirm base URL…' }).click()
    await this.dialog('Confirm base URL').getByRole('button', { name: 'Use this base URL' }).click()
    await question.waitFor({ state: 'hidden' })
  }

  /** Chooses an option of a combobox. */
  async choose(within: Locator, combobox: string, option: string): Promise<void> {
    await within.getByRole('combobox', { name: combobox }).click()
    await this.page.getByRole('option', { name: option }).click()
  }
}
