/** Files whose headings are not ours: what is guessed, what is shown, what is remembered. */
import { describe, expect, it } from 'vitest'
import type { ImportColumn } from '../../../../electron/shared/transfer'
import { unwrap } from '../../../support/back-office'
import { fileOf, inShort, planOf } from '../../../support/import'
import { looksAlike } from '../../../../electron/core/transfer/look-alike'
import { sameName } from '../../../../electron/shared/account-fields'
import { KEY, officeWith, asked, guesses, asGuessed } from '../../../support/unmatched-columns'

/** Headings as each program's own export has them. */
const EXPORTS: readonly (readonly [program: string, text: string, expected: Record<string, ImportColumn>])[] =
  [
    [
      'Bitwarden',
      `folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\nSandbox,,login,ACME,call first,,0,https://api.example.com,joe,${KEY},`,
      { folder: 'environment', name: 'name', notes: 'note', login_password: 'apiKey' },
    ],
    [
      'Bitwarden, in a folder that is no environment',
      `folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\nCustomers,,login,ACME,,,0,,joe,${KEY},`,
      { folder: 'tags', name: 'name', notes: 'note', login_password: 'apiKey' },
    ],
    [
      '1Password',
      `Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nACME,https://x.example,joe,${KEY},,false,false,vip,hello`,
      { Title: 'name', Password: 'apiKey', Tags: 'tags', Notes: 'note' },
    ],
    [
      'KeePass',
      `"Account","Login Name","Password","Web Site","Comments"\n"ACME","joe","${KEY}","",""`,
      { Account: 'name', Password: 'apiKey', Comments: 'note' },
    ],
    [
      'KeePassXC',
      `"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"\n"Root/Sandbox","ACME","joe","${KEY}","","","","0","2026-01-01T00:00:00Z","2026-01-01T00:00:00Z"`,
      { Group: 'tags', Title: 'name', Password: 'apiKey', Notes: 'note' },
    ],
    [
      'Chrome',
      `name,url,username,password,note\nACME,https://x.example,joe,${KEY},`,
      { name: 'name', password: 'apiKey', note: 'note' },
    ],
    [
      'a table with other words',
      `Account,Environment name,Key\nACME,Sandbox,${KEY}`,
      { Account: 'name', 'Environment name': 'environment', Key: 'apiKey' },
    ],
    [
      'German',
      `Kontoname;Umgebung;API-Schlüssel;Notiz\nACME;Sandbox;${KEY};x`,
      { Kontoname: 'name', Umgebung: 'environment', 'API-Schlüssel': 'apiKey', Notiz: 'note' },
    ],
    [
      'French',
      `Nom;Environnement;Clé API;Étiquettes\nACME;Sandbox;${KEY};vip`,
      { Nom: 'name', Environnement: 'environment', 'Clé API': 'apiKey', Étiquettes: 'tags' },
    ],
    [
      'German, of compounds',
      `Kundenname;Umgebungsname;Schlüssel (API)\nACME;Sandbox;${KEY}`,
      { Kundenname: 'name', Umgebungsname: 'environment', 'Schlüssel (API)': 'apiKey' },
    ],
    [
      'French, of several words',
      `Nom du compte;Environnement;Clé d’API;Mémoriser\nACME;Sandbox;${KEY};oui`,
      {
        'Nom du compte': 'name',
        Environnement: 'environment',
        'Clé d’API': 'apiKey',
        Mémoriser: 'remember',
      },
    ],
    [
      'Polish',
      `Nazwa konta;Środowisko;Klucz API;Etykiety;Zapamiętaj;Notatki\nACME;Sandbox;${KEY};vip;tak;x`,
      {
        'Nazwa konta': 'name',
        Środowisko: 'environment',
        'Klucz API': 'apiKey',
        Etykiety: 'tags',
        Zapamiętaj: 'remember',
        Notatki: 'note',
      },
    ],
    [
      'a database',
      `CustomerID,CustomerName,Env,KeyId,KeyValue\n7,ACME,Sandbox,12,${KEY}`,
      { CustomerName: 'name', Env: 'environment', KeyValue: 'apiKey' },
    ],
    [
      'Spanish',
      `Nombre\tEntorno\tContraseña\nACME\tSandbox\t${KEY}`,
      { Nombre: 'name', Entorno: 'environment', Contraseña: 'apiKey' },
    ],
    [
      'Russian',
      `Название,Среда,Ключ\nACME,Sandbox,${KEY}`,
      { Название: 'name', Среда: 'environment', Ключ: 'apiKey' },
    ],
    [
      'Japanese',
      `名前,環境,パスワード\nACME,Sandbox,${KEY}`,
      { 名前: 'name', 環境: 'environment', パスワード: 'apiKey' },
    ],
  ]

describe('columns are guessed from the headings', () => {
  it.each(EXPORTS)('of %s', async (_program, text, expected) => {
    const unmatched = await asked(await officeWith('Sandbox'), text)
    const known = Object.entries(guesses(unmatched)).filter(([, guess]) => guess !== null)
    expect(Object.fromEntries(known)).toEqual(expected)
    expect(unmatched.hasHeadings).toBe(true)
  })

  it.each(EXPORTS)('of %s, and imported as guessed', async (_program, text) => {
    const app = await officeWith('Sandbox')
    const unmatched = await asked(app, text)
    const preview = unwrap(await app.useCases.imports.preview(text, { matching: asGuessed(unmatched) }))
    if (!preview.ok) throw new Error(JSON.stringify(preview))
    expect(preview.rows).toMatchObject([{ plan: 'add', name: 'ACME', environment: 'Sandbox', problems: [] }])
  })

  it('shows up to three rows, and no key among them', async () => {
    const rows = [1, 2, 3, 4].map(
      (nth) => `Account ${String(nth)},Sandbox,${KEY}${String(nth)},see ${KEY} too`,
    )
    const unmatched = await asked(
      await officeWith('Sandbox'),
      ['Title,Env,Password,Remarks', ...rows].join('\n'),
    )
    expect(unmatched.columns.map(({ samples }) => samples)).toEqual([
      ['Account 1', 'Account 2', 'Account 3'],
      ['Sandbox', 'Sandbox', 'Sandbox'],
      ['••••2Lm1', '••••2Lm2', '••••2Lm3'],
      ['see •••• too', 'see •••• too', 'see •••• too'],
    ])
    expect(JSON.stringify(unmatched)).not.toContain(KEY)
  })

  it('masks what stands beneath the headings of other secrets', async () => {
    const unmatched = await asked(await officeWith(), 'Title,Password,OTPAuth\nACME,hunter,swordfish')
    expect(unmatched.columns.map(({ samples }) => samples)).toEqual([['ACME'], ['••••'], ['••••']])
  })

  it.each([
    'Hasło',
    'Schlüssel',
    'Wachtwoord',
    'Sleutel',
    'Chave',
    'Chiave',
    'Klucz',
    'Пароль',
    'パスワード',
  ])('masks what stands beneath a second heading of secrets in any language: %s', async (heading) => {
    const unmatched = await asked(await officeWith(), `Title,API key,Old ${heading}\nACME,${KEY},swordfish`)
    expect(unmatched.columns.at(-1)?.samples).toEqual(['••••'])
  })

  it('takes a list without headings for one, and its first row for a row', async () => {
    const app = await officeWith('Sandbox')
    const text = `ACME,Sandbox,${KEY}1\nBeta,Sandbox,${KEY}2`
    const unmatched = await asked(app, text)
    expect(unmatched).toMatchObject({ hasHeadings: false, mayLackHeadings: true })
    expect(unmatched.columns.map(({ guess }) => guess)).toEqual(['name', 'environment', 'apiKey'])
    expect(JSON.stringify(unmatched)).not.toContain(KEY)
    const preview = unwrap(await app.useCases.imports.preview(text, { matching: asGuessed(unmatched) }))
    expect(preview).toMatchObject({ ok: true, counts: { add: 2 } })
  })

  it.each([
    `Alder Company,Sandbox,${KEY}1\nBeta,Sandbox,${KEY}2`,
    'Alder Company,Live,ab12cd34ef\nBeta Company,Test,gh56ij78kl',
  ])('also where a name has the word of a heading in it: %s', async (text) => {
    expect(await asked(await officeWith('Sandbox'), text)).toMatchObject({ hasHeadings: false })
  })

  it('takes a row over keys for headings, in any language', async () => {
    const unmatched = await asked(await officeWith('Sandbox'), `Ainm\tEochair\nACME\t${KEY}`)
    expect(unmatched).toMatchObject({ hasHeadings: true })
    expect(unmatched.columns.map(({ guess }) => guess)).toEqual([null, 'apiKey'])
    expect(unmatched.columns[1]?.samples).toEqual(['••••'])
  })

  it('masks a short key of such a list, too', async () => {
    const unmatched = await asked(
      await officeWith('Sandbox'),
      'ACME,Sandbox,ab12cd34ef\nBeta,Sandbox,gh56ij78kl',
    )
    expect(unmatched.columns[2]).toEqual({ heading: '••••', samples: ['••••'], guess: 'apiKey' })
  })
})

describe('how columns were matched is remembered by their headings', () => {
  const HEADINGS = 'Kunde,Wo,Geheim,Password'
  const text = `${HEADINGS}\nACME,x,y,${KEY}`

  it('for the next file with the same, also after a restart, and for no other', async () => {
    const app = await officeWith('Sandbox', 'Live')
    const live = app.environmentStore.all[1]?.id ?? null
    const first = await asked(app, text)
    const columns: readonly (ImportColumn | null)[] = ['note', null, 'name', 'apiKey']
    unwrap(
      await app.useCases.imports.preview(text, {
        matching: { ...asGuessed(first), columns, environmentId: live },
      }),
    )

    const next = await app.restart()
    const second = await asked(next, `${HEADINGS}\nBeta,x,y,other`)
    expect(second.columns.map(({ guess }) => guess)).toEqual(columns)
    expect(second.environmentId).toBe(live)
    expect(next.stateStore.text).not.toContain('Geheim')
    const other = await asked(next, text.replace('Wo', 'Ort'))
    expect(other.columns.map(({ guess }) => guess)).not.toEqual(columns)
  })

  it('and its keys are masked, though nobody could tell them by their looks', async () => {
    const app = await officeWith('Sandbox')
    const before = await asked(app, 'Kunde,Zugang\nACME,swordfish')
    const columns = ['name', 'apiKey'] as const
    unwrap(
      await app.useCases.imports.preview('Kunde,Zugang\nACME,swordfish', {
        matching: { ...asGuessed(before), columns },
      }),
    )
    const again = await asked(app, 'Kunde,Zugang\nACME,marlin')
    expect(again.columns.map(({ samples }) => samples)).toEqual([['ACME'], ['••••']])
  })

  it('but not a list without headings, whose next file is another list', async () => {
    const app = await officeWith('Sandbox')
    const list = `ACME,Sandbox,${KEY}1`
    const first = await asked(app, list)
    unwrap(await app.useCases.imports.preview(list, { matching: asGuessed(first) }))
    expect(app.stateStore.text ?? '').not.toContain(first.id)
  })

  it('and is refused where something that is needed is not matched', async () => {
    const app = await officeWith('Sandbox')
    const first = asGuessed(await asked(app, text))
    const missing = { ...first, columns: [null, null, null, 'apiKey'] as const }
    expect(unwrap(await app.useCases.imports.preview(text, { matching: missing }))).toMatchObject({
      ok: false,
      failure: { code: 'missing-columns', columns: ['name'] },
    })
  })
})

describe('what a first line may say', () => {
  const rows = `ACME;Sandbox;${KEY}`

  it.each(['sep=;', '"sep=;"', 'SEP=;', 'sep=;;;'])('%s names the delimiter', async (line) => {
    const file = await fileOf(`${line}\r\nname;environment;apiKey\r\n${rows}`)
    expect(file.rows).toMatchObject([{ line: 3, name: 'ACME', environment: 'Sandbox', apiKey: KEY }])
  })

  it('a delimiter that nobody else has', async () => {
    const file = await fileOf(`sep=|\nname|environment|apiKey\nACME|Sandbox|${KEY}`)
    expect(file.rows).toMatchObject([{ name: 'ACME' }])
  })
})

describe('names', () => {
  it.each(['\u00A0', '\u202F', '\u2009', '\u3000'])('match with a %j for a space', async (space) => {
    expect(sameName(`Harbor${space}Group`, 'harbor group')).toBe(true)
    const plan = await planOf([{ name: 'Harbor', type: 'partner' }, { partner: `${space}Harbor` }])
    expect(inShort(plan)).toEqual(['add', 'add'])
  })

  it.each([
    ['Sandbx', 'Sandbox'],
    ['Snadbox', 'Sandbox'],
    ['Sand-Box', 'Sandbox'],
    ['Ѕаndbох', 'Sandbox'],
    ['Prod', 'Production'],
    ['Prodction', 'Production'],
    // Every letter that has one of another script: Cyrillic, then Greek.
    ['UАТ', 'UAT'],
    ['ТЕЅТ', 'Test'],
    ['РRОD', 'PROD'],
    ['ΗΟΤΕΝ', 'Hoten'],
    ['QΑ', 'QA'],
    ['іnt', 'Int'],
    ['L1VE', 'Live'],
    ['ＵＡＴ', 'UAT'],
    ['U\u200bA\u2060T', 'UAT'],
  ])('%s looks like %s', (one, other) => {
    expect(looksAlike(one, other)).toBe(true)
  })

  it.each([
    ['Live', 'Test'],
    ['EU', 'US'],
    ['Sandbox', 'Production'],
    ['', 'Sandbox'],
  ])('%j doesn’t look like %s', (one, other) => {
    expect(looksAlike(one, other)).toBe(false)
  })

  it('the most alike of several environments is offered', async () => {
    const app = await officeWith('Production US', 'Production EU')
    const preview = unwrap(
      await app.useCases.imports.preview(`name,environment,apiKey\nACME,Production-EU,${KEY}`),
    )
    expect(preview).toMatchObject({ unknownEnvironments: [{ similar: { name: 'Production EU' } }] })
  })

  it('of environments that look alike are offered, not made', async () => {
    const app = await officeWith('Sandbox')
    const text = `name,environment,apiKey\nACME,Sandbx,${KEY}`
    const preview = unwrap(await app.useCases.imports.preview(text))
    const sandbox = app.environmentStore.all[0]
    if (!preview.ok || sandbox === undefined) throw new Error('refused')
    expect(preview.unknownEnvironments).toEqual([
      {
        name: 'Sandbx',
        rows: 1,
        described: null,
        similar: { id: sandbox.id, name: 'Sandbox', looksSame: false },
      },
    ])
    expect(app.environmentStore.all).toHaveLength(1)
    const aliases = [{ name: 'Sandbx', environmentId: sandbox.id }]
    const again = unwrap(await app.useCases.imports.preview(text, { aliases }))
    expect(again).toMatchObject({
      ok: true,
      rows: [{ plan: 'add', environment: 'Sandbox' }],
      unknownEnvironments: [],
    })
  })
})

describe('remember', () => {
  it.each([
    ...['Y', 'x', '1', 'true', 'TRUE', 'WAHR', 'ja', 'Vrai', 'oui', 'sí', 'on', '✓'].map(
      (word) => [word, true] as const,
    ),
    ...['tak', 'ano', 'IGEN', 'evet', 'はい', '是', '\u200byes\u00a0'].map((word) => [word, true] as const),
    ...['nie', 'ne', 'nem', 'いいえ'].map((word) => [word, false] as const),
    ...['N', '0', 'false', 'FALSCH', 'nein', 'non', 'off', '-', ''].map((word) => [word, false] as const),
  ])('%j means %s', async (remember, rememberApiKey) => {
    expect((await planOf([{ remember }])).rows).toMatchObject([{ account: { rememberApiKey } }])
  })
})
