import { describe, expect, test } from 'vitest'
import type { AccountId } from '../../../electron/shared/account'
import type { EnvironmentId } from '../../../electron/shared/environment'
import type { KeptView } from '../../../electron/shared/kept-view'
import { anAccount, anEnvironment, anId, aPartner } from '../../support/builders'
import { PASSPHRASE, type MainStart } from '../../support/main-in-memory'
import { openApp, type OpenedApp } from '../support/app'
import { click, get, press, query, row, rowNames, text, type } from '../support/queries'

const harbor = aPartner({ name: 'Harbor' })
const alder = anAccount({ name: 'Alder', partnerId: harbor.id, tags: ['vip'] })
const zephyr = anAccount({ name: 'Zephyr' })
const accounts = [harbor, alder, zephyr]

const shown = (parts: Partial<KeptView>): KeptView => ({
  view: { kind: 'all' },
  collapsed: [],
  detailsOf: null,
  ...parts,
})

/** What main keeps for the next start. */
const keptBy = ({ bridge }: OpenedApp): KeptView | null => bridge.office.useCases.view.current

async function reopen(view: KeptView, start: MainStart = {}): Promise<OpenedApp> {
  return await openApp({ accounts, view, ...start })
}

const current = (): string => text(document.querySelector('[aria-current=true]'))

describe('for the next start', () => {
  test('the view, collapsed partners and open details are kept', async () => {
    const app = await openApp({ accounts })
    row('Harbor').focus()
    await press('ArrowLeft')
    await click(row('Zephyr'))
    expect(keptBy(app)).toEqual(shown({ collapsed: [harbor.id], detailsOf: zephyr.id }))
    await click(get('button', /^Partners/u))
    expect(keptBy(app)?.view).toEqual({ kind: 'partners' })
  })

  test('a lock keeps what was shown before, and an unlock shows it again', async () => {
    const app = await openApp({ accounts, lock: { isSet: true } })
    await click(get('button', /^Partners/u))
    await press('l', { ctrlKey: true })
    expect(query('treegrid')).toBeNull()
    expect(keptBy(app)).toMatchObject({ view: { kind: 'partners' } })
    await type(get('textbox', 'Passphrase'), PASSPHRASE)
    await click(get('button', 'Unlock'))
    expect(current()).toContain('Partners')
  })
})

describe('a start shows', () => {
  test('the view, collapsed partners and open details of the last one', async () => {
    await reopen(shown({ collapsed: [harbor.id], detailsOf: zephyr.id }))
    expect(rowNames()).toEqual(['Harbor', 'Zephyr'])
    expect(text(get('complementary', 'Details'))).toContain('Zephyr')
  })

  test.each([
    ['an environment', { kind: 'environment', id: anEnvironment().id }, 'Sandbox'],
    ['a tag', { kind: 'tag', key: 'vip', name: 'vip' }, 'vip'],
    ['what needs attention', { kind: 'attention' }, 'Needs attention'],
  ] as const)('the view of %s', async (_, view, label) => {
    await reopen(shown({ view }))
    expect(current()).toContain(label)
  })

  test.each([
    ['an environment', { kind: 'environment', id: anId('gone') as EnvironmentId }],
    ['a tag', { kind: 'tag', key: 'gone', name: 'gone' }],
  ] as const)('all accounts where the view was %s that is gone', async (_, view) => {
    await reopen(shown({ view }))
    expect(current()).toContain('All accounts')
    expect(rowNames()).toEqual(['Harbor', 'Alder', 'Zephyr'])
  })

  test('no details of an account that is gone, nor keeps it', async () => {
    const gone = anId('gone') as AccountId
    const app = await reopen(shown({ collapsed: [gone], detailsOf: gone }))
    expect(query('complementary', 'Details')).toBeNull()
    await click(get('button', /^Partners/u))
    expect(keptBy(app)).toEqual(shown({ view: { kind: 'partners' } }))
  })

  test('nothing of it while the app is locked', async () => {
    await reopen(shown({ detailsOf: zephyr.id }), { lock: { isSet: true, isLocked: true } })
    expect(document.body.textContent).not.toContain('Zephyr')
  })
})
