/** Texts that people may paste: none crashes the import, and no cell of a key is in what is said or logged. */
import { expect, it } from 'vitest'
import { planImport, previewOf } from '../../../../electron/core/transfer/import-plan'
import { readImport } from '../../../../electron/core/transfer/import-rows'
import type { ColumnMatching } from '../../../../electron/shared/transfer'
import {
  importFailure,
  rowProblem,
  unknownColumns,
  unknownEnvironment,
} from '../../../../electron/shared/wording'
import { BackOffice, unwrap } from '../../../support/back-office'
import { NOTHING_YET, Turns } from '../../../support/import'
import { howMuch } from '../../../support/length'
import { createRandom, type Random } from '../../../support/random'

const SEED = 22
const TEXTS = howMuch(2_000, 10_000)

/** Recognizable wherever it comes out, as real keys are: letters and digits. */
function keyOf(random: Random): string {
  return `k3y${random.int(100_000, 999_999).toString(36)}Zq${String(random.int(1000, 9999))}canary`
}

const HEADINGS = [
  ...[
    'name',
    'environment',
    'apiKey',
    'partner',
    'tags',
    'remember',
    'note',
    'type',
    'Title',
    'Password',
    'Umgebung',
  ],
  ...['folder', 'login_password', 'Account', 'x', '', ' ', 'sep=', '"', '___', 'Name', 'API Key', 'вход'],
]
const WORDS = [
  ...[
    'ACME',
    'Sandbox',
    'sandbox ',
    'Sandbx',
    'Prod',
    '=1+1',
    "'",
    '"',
    '""',
    'a "quoted" b',
    'yes',
    'x',
    'partner',
  ],
  ...[
    '\u00A0',
    '\u200B',
    '\u202E',
    'ש',
    '👩‍👩‍👧',
    '\0',
    '\u0007',
    '1.23457E+17',
    '#N/A',
    '…',
    '{',
    '}',
    '[',
    'null',
    '\\',
  ],
  ...['https://api.example.com', 'a;b,c', '\t', 'x'.repeat(300)],
]
const WRAPPINGS = ['', '"', "'", '`', '“', 'apiKey: ', 'Bearer ', '="', ' ', '\u200B', ';', ',']

function cellOf(random: Random, keys: string[]): string {
  if (random.next() > 0.35) return random.pick(WORDS)
  const key = keyOf(random)
  keys.push(key)
  return `${random.pick(WRAPPINGS)}${key}${random.pick(WRAPPINGS)}`
}

function textOf(random: Random, keys: string[]): string {
  const columns = random.int(1, 8)
  const cells = (): string[] =>
    Array.from({ length: Math.max(0, columns + random.int(-1, 1)) }, () => cellOf(random, keys))
  const rows = Array.from({ length: random.int(0, 6) }, cells)
  const headings = Array.from({ length: columns }, () => random.pick(HEADINGS))
  const lineEnd = random.pick(['\n', '\r\n', '\r'])
  switch (random.int(0, 5)) {
    case 0:
      return JSON.stringify(
        rows.map((row) => Object.fromEntries(row.map((cell, at) => [headings[at] ?? 'y', cell]))),
      )
    case 1:
      return rows
        .map(
          (row) =>
            `${random.pick(['', 'export ', '# '])}${random.pick(['ACME', 'X'])}_API_KEY=${row[0] ?? ''}`,
        )
        .join(lineEnd)
    case 2: {
      const values = rows
        .flat()
        .map((value, at) => ({ key: `key${String(at)}`, value, enabled: random.next() > 0.2 }))
      return JSON.stringify({ name: random.pick(WORDS), values })
    }
    case 3:
      return JSON.stringify({
        items: rows.map((row) => ({ name: row[0], login: { password: row[1] } })),
      }).slice(0, random.int(1, 400))
    default: {
      const delimiter = random.pick([',', ';', '\t'])
      const quoted = (cell: string): string =>
        random.next() > 0.5 ? `"${cell.replaceAll('"', '""')}"` : cell
      const lines = [...(random.next() > 0.1 ? [headings] : []), ...rows].map((row) =>
        row.map(quoted).join(delimiter),
      )
      if (random.next() > 0.9) lines.unshift(`sep=${delimiter}`)
      return lines.join(lineEnd)
    }
  }
}

it(`${String(TEXTS)} texts are read, matched and planned without a crash or a key`, async () => {
  const random = createRandom(SEED)
  const { pause } = new Turns()
  const names = NOTHING_YET.environments.map(({ name }) => name)
  const ended = { refused: 0, matched: 0, planned: 0 }
  for (let nth = 0; nth < TEXTS; nth += 1) {
    const keys: string[] = []
    const text = textOf(random, keys)
    const said: unknown[] = []
    let read = await readImport(text, pause, { environmentNames: names })
    if (!read.ok && read.reason.code === 'unmatched-columns') {
      const { unmatched } = read.reason
      said.push(unmatched)
      ended.matched += 1
      const matching: ColumnMatching = {
        id: unmatched.id,
        hasHeadings: unmatched.hasHeadings,
        environmentId: NOTHING_YET.environments[0]?.id ?? null,
        columns: unmatched.columns.map(({ guess }) => guess),
      }
      read = await readImport(text, pause, { environmentNames: names, matching })
    }
    if (read.ok) {
      ended.planned += 1
      const plan = await planImport(read.value, NOTHING_YET, pause, { environmentId: null })
      const { unknownEnvironments } = plan
      said.push(
        unknownColumns(read.value.unknownColumns),
        unknownEnvironments.map((each) => unknownEnvironment(each.name, each.rows, null)),
        plan.rows.map(previewOf).map(({ problems, ...rest }) => [rest, problems.map(rowProblem)]),
      )
    } else {
      ended.refused += 1
      said.push(importFailure(read.reason))
    }
    const everything = JSON.stringify(said)
    const seen = keys.filter((key) => everything.includes(key))
    // A key in a column of names is a name.
    const misplaced = read.ok
      ? read.value.rows.flatMap(({ name, environment, partner }) => [name, environment, partner])
      : []
    expect({ nth, seen: seen.filter((key) => !misplaced.some((cell) => cell.includes(key))) }).toEqual({
      nth,
      seen: [],
    })
  }
  for (const count of Object.values(ended)) expect(count).toBeGreaterThan(TEXTS / 50)
}, 600_000)

it('what an import logs of 200 of them has no key either', async () => {
  const random = createRandom(SEED + 1)
  const app = await BackOffice.open()
  await app.environment()
  const keys: string[] = []
  app.service.mishap = () => {
    throw new Error('the fake broke')
  }
  for (let nth = 0; nth < 200; nth += 1) {
    const previewing = app.useCases.imports.preview(textOf(random, keys))
    await app.time.advance(0)
    const preview = unwrap(await previewing)
    if (!preview.ok) continue
    const running = app.useCases.imports.run(preview.planId)
    await app.time.advance(1_000)
    unwrap(await running)
  }
  const logged = JSON.stringify(app.log.lines)
  expect(keys.filter((key) => logged.includes(key))).toEqual([])
})
