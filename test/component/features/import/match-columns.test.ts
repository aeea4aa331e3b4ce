/** The step Match columns, updates of accounts that exist, and a file dropped anywhere. */
import { describe, expect, test } from 'vitest'
import { anAccount, anEnvironment, aPartner } from '../../../support/builders'
import { keyOf } from '../../../support/back-office'
import { openApp, settle } from '../../support/app'
import { dialog, lines, openImport, paste } from '../../support/import'
import { choose, click, get, press, query, row, text, type, valueOf } from '../../support/queries'

const KEY = 'pk9aF3xYzQ2f2Lm'
const BITWARDEN = [
  'folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp',
  `Customers,,login,ACME,call first,,0,,joe,${KEY}1,`,
  `Customers,,login,Beta,,,0,,joe,${KEY}2,`,
].join('\n')

describe('Match columns', () => {
  test('is shown for headings that are not ours, with guesses and three rows without a key', async () => {
    await openImport()
    await paste(BITWARDEN)
    const step = get('group', 'Match columns', dialog())
    expect(text(get('combobox', 'name', step))).toBe('Name')
    expect(text(get('combobox', 'login_password', step))).toBe('API key')
    expect(text(get('combobox', 'favorite', step))).toBe('Ignore')
    expect(text(get('combobox', 'Environment for all rows', step))).toBe('Sandbox')
    expect(text(step)).toContain('ACME')
    expect(text(step)).toContain('••••2Lm1')
    expect(document.documentElement.outerHTML).not.toContain(KEY)
  })

  test('leads on to the preview, and back as it was', async () => {
    await openImport()
    await paste(BITWARDEN)
    await choose('folder', 'Ignore')
    await click(get('button', 'Continue', dialog()))
    expect(lines('Accounts to import')).toEqual([
      '2 | ACMESandbox | Will be added',
      '3 | BetaSandbox | Will be added',
    ])
    await click(get('button', 'Match columns', dialog()))
    expect(text(get('combobox', 'folder', dialog()))).toBe('Ignore')
  })

  test('says what is still needed, and goes no further before', async () => {
    const { bridge } = await openImport()
    await paste(BITWARDEN)
    await choose('login_password', 'Ignore')
    expect(text(dialog())).toContain('Still needed: API key.')
    const asked = bridge.asked.length
    await click(get('button', 'Continue', dialog()))
    expect(bridge.asked).toHaveLength(asked)
    await choose('login_username', 'API key')
    expect(text(dialog())).not.toContain('Still needed')
  })

  test('makes each column one thing', async () => {
    await openImport()
    await paste(BITWARDEN)
    await choose('login_username', 'Name')
    expect(text(get('combobox', 'name', dialog()))).toBe('Ignore')
  })

  test('remembers it for the same headings', async () => {
    await openImport()
    await paste(BITWARDEN)
    await choose('login_username', 'Tags')
    await click(get('button', 'Continue', dialog()))
    await click(get('button', 'Select another file', dialog()))
    await paste(BITWARDEN)
    expect(text(get('combobox', 'login_username', dialog()))).toBe('Tags')
  })

  test('takes the first row for a row where it names no columns', async () => {
    await openImport()
    await paste(`ACME,Sandbox,${KEY}1\nBeta,Sandbox,${KEY}2`)
    const box = get('checkbox', 'The first row names the columns', dialog()) as HTMLInputElement
    expect(box.checked).toBe(false)
    expect(text(get('combobox', 'Column 1', dialog()))).toBe('Name')
    await click(get('button', 'Continue', dialog()))
    expect(lines('Accounts to import')).toHaveLength(2)
  })
})

test('whoever has no environment yet adds one while matching columns, and continues with it', async () => {
  await openImport({ environments: [] })
  await paste(BITWARDEN)
  expect(text(dialog())).toContain('Still needed: Environment.')
  await choose('Environment for all rows', 'New environment…')
  const adding = get('dialog', 'New environment')
  await type(get('textbox', 'Name', adding), 'Training')
  await type(get('textbox', 'Base URL', adding), 'https://training.example.com')
  await click(get('button', 'Save', adding))
  expect(text(get('combobox', 'Environment for all rows', dialog()))).toBe('Training')
  await click(get('button', 'Continue', dialog()))
  expect(lines('Accounts to import')).toEqual([
    '2 | ACMETraining | Will be added',
    '3 | BetaTraining | Will be added',
  ])
})

test('an environment whose name has letters of another alphabet is told apart from the one that is there', async () => {
  await openImport({ environments: [anEnvironment({ name: 'UAT' })] })
  await paste(`name,environment,apiKey\nACME,UАТ,${KEY}`)
  expect(text(dialog())).toContain(
    '1 row uses the environment UАТ, which looks like yours but has letters of another alphabet. Did you mean yours?',
  )
})

test('an environment that looks alike is offered, and not made', async () => {
  const { bridge } = await openImport({ environments: [anEnvironment({ name: 'Sandbox' })] })
  await paste(`name,environment,apiKey\nACME,Sandbx,${KEY}`)
  expect(text(dialog())).toContain(
    '1 row uses the environment Sandbx, which doesn’t exist yet. Did you mean Sandbox?',
  )
  await click(get('button', 'Use Sandbox', dialog()))
  expect(lines('Accounts to import')).toEqual(['2 | ACMESandbox | Will be added'])
  expect(bridge.asked.some(({ call }) => call === 'addEnvironment')).toBe(false)
})

test('an environment that the file describes otherwise is changed only in its own dialog', async () => {
  const { bridge } = await openImport({
    environments: [anEnvironment({ name: 'Sandbox', baseUrl: 'https://old.example.com' })],
  })
  await paste(
    JSON.stringify({
      format: 'tokendesk-accounts',
      version: 1,
      environments: [{ name: 'Sandbox', baseUrl: 'https://new.example.com', production: false }],
      accounts: [{ name: 'ACME', environment: 'Sandbox', apiKey: KEY }],
    }),
  )
  expect(text(dialog())).toContain(
    'The file describes Sandbox differently: https://new.example.com, not production.',
  )
  await click(get('button', 'Edit environment Sandbox', dialog()))
  const editing = get('dialog', 'Edit environment')
  expect(valueOf(get('textbox', 'Base URL', editing))).toBe('https://new.example.com')
  expect(bridge.asked.some(({ call }) => call === 'editEnvironment')).toBe(false)
  await click(get('button', 'Save', editing))
  expect(bridge.office.environmentStore.all[0]?.baseUrl).toBe('https://new.example.com')
  expect(text(dialog())).not.toContain('differently')
})

describe('accounts that are there', () => {
  const accounts = [
    anAccount({ name: 'ACME', remembersApiKey: true }),
    anAccount({ name: 'Beta' }),
    aPartner({ name: 'Harbor' }),
  ]
  const CSV = [
    'name,environment,apiKey,partner,tags,note',
    'ACME,Sandbox,new-key-of-acme-01,Harbor,vip,',
    'Beta,Sandbox,new-key-of-beta-02,,,',
  ].join('\n')

  test('get their new API keys by one choice for all', async () => {
    const { bridge } = await openImport({ accounts })
    await paste(CSV)
    expect(get('button', 'Import 0 accounts').getAttribute('aria-disabled')).toBe('true')
    await click(get('checkbox', 'Update API keys (2)'))
    expect(text(get('status', /will be/u, dialog()))).toBe(
      '2 accounts will be updated. Nothing has been sent yet.',
    )
    await click(get('button', 'Update 2 accounts'))
    expect(text(get('status', /updated/u, dialog()))).toBe('2 accounts updated.')
    expect(bridge.office.service.requests.map(({ secret }) => secret)).toEqual([
      'new-key-of-acme-01',
      'new-key-of-beta-02',
    ])
  })

  test('are chosen row by row, and by what is to be changed', async () => {
    const { bridge } = await openImport({ accounts })
    await paste(CSV)
    await click(get('checkbox', 'Update tags of ACME'))
    await click(get('checkbox', 'Update partner of ACME'))
    await click(get('button', 'Update 1 account'))
    expect(lines('Results')).toEqual([
      '2 | ACME | Updated | ',
      '3 | Beta | Already exists | This environment already has an account with this name. It wasn’t changed.',
    ])
    const acme = bridge.accounts().find(({ name }) => name === 'ACME')
    expect(acme?.tags).toEqual(['vip'])
    expect(bridge.office.service.requests).toEqual([])
  })

  test('stay as they are where nothing is chosen', async () => {
    const { bridge } = await openImport({ accounts })
    bridge.office.service.addKey(keyOf('Gamma'))
    await paste(`${CSV}\nGamma,Sandbox,${keyOf('Gamma')},,,`)
    await click(get('button', 'Import 1 account'))
    expect(lines('Results').map((line) => line.split(' | ')[2])).toEqual([
      'Already exists',
      'Already exists',
      'Added',
    ])
  })
})

describe('a file dropped on the window', () => {
  async function drop(file: File, onto: EventTarget): Promise<void> {
    for (const kind of ['dragover', 'drop']) {
      const event = new Event(kind, { bubbles: true, cancelable: true })
      Object.defineProperty(event, 'dataTransfer', {
        value: { types: ['Files'], files: { length: 1, item: () => file } },
      })
      onto.dispatchEvent(event)
      await settle()
    }
  }

  const FILE = new File([`name,environment,apiKey\nBeta,Sandbox,${KEY}`], 'accounts.tsv')

  test('opens the import with it, wherever it is dropped', async () => {
    await openApp({ accounts: [anAccount()] })
    await drop(FILE, row('ACME'))
    await settle()
    expect(lines('Accounts to import')).toEqual(['2 | BetaSandbox | Will be added'])
  })

  test('is read by an import that is open', async () => {
    await openApp({ accounts: [anAccount()] })
    await press('k', { ctrlKey: true })
    await press('Escape')
    await openImportAlone()
    await drop(FILE, dialog())
    expect(lines('Accounts to import')).toHaveLength(1)
  })

  test('takes nothing away from a dialog with something typed in it', async () => {
    await openApp({ accounts: [anAccount()] })
    await press('n', { ctrlKey: true })
    await drop(FILE, document.body)
    expect(query('dialog', 'Import accounts')).toBeNull()
    expect(query('dialog', 'Add account')).not.toBeNull()
  })

  async function openImportAlone(): Promise<void> {
    await click(get('button', 'Settings'))
    await click(get('button', 'Import accounts…'))
  }
})

test('CSV, TSV, text, JSON and .env files can be selected', async () => {
  await openImport()
  const accepted = document.querySelector('input[type=file]')?.getAttribute('accept')
  for (const ending of ['.csv', '.tsv', '.txt', '.json', '.env']) expect(accepted).toContain(ending)
})
