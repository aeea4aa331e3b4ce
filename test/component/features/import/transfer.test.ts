import { describe, expect, test } from 'vitest'
import { IMPORT_MAX_BYTES } from '../../../../electron/shared/transfer'
import { anAccount } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { dialog, lines, openImport, paste } from '../../support/import'
import { click, get, press, query, rowNames, status, text, valueOf } from '../../support/queries'

const KEY = 'a-key-that-nobody-may-see-0123456789'
const CSV = [
  'name,type,environment,apiKey,partner,tags,remember',
  `Harbor,partner,Sandbox,${KEY}-1,,,`,
  `Alder,company,Sandbox,${KEY}-2,Harbor,,`,
  'No key,company,Sandbox,,,,',
  `ACME,company,Sandbox,${KEY}-3,,,`,
].join('\n')

async function drop(file: File): Promise<void> {
  const event = new Event('drop', { bubbles: true, cancelable: true })
  Object.defineProperty(event, 'dataTransfer', { value: { files: { length: 1, item: () => file } } })
  document.querySelector('.source')?.dispatchEvent(event)
  await settle()
}

const DISK_FULL = {
  code: 'problem',
  problem: { code: 'storage-unwritable', what: 'file', afterAnswer: false, detail: 'ENOSPC' },
} as const
const NOT_SAVED =
  'Couldn’t save the file (ENOSPC), and a file that was there before is unchanged. Free some disk space, or save it in another folder.'

describe('Import accounts', () => {
  test('shows what would happen to each row before anything is sent', async () => {
    const { bridge } = await openImport({ accounts: [anAccount()] })
    await paste(CSV)
    expect(text(get('status', /will be added/u, dialog()))).toBe(
      '2 accounts will be added, 1 already exists, 1 has errors and will be skipped. Nothing has been sent yet.',
    )
    expect(lines('Accounts to import')).toEqual([
      '4 | No keySandbox · Company | Skipped | The API key is missing.',
      '2 | HarborSandbox · Partner | Will be added | ',
      '3 | AlderSandbox · Company · under Harbor | Will be added | ',
      '5 | ACMESandbox · Company | Already exists | Update API key',
    ])
    expect(bridge.asked.some(({ call }) => call === 'runImport')).toBe(false)
  })

  test('adds them and tells how each row ended', async () => {
    const { bridge } = await openImport({ accounts: [anAccount()] })
    await paste(CSV)
    await click(get('button', 'Import 2 accounts'))
    expect(text(get('status', /added/u, dialog()))).toContain(
      '2 accounts added, 1 already exists, 1 skipped.',
    )
    expect(lines('Results')[2]).toBe('4 | No key | Skipped | The API key is missing.')
    await click(get('button', 'Save results…'))
    expect(bridge.asked.at(-1)?.call).toBe('saveImportOutcomes')
    expect(status()).toBe('Results saved')
    await click(get('button', 'Done'))
    expect(query('dialog', 'Import accounts')).toBeNull()
    expect(query('dialog', 'Settings')).not.toBeNull()
    expect(rowNames()).toContain('Alder')
  })

  test('leaves no key in the window once the text is read', async () => {
    await openImport()
    await paste(CSV)
    expect(document.documentElement.outerHTML).not.toContain(KEY)
    expect([...document.querySelectorAll('textarea')]).toEqual([])
  })

  test('reads a file that is dropped, as bytes', async () => {
    const { bridge } = await openImport()
    await drop(new File([`\uFEFF${CSV.replaceAll('\n', '\r\n')}`], 'accounts.csv'))
    expect(bridge.asked.at(-1)?.call).toBe('previewImport')
    expect((bridge.asked.at(-1)?.input as { content: unknown }).content).toBeInstanceOf(Uint8Array)
    expect(lines('Accounts to import')).toHaveLength(4)
  })

  test('refuses what is over 20 MiB without reading it', async () => {
    const { bridge } = await openImport()
    const file = new File(['x'], 'huge.csv')
    Object.defineProperty(file, 'size', { value: IMPORT_MAX_BYTES + 1 })
    await drop(file)
    expect(text(get('alert', undefined, dialog()))).toContain('larger than 20 MiB')
    expect(bridge.asked.some(({ call }) => call === 'previewImport')).toBe(false)
  })

  test.each([
    ['Dear Sir,\nplease find', 'The columns name, environment, and apiKey are missing.'],
    ['{"accounts": [', 'This JSON is incomplete'],
    ['name,environment,apiKey\n', 'The file contains no accounts.'],
  ])('says why nothing of “%s” can be imported, and stays', async (content, words) => {
    await openImport()
    await paste(content)
    expect(text(get('alert', undefined, dialog()))).toContain(words)
    expect(query('button', /^Import \d/u)).toBeNull()
    await paste(CSV)
    expect(query('button', 'Import 3 accounts')).not.toBeNull()
  })

  test('lets an unknown environment be added, as the file describes it, and reads again', async () => {
    const content = JSON.stringify({
      format: 'tokendesk-accounts',
      version: 1,
      environments: [{ name: 'Live', baseUrl: 'https://live.example.com', production: true }],
      accounts: [{ name: 'Beta', environment: 'Live', apiKey: KEY }],
    })
    await openImport()
    await paste(content)
    expect(text(dialog())).toContain('1 row uses the environment Live, which doesn’t exist yet.')
    expect(get('button', 'Import 0 accounts').getAttribute('aria-disabled')).toBe('true')
    await click(get('button', 'Add environment Live'))
    const environment = get('dialog', 'New environment')
    expect(valueOf(get('textbox', 'Name', environment))).toBe('Live')
    expect(valueOf(get('textbox', 'Base URL', environment))).toBe('https://live.example.com')
    expect((get('checkbox', 'Production', environment) as HTMLInputElement).checked).toBe(true)
    await click(get('button', 'Save', environment))
    expect(query('dialog', 'New environment')).toBeNull()
    expect(query('button', 'Import 1 account')).not.toBeNull()
  })

  test('shows how far it is, and Cancel leaves out the rest', async () => {
    const { bridge } = await openImport()
    await paste(CSV)
    const answer = bridge.holdAnswers()
    await click(get('button', 'Import 3 accounts'))
    expect(get('progressbar', 'Import').getAttribute('aria-valuetext')).toBe('1 of 4 rows')
    bridge.publish('importProgressed', {
      total: 4,
      done: 3,
      added: 1,
      updated: 1,
      failed: 0,
      skipped: 1,
      isPaused: false,
      waitsUntil: null,
    })
    await settle()
    expect(get('progressbar', 'Import').getAttribute('aria-valuenow')).toBe('3')
    expect(text(get('dialog', 'Import accounts'))).toMatch(/Updated\s*1/u)
    await click(get('button', 'Cancel', dialog()))
    expect(bridge.asked.at(-1)?.call).toBe('cancelImport')
    answer()
    await settle()
    expect(text(dialog())).toContain('canceled')
  })

  test('asks before it is closed while it runs, and tells afterwards what became of it', async () => {
    const { bridge } = await openImport()
    await paste(CSV)
    const answer = bridge.holdAnswers()
    await click(get('button', 'Import 3 accounts'))
    await press('Escape')
    await click(get('button', 'Continue importing', get('alertdialog', 'Stop the import?')))
    expect(query('dialog', 'Import accounts')).not.toBeNull()
    await click(get('button', 'Close', dialog()))
    await click(get('button', 'Stop and close', get('alertdialog', 'Stop the import?')))
    expect(query('dialog', 'Import accounts')).toBeNull()
    expect(bridge.asked.at(-1)?.call).toBe('cancelImport')
    answer()
    await settle()
    expect(status()).toMatch(/accounts? added/u)
  })

  test('says when its preview is no longer valid', async () => {
    const { bridge } = await openImport()
    await paste(CSV)
    bridge.failNext('runImport', { code: 'not-found', what: 'import' })
    await click(get('button', 'Import 3 accounts'))
    expect(text(get('alert', undefined, dialog()))).toContain('This preview is no longer valid')
  })

  test('renders of thousands of rows only those in sight', async () => {
    await openImport()
    const many = Array.from(
      { length: 5000 },
      (_, nth) => `Account ${String(nth)},Sandbox,${KEY}-${String(nth)}`,
    )
    await paste(['name,environment,apiKey', ...many].join('\n'))
    expect(query('button', 'Import 5,000 accounts')).not.toBeNull()
    expect(lines('Accounts to import').length).toBeLessThan(60)
    expect(get('table', 'Accounts to import').getAttribute('aria-rowcount')).toBe('5001')
  })

  test('has the rows with problems that came after the first', async () => {
    const { bridge } = await openImport()
    const good = Array.from({ length: 1200 }, (_, nth) => `Account ${String(nth)},Sandbox,${KEY}`)
    await paste(['name,environment,apiKey', ...good, 'No key,Sandbox,'].join('\n'))
    await click(get('button', '1 has errors'))
    expect(lines('Accounts to import')).toEqual(['1202 | No keySandbox | Skipped | The API key is missing.'])
    expect(
      bridge.asked.filter(({ call }) => call === 'getImportRows').map(({ input }) => input),
    ).toMatchObject([{ from: 500 }, { from: 1000 }])
  })

  test('tells nothing of rows that have not come yet', async () => {
    const { time } = await openImport()
    let goOn = (): void => undefined
    time.whenIdle = (run) => {
      goOn = run
      return () => undefined
    }
    const good = Array.from({ length: 500 }, (_, nth) => `Account ${String(nth)},Sandbox,${KEY}`)
    await paste(['name,environment,apiKey', ...good, 'No key,Sandbox,'].join('\n'))
    await click(get('button', '1 has errors'))
    expect(lines('Accounts to import')).toEqual(['…'])
    goOn()
    await settle()
    expect(lines('Accounts to import')).toEqual(['502 | No keySandbox | Skipped | The API key is missing.'])
  })

  test('says when its rows do not come', async () => {
    const { bridge } = await openImport()
    bridge.failNext('getImportRows', { code: 'internal' })
    await paste(
      [
        'name,environment,apiKey',
        ...Array.from({ length: 501 }, (_, n) => `A ${String(n)},Sandbox,${KEY}`),
      ].join('\n'),
    )
    expect(query('alert', undefined, dialog())).not.toBeNull()
  })

  test('is offered where there are no accounts yet', async () => {
    await openApp()
    await click(get('button', 'Import accounts…'))
    expect(query('dialog', 'Import accounts')).not.toBeNull()
  })
})

describe('Export accounts', () => {
  test('says that no secret is in it, and writes the form that was chosen', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    await click(get('button', 'Settings'))
    await click(get('button', 'Export accounts…'))
    expect(text(get('dialog', 'Export accounts'))).toContain('without API keys or tokens.')
    await click(get('radio', 'JSON'))
    await click(get('button', 'Export…'))
    expect(bridge.asked.at(-1)).toEqual({ call: 'exportAccounts', input: { format: 'json' } })
    expect(status()).toBe('Accounts exported')
    expect(query('dialog', 'Export accounts')).toBeNull()
  })

  test('stays and says that no file was touched when the disk refuses', async () => {
    const { bridge } = await openApp({ accounts: [anAccount()] })
    await click(get('button', 'Settings'))
    await click(get('button', 'Export accounts…'))
    bridge.failNext('exportAccounts', DISK_FULL)
    await click(get('button', 'Export…'))
    expect(text(get('alert', undefined, get('dialog', 'Export accounts')))).toBe(NOT_SAVED)
  })
})
