import { describe, expect, test } from 'vitest'
import type {
  BackupRefusal,
  ImportFailure,
  PartnerProblem,
  PassphraseProblem,
  RowOutcome,
  RowProblem,
} from '../../../../electron/shared/transfer'
import * as wording from '../../../../electron/shared/wording'

const FAILURES: readonly ImportFailure[] = [
  { code: 'too-large' },
  { code: 'binary' },
  { code: 'not-utf8' },
  { code: 'empty' },
  { code: 'no-rows' },
  { code: 'too-many-rows' },
  { code: 'missing-columns', columns: ['name', 'environment', 'apiKey'] },
  { code: 'repeated-column', column: 'apiKey' },
  { code: 'row-too-long', line: 12 },
  { code: 'unclosed-quote', line: 12 },
  { code: 'not-json', line: 12 },
  { code: 'too-deep', line: 12 },
  { code: 'other-format' },
  { code: 'newer-version', version: 2 },
]

const PARTNER_PROBLEMS = {
  unknown: 0,
  'other-environment': 0,
  'not-a-partner': 0,
  'not-added': 0,
  itself: 0,
  'of-a-partner': 0,
} satisfies Record<PartnerProblem, 0>

const ROW_PROBLEMS: readonly RowProblem[] = [
  { field: 'row', reason: 'extra-cells' },
  { field: 'row', reason: 'stray-quote' },
  { field: 'row', reason: 'not-an-object' },
  { field: 'apiKey', reason: 'not-text' },
  { field: 'tags', reason: 'not-text' },
  { field: 'name', reason: 'empty' },
  { field: 'name', reason: 'too-long' },
  { field: 'name', reason: 'control-character' },
  { field: 'name', reason: 'repeated', line: 1234 },
  { field: 'type', reason: 'unknown' },
  { field: 'remember', reason: 'unknown' },
  { field: 'environment', reason: 'empty' },
  { field: 'environment', reason: 'unknown' },
  { field: 'apiKey', reason: 'empty' },
  { field: 'apiKey', reason: 'inner-whitespace' },
  { field: 'apiKey', reason: 'invisible-character' },
  { field: 'apiKey', reason: 'invisible-character', unseen: { codePoint: 0x20_0b, position: 4 } },
  { field: 'apiKey', reason: 'too-long' },
  { field: 'tags', reason: 'too-long' },
  { field: 'tags', reason: 'control-character' },
  ...(Object.keys(PARTNER_PROBLEMS) as PartnerProblem[]).map((reason) => ({
    field: 'partner' as const,
    reason,
  })),
]

const REFUSALS = {
  'too-large': 0,
  'not-a-backup': 0,
  'newer-version': 0,
  damaged: 0,
  'wrong-passphrase-or-damaged': 0,
} satisfies Record<BackupRefusal, 0>

const PASSPHRASE_PROBLEMS = { empty: 0, 'too-short': 0, 'too-long': 0 } satisfies Record<PassphraseProblem, 0>

describe('all that is said', () => {
  const sentences = [
    ...FAILURES.map((failure) => wording.asSentence(wording.importFailure(failure))),
    ...ROW_PROBLEMS.map(wording.rowProblem),
    ...(Object.keys(REFUSALS) as BackupRefusal[]).map((reason) =>
      wording.asSentence(wording.backupRefusal(reason)),
    ),
    ...(['cannot-decrypt', 'other-keyring', 'record-damaged'] as const).map((reason) =>
      wording.asSentence(wording.describeCallError({ code: 'nothing-opens', reason })),
    ),
    ...(Object.keys(PASSPHRASE_PROBLEMS) as PassphraseProblem[]).map(wording.passphraseProblem),
    wording.BACKUP_NOTICE,
  ]

  test('is said differently for each thing', () => {
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  test.each(sentences)('is whole sentences, calmly: %s', (sentence) => {
    expect(sentence).toMatch(/^[A-Z].*\.$/u)
    expect(sentence).not.toMatch(/!|undefined|NaN|\[object|\.\.| {2}/u)
  })
})

test('what a backup lacks is listed by names', () => {
  expect(wording.missingInBackup({ withoutSecrets: [], leftOut: [] })).toEqual([])
  expect(wording.missingInBackup({ withoutSecrets: ['ACME'], leftOut: ['Beta', 'Gamma'] })).toEqual([
    '1 account was saved without secrets, which couldn’t be decrypted: ACME.',
    '2 accounts were skipped because of damaged files: Beta, Gamma.',
  ])
})

describe('reading', () => {
  test.each([
    [['apiKey'], 'The column apiKey is missing.'],
    [['name', 'apiKey'], 'The columns name and apiKey are missing.'],
    [['name', 'environment', 'apiKey'], 'The columns name, environment, and apiKey are missing.'],
  ] as const)('names the missing columns %j', (columns, words) => {
    expect(wording.importFailure({ code: 'missing-columns', columns }).what).toContain(words)
  })

  test.each([
    [[], null],
    [['Colour'], 'The column Colour is ignored.'],
    [['Colour', 'Notes'], 'The columns Colour, Notes are ignored.'],
    [['a', 'b', 'c', 'd'], 'The columns a, b, c and others are ignored.'],
  ])('names the unknown columns %j', (names, words) => {
    expect(wording.unknownColumns(names)).toBe(words)
  })

  test('names environments that are not there', () => {
    expect(wording.unknownEnvironment('Prod', 1, null)).toBe(
      '1 row uses the environment Prod, which doesn’t exist yet.',
    )
    expect(wording.unknownEnvironment('Prod', 1200, 'https://api.example.com')).toBe(
      '1,200 rows use the environment Prod, which doesn’t exist yet. The file gives its base URL as https://api.example.com.',
    )
  })

  test('names the line that has a name already', () => {
    expect(wording.rowProblem({ field: 'name', reason: 'repeated', line: 1234 })).toBe(
      'Line 1,234 has the same name and environment.',
    )
  })
})

describe('results', () => {
  const progress = {
    total: 5000,
    done: 5000,
    added: 4998,
    updated: 0,
    failed: 1,
    skipped: 1,
    isPaused: false,
    waitsUntil: null,
  }

  test('are counted', () => {
    expect(wording.importProgress({ ...progress, done: 1200 })).toBe('1,200 of 5,000 rows')
  })

  test.each<[RowOutcome['outcome'], string, string]>([
    [{ kind: 'added' }, 'Added', ''],
    [
      { kind: 'already-there' },
      'Already exists',
      'This environment already has an account with this name. It wasn’t changed.',
    ],
    [
      {
        kind: 'has-problems',
        problems: [
          { field: 'name', reason: 'empty' },
          { field: 'apiKey', reason: 'empty' },
        ],
      },
      'Skipped',
      'The name is missing. The API key is missing.',
    ],
    [
      { kind: 'refused', error: { code: 'problem', problem: { code: 'key-refused', status: 401 } } },
      'Failed',
      'The service rejected the API key (HTTP 401). Check the API key and the environment’s base URL, then enter it again.',
    ],
    [
      {
        kind: 'refused',
        error: { code: 'bad-fields', fields: [{ field: 'partnerId', reason: 'unknown' }] },
      },
      'Failed',
      'That partner no longer exists. Select another one, or none.',
    ],
    [
      { kind: 'partner-not-added' },
      'Failed',
      'Its partner couldn’t be added. Solve that, then import the file again.',
    ],
    [
      { kind: 'partner-is-company' },
      'Failed',
      'According to the service, its partner is a company. Correct that account’s type, then import the file again.',
    ],
    [{ kind: 'cancelled' }, 'Canceled', 'The import was canceled before this row.'],
  ])('%j is described', (outcome, word, reason) => {
    expect(wording.outcomeWord(outcome)).toBe(word)
    expect(wording.outcomeReason(outcome)).toBe(reason)
  })
})
