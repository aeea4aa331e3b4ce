import { describe, expect, test } from 'vitest'
import { anAccount } from '../../../support/builders'
import { settle } from '../../support/app'
import { dialog, lines, openImport, paste } from '../../support/import'
import { click, get, query, queryAll, text } from '../../support/queries'

const ACCOUNTS = [anAccount({ name: 'ACME' }), anAccount({ name: 'Beta' })]
const CSV = [
  'name,environment,apiKey,tags',
  'Alder,Sandbox,key-of-alder-01,',
  'ACME,Sandbox,key-of-acme-01,vip',
  'No key,Sandbox,,',
  'Beta,Sandbox,key-of-beta-01,vip',
].join('\n')

function chips(): [name: string, isPressed: string | null][] {
  return queryAll('button', undefined, get('group', 'Show only')).map((chip) => [
    text(chip),
    chip.getAttribute('aria-pressed'),
  ])
}

function names(): (string | undefined)[] {
  return lines('Accounts to import').map((line) => line.split(' | ')[1])
}

function headings(table: string): string[] {
  return queryAll('columnheader', undefined, get('table', table)).map((heading) => text(heading))
}

describe('the preview of an import', () => {
  test('counts its rows in buttons, errors first, of which one at a time filters', async () => {
    await openImport({ accounts: ACCOUNTS })
    await paste(CSV)
    expect(chips()).toEqual([
      ['1 has errors', 'false'],
      ['1 will be added', 'false'],
      ['2 already exist', 'false'],
    ])
    expect(names()).toEqual(['No keySandbox', 'AlderSandbox', 'ACMESandbox', 'BetaSandbox'])

    await click(get('button', '2 already exist'))
    expect(chips().map(([, isPressed]) => isPressed)).toEqual(['false', 'false', 'true'])
    expect(names()).toEqual(['ACMESandbox', 'BetaSandbox'])
    expect(get('table', 'Accounts to import').getAttribute('aria-rowcount')).toBe('3')
    await click(get('button', '1 has errors'))
    expect(chips().map(([, isPressed]) => isPressed)).toEqual(['true', 'false', 'false'])
    expect(names()).toEqual(['No keySandbox'])
    await click(get('button', '1 has errors'))
    expect(names()).toHaveLength(4)
  })

  test('keeps the focus on the button that filters', async () => {
    await openImport({ accounts: ACCOUNTS })
    await paste(CSV)
    const chip = get('button', '1 has errors')
    chip.focus()
    await click(chip)
    expect(document.activeElement).toBe(get('button', '1 has errors'))
  })

  test('changes the account of the row that is meant, filtered or not', async () => {
    const { bridge } = await openImport({ accounts: ACCOUNTS })
    await paste(CSV)
    await click(get('button', '2 already exist'))
    await click(get('checkbox', 'Update tags of Beta'))
    expect(lines('Accounts to import').map((line) => line.split(' | ')[2])).toEqual([
      'Already exists',
      'Will be updated',
    ])
    await click(get('button', '2 already exist'))
    expect((get('checkbox', 'Update tags of Beta') as HTMLInputElement).checked).toBe(true)
    expect((get('checkbox', 'Update tags of ACME') as HTMLInputElement).checked).toBe(false)
    await click(get('button', 'Import 1 account and update 1'))
    expect(bridge.accounts().map(({ name, tags }) => [name, tags])).toEqual(
      expect.arrayContaining([
        ['ACME', []],
        ['Beta', ['vip']],
      ]),
    )
  })

  test('says the sum in words where all rows are alike, and filters nothing', async () => {
    await openImport()
    await paste('name,environment,apiKey\nAlder,Sandbox,key-of-alder-01')
    expect(query('group', 'Show only')).toBeNull()
    expect(get('status', /will be added/u, dialog()).querySelector('.visually-hidden')).toBeNull()
  })

  test('keeps the place of rows with errors free until they come', async () => {
    const { time } = await openImport()
    let goOn = (): void => undefined
    time.whenIdle = (run) => {
      goOn = run
      return () => undefined
    }
    const good = Array.from({ length: 500 }, (_, nth) => `Account ${String(nth)},Sandbox,key-${String(nth)}`)
    await paste(['name,environment,apiKey', ...good, 'No key,Sandbox,'].join('\n'))
    expect(lines('Accounts to import').slice(0, 2)).toEqual(['…', '2 | Account 0Sandbox | Will be added | '])
    goOn()
    await settle()
    expect(names().slice(0, 2)).toEqual(['No keySandbox', 'Account 0Sandbox'])
  })
})

describe('the column for reasons', () => {
  test('is there only while a row that is shown has one', async () => {
    await openImport({ accounts: ACCOUNTS })
    await paste(CSV)
    expect(headings('Accounts to import')).toEqual(['Line', 'Name', 'Action', 'Reason'])
    await click(get('button', '1 will be added'))
    expect(headings('Accounts to import')).toEqual(['Line', 'Name', 'Action'])
    expect(lines('Accounts to import')).toEqual(['2 | AlderSandbox | Will be added'])
    // What can be chosen stands there, too.
    await click(get('button', '2 already exist'))
    expect(headings('Accounts to import')).toContain('Reason')
  })

  test('is there where something around an API key was removed', async () => {
    await openImport()
    await paste('name,environment,apiKey\nAlder,Sandbox,apiKey: key-of-alder-01')
    expect(lines('Accounts to import')[0]).toMatch(/Will be added \| Removed around the API key/u)
  })

  test('is there in the results only where one went wrong', async () => {
    await openImport()
    await paste('name,environment,apiKey\nAlder,Sandbox,key-of-alder-01')
    await click(get('button', 'Import 1 account'))
    expect(headings('Results')).toEqual(['Line', 'Name', 'Result'])
  })
})
