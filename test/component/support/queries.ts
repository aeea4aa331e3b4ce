/** Finds elements as people and screen readers do: by role and name. */
import { settle } from './app'

const ROLES: Readonly<Record<string, string>> = {
  button: 'button, [role=button]',
  textbox: 'input[type=text], input[role=textbox], textarea',
  searchbox: 'input[type=search]',
  checkbox: 'input[type=checkbox]',
  radio: 'input[type=radio]',
  main: 'main',
  complementary: 'aside',
  contentinfo: 'footer',
  navigation: 'nav',
  region: 'section[aria-label]',
}

function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label')
  if (label !== null) return label
  const labelledBy = element.getAttribute('aria-labelledby')
  if (labelledBy !== null) return text(document.getElementById(labelledBy))
  if (isField(element)) {
    const byFor = element.id === '' ? null : document.querySelector(`label[for="${element.id}"]`)
    return text(byFor ?? element.closest('label'))
  }
  return text(element)
}

function isField(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
}

export function text(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replaceAll(/\s+/gu, ' ').trim()
}

export function queryAll(role: string, name?: string | RegExp, within: ParentNode = document): HTMLElement[] {
  const found = [...within.querySelectorAll<HTMLElement>(ROLES[role] ?? `[role=${role}]`)]
  if (name === undefined) return found
  return found.filter((element) =>
    typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element)),
  )
}

export function query(
  role: string,
  name?: string | RegExp,
  within: ParentNode = document,
): HTMLElement | null {
  return queryAll(role, name, within)[0] ?? null
}

export function get(role: string, name?: string | RegExp, within: ParentNode = document): HTMLElement {
  const found = query(role, name, within)
  if (found !== null) return found
  const there = queryAll(role, undefined, within).map((element) => `“${nameOf(element)}”`)
  throw new Error(`No ${role} “${String(name)}”. There are: ${there.join(', ') || 'none'}.`)
}

export function row(account: string): HTMLElement {
  return get('row', new RegExp(`^${account}`, 'u'), get('treegrid', 'Accounts'))
}

export function rowNames(): string[] {
  return queryAll('row').map((element) => (element.getAttribute('aria-label') ?? '').split(',')[0] ?? '')
}

export function status(): string {
  return text(document.querySelector('[role=status]'))
}

export async function click(element: HTMLElement): Promise<void> {
  element.focus()
  element.click()
  await settle()
}

export async function press(key: string, parts: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body
  const event = new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, ...parts })
  // As browsers do.
  const isPressed = target.dispatchEvent(event) && (key === 'Enter' || key === ' ')
  if (isPressed && target instanceof HTMLButtonElement) target.click()
  await settle()
}

export async function type(element: HTMLElement, value: string): Promise<void> {
  if (!isField(element)) throw new Error('Only fields can be typed into.')
  element.focus()
  element.value = value
  element.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

export function valueOf(element: HTMLElement): string {
  if (!isField(element)) throw new Error('Only fields have a value.')
  return element.value
}

/** Opens a combobox and selects the option of that name. */
export async function choose(combobox: string, option: string): Promise<void> {
  get('combobox', combobox).focus()
  await press('Enter')
  const found = get('option', option)
  found.focus()
  await press('Enter')
}
