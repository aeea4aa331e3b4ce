import { describe, expect, test } from 'vitest'
import { aJwt, aJwtOf, anAccount, NOW } from '../../../support/builders'
import type { MainStart } from '../../../support/main-in-memory'
import { openApp, settle, type OpenedApp } from '../../support/app'
import { click, get, press, query, queryAll, row, text, type } from '../../support/queries'

const HOUR = 3_600_000
const EXP = Math.floor(NOW / 1000) + 3600
const token = aJwtOf({ sub: 'acme', exp: EXP, scope: ['read', 'write'] })

async function readClaims(start: MainStart = {}): Promise<OpenedApp & { dialog: HTMLElement }> {
  const app = await openApp({ accounts: [anAccount()], jwtOf: () => token, ...start })
  row('ACME').focus()
  await press(' ')
  await click(get('button', 'View claims'))
  return { ...app, dialog: get('dialog', 'JWT claims') }
}

describe('JWT claims', () => {
  test('shows the claims with their meaning, and times in local and in UTC', async () => {
    const { dialog } = await readClaims()
    const rows = [...dialog.querySelectorAll('tbody tr')].map((each) => text(each))
    expect(rows[0]).toBe('subSubjectacme')
    expect(rows[1]).toContain('2026-11-24 10:00:00 UTC')
    expect(rows[1]).toContain('local')
    expect(dialog.querySelector('time')?.getAttribute('datetime')).toBe('2026-11-24T10:00:00.000Z')
    expect(rows[1]).toContain(String(EXP))
    expect(rows[2]).toContain('["read","write"]')
    expect([...dialog.querySelectorAll('pre')].map((each) => text(each))[0]).toContain('"alg": "HS256"')
  })

  test('copies one claim, and says so', async () => {
    const { dialog, bridge } = await readClaims()
    await click(get('button', 'Copy sub', dialog))
    expect(bridge.clipboard()).toBe('acme')
    expect(text(get('status', undefined, dialog))).toBe('Claim sub of ACME copied')
  })

  test('says why there is nothing to see', async () => {
    const { dialog } = await readClaims({ jwtOf: () => 'opaque' })
    expect(text(dialog)).toContain('isn’t in the usual format')
    expect(query('table', undefined, dialog)).toBeNull()
  })

  test('shows the claims of the JWT that a renewal has brought', async () => {
    let now = token
    const { bridge, dialog } = await readClaims({
      accounts: [anAccount({ remembersApiKey: true })],
      jwtOf: () => now,
    })
    now = aJwtOf({ sub: 'acme', jti: 'renewed' })
    await bridge.renewAccount({ id: anAccount().id })
    await settle()
    expect(text(dialog)).toContain('renewed')
  })
})

describe('the JWT itself', () => {
  const shown = (): boolean => document.body.textContent.includes(token)

  test('is shown only when asked for, for 30 seconds', async () => {
    const { dialog, time } = await readClaims()
    expect(shown()).toBe(false)
    await click(get('button', 'Reveal', dialog))
    expect(shown()).toBe(true)
    time.advance(29_000)
    await settle()
    expect(shown()).toBe(true)
    expect(text(dialog)).toContain('Hidden again in 1 s')
    time.advance(1_000)
    await settle()
    expect(shown()).toBe(false)
    get('button', 'Reveal', dialog)
  })

  test('has a context menu that copies it as a secret, and nothing else', async () => {
    const { bridge, dialog } = await readClaims({ settings: { clipboardClearMs: 30_000 } })
    await click(get('button', 'Reveal', dialog))
    get('group', 'JWT', dialog).dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
    )
    await settle()
    expect(queryAll('menuitem').map((item) => text(item))).toEqual(['Copy JWT'])
    await click(get('menuitem', 'Copy JWT'))
    expect(query('menu')).toBeNull()
    expect(bridge.clipboard()).toBe(token)
    expect(bridge.office.clipboardSeen?.clearsAt).not.toBeNull()
  })

  test('is hidden again when the window loses the focus, or is hidden', async () => {
    const { dialog, time } = await readClaims()
    await click(get('button', 'Reveal', dialog))
    window.dispatchEvent(new Event('blur'))
    await settle()
    expect(shown()).toBe(false)
    await click(get('button', 'Reveal', dialog))
    time.hide()
    await settle()
    expect(shown()).toBe(false)
  })

  test('that arrives when the focus is gone already is not shown', async () => {
    const { dialog, bridge } = await readClaims()
    const answer = bridge.holdAnswers()
    await click(get('button', 'Reveal', dialog))
    window.dispatchEvent(new Event('blur'))
    answer()
    await settle()
    expect(shown()).toBe(false)
  })

  test('is hidden by its button, and gone with the dialog', async () => {
    const { dialog, time } = await readClaims()
    await click(get('button', 'Reveal', dialog))
    await click(get('button', 'Hide', dialog))
    expect(shown()).toBe(false)
    await click(get('button', 'Reveal', dialog))
    const timers = time.waiting
    await press('Escape')
    expect(shown()).toBe(false)
    expect(time.waiting).toBe(timers - 1)
  })

  test('that cannot be opened says why', async () => {
    const { dialog, bridge } = await readClaims()
    bridge.failNext('revealJwt', { code: 'problem', problem: { code: 'locked', reason: 'cannot-decrypt' } })
    await click(get('button', 'Reveal', dialog))
    expect(text(get('alert', undefined, dialog))).toContain('the keyring is locked')
  })
})

describe('Identify JWT', () => {
  const open = async (start: MainStart): Promise<OpenedApp & { dialog: HTMLElement }> => {
    const app = await openApp(start)
    await press('k', { ctrlKey: true })
    await type(get('combobox', 'Search accounts and commands'), 'whose')
    await press('Enter')
    return { ...app, dialog: get('dialog', 'Identify JWT') }
  }
  const start = {
    accounts: [anAccount(), anAccount({ name: 'Other', jwt: aJwt(12 * HOUR) })],
    jwtOf: (account: { name: string }) => aJwtOf({ sub: account.name, exp: EXP }),
  }

  test('tells the account and that the JWT is live, and brings the account up', async () => {
    const { dialog } = await open(start)
    await type(get('textbox', 'JWT', dialog), `  ${start.jwtOf({ name: 'Other' })}\n`)
    await click(get('button', 'Identify', dialog))
    expect(text(get('status', undefined, dialog))).toMatch(
      /This is the current JWT of Other\.Live\. Expires .+, in 1 h\./u,
    )
    await click(get('button', 'Show account', dialog))
    expect(query('dialog')).toBeNull()
    expect(text(get('complementary', 'Details'))).toContain('Other')
  })

  test('tells that no account has it, and why it is not live', async () => {
    const { dialog } = await open(start)
    await type(get('textbox', 'JWT', dialog), aJwtOf({ sub: 'nobody', exp: EXP - 7200 }))
    await press('Enter')
    expect(text(get('status', undefined, dialog))).toMatch(/No account has this JWT.+Expired /u)
    expect(query('button', 'Show account', dialog)).toBeNull()
  })

  test('tells of each of several, with the account to show', async () => {
    const { dialog } = await open(start)
    const both = ['Other', 'ACME'].map((name) => start.jwtOf({ name })).join(' and ')
    await type(get('textbox', 'JWT', dialog), `${aJwtOf({ sub: 'nobody' })}, ${both}`)
    await press('Enter')
    expect(text(get('status', undefined, dialog))).toMatch(
      /current JWT of Other\..+current JWT of ACME\..+No account has this JWT/u,
    )
    const [, second] = queryAll('button', 'Show account', dialog)
    await click(second as HTMLElement)
    expect(text(get('complementary', 'Details'))).toContain('ACME')
  })

  test.each([
    ['hello', 'There’s no JWT in this text'],
    [aJwtOf({ sub: 'ACME' }).slice(0, 50), 'isn’t complete, or it was changed'],
    [
      `${aJwtOf({ sub: 'nobody' }).split('.').slice(0, 2).join('.')}.cut`,
      'This JWT isn’t complete, or it was changed.',
    ],
    [
      Array.from({ length: 22 }, (_, index) => aJwtOf({ sub: `nobody-${String(index)}` })).join(' '),
      '2 more JWTs in this text.',
    ],
  ])('says what else a text holds: %#', async (pasted, says) => {
    const { dialog } = await open(start)
    await type(get('textbox', 'JWT', dialog), pasted)
    await press('Enter')
    expect(text(get('status', undefined, dialog))).toContain(says)
  })

  test('searches all of a long text, and shows its beginning', async () => {
    const { dialog, bridge } = await open(start)
    const field = get('textbox', 'JWT', dialog) as HTMLTextAreaElement
    const har = `${'x '.repeat(400_000)}${start.jwtOf({ name: 'Other' })}`
    const paste = new Event('paste', { bubbles: true, cancelable: true })
    Object.assign(paste, { clipboardData: { getData: () => har } })
    field.dispatchEvent(paste)
    await settle()
    expect(paste.defaultPrevented).toBe(true)
    expect(field.value.length).toBeLessThan(2_000)
    expect(text(dialog)).toContain('all of the text was searched')
    expect(text(get('status', undefined, dialog))).toContain('This is the current JWT of Other.')
    await type(field, 'hello')
    expect(text(dialog)).not.toContain('all of the text was searched')
    await press('Enter')
    expect(bridge.asked.filter(({ call }) => call === 'identifyJwt')).toHaveLength(2)
    expect(text(get('status', undefined, dialog))).toContain('There’s no JWT')
  })

  test('asks nothing for an empty field or one that holds no JWT by its length', async () => {
    const { dialog, bridge } = await open(start)
    await click(get('button', 'Identify', dialog))
    expect(text(get('alert', undefined, dialog))).toContain('Paste a JWT first.')
    await type(get('textbox', 'JWT', dialog), 'x'.repeat(20_000_001))
    expect(query('alert', undefined, dialog)).toBeNull()
    await press('Enter')
    expect(text(get('alert', undefined, dialog))).toContain('longer than 20 MB')
    expect(bridge.asked.some(({ call }) => call === 'identifyJwt')).toBe(false)
  })

  test('forgets what was pasted when it closes', async () => {
    const { dialog } = await open(start)
    await type(get('textbox', 'JWT', dialog), 'pasted-secret')
    await press('Escape')
    expect(queryAll('dialog')).toHaveLength(0)
    await press('k', { ctrlKey: true })
    await type(get('combobox', 'Search accounts and commands'), 'whose')
    await press('Enter')
    expect((get('textbox', 'JWT') as HTMLTextAreaElement).value).toBe('')
  })
})
