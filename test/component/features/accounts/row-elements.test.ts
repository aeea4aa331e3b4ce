/** Making a row's element is the dearest part of a new view, so that one which goes gives its own to one that comes. */
import { describe, expect, test } from 'vitest'
import { anAccount } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { get, queryAll, row, rowNames } from '../../support/queries'

const NAMES = ['Acme', 'Bakery', 'Cinema', 'Dairy']
const [LEFT, COME] = [anAccount({ name: 'Left' }), anAccount({ name: 'Come' })]

async function openList() {
  const partners = NAMES.map((name) => anAccount({ name: `${name} partner`, kind: 'partner' }))
  const companies = NAMES.map((name) => anAccount({ name: `${name} company`, kind: 'company' }))
  return await openApp({ accounts: [...partners, ...companies, LEFT] })
}

describe('the elements of rows', () => {
  test('are taken over by the rows of another view', async () => {
    await openList()
    get('button', /^Partners/u).click()
    await settle()
    const before = queryAll('row')
    get('button', /^Companies/u).click()
    await settle()
    expect(rowNames()).toContain('Acme company')
    expect(queryAll('row').filter((element) => before.includes(element))).toHaveLength(NAMES.length)
  })

  test('stay with an account that stays', async () => {
    await openList()
    const before = row('Acme partner')
    get('button', /^Partners/u).click()
    await settle()
    expect(row('Acme partner')).toBe(before)
  })

  test.each([
    [
      'has the focus',
      (element: HTMLElement) => {
        element.focus()
      },
    ],
    [
      'has a button held on it',
      (element: HTMLElement) =>
        element
          .querySelector('button')
          ?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true })),
    ],
  ])('are never another account’s when one %s: its key or click would act on that', async (_, hold) => {
    const { bridge } = await openList()
    const element = row('Left')
    hold(element)
    bridge.publish('accountsChanged', { changed: [COME], removed: [LEFT.id] })
    await settle()
    expect(row('Come')).not.toBe(element)
    expect(element.isConnected).toBe(false)
  })
})
