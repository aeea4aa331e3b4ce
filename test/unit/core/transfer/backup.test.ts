import { describe, expect, it } from 'vitest'
import {
  BACKUP_MAX_BYTES,
  openBackup,
  sealBackup,
  type BackupAccount,
  type BackupContent,
} from '../../../../electron/core/transfer/backup'
import type { AccountId } from '../../../../electron/shared/account'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { DEFAULT_SETTINGS } from '../../../../electron/shared/settings'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice } from '../../../support/back-office'
import { anEnvironment, anId, NOW } from '../../../support/builders'
import { VisibleSealer } from '../../../support/fakes/visible-sealer'
import { Turns } from '../../../support/import'

const PASSPHRASE = new Secret('correct horse battery staple')
const DEPS = { sealer: new VisibleSealer(), pause: new Turns().pause }

const { clockSkewMs: _, doubt: _doubt, ...SANDBOX } = anEnvironment()
const { unprotectedStorage: __, ...SETTINGS } = DEFAULT_SETTINGS

function idOf(n: number): AccountId {
  return anId(`id ${String(n)}`) as AccountId
}

function anAccountToKeep(n: number, parts: Partial<BackupAccount> = {}): BackupAccount {
  return {
    id: idOf(n),
    name: `Account ${String(n)}`,
    kind: 'partner',
    kindChoice: 'detect',
    partnerId: null,
    createdAt: NOW,
    environmentId: SANDBOX.id,
    policy: { jwt: 'keep-live', refreshToken: null, muted: true },
    pinned: true,
    tags: ['red', 'שלום'],
    note: 'call first',
    copyFormat: 'header',
    usage: { lastAt: NOW, copies: 3 },
    session: {
      facts: {
        jwt: { receivedAt: NOW, expiresAt: NOW + 1000, claimDifferenceMs: null },
        refreshToken: { receivedAt: NOW, expiresAt: NOW + 5000, refused: null },
        remembersApiKey: true,
        apiKeyHint: '…7Q2f',
        keyRefused: null,
        keyOfAnother: false,
        maybeReplaced: false,
        journal: { state: 'ambiguous', since: NOW, tries: 1 },
      },
      secrets: {
        jwt: new Secret(`jwt-${String(n)}`),
        refreshToken: new Secret(' \u0000"\n'),
        apiKey: new Secret('secret-key'),
      },
    },
    ...parts,
  }
}

function aBackup(parts: Partial<BackupContent> = {}): BackupContent {
  const accounts = [anAccountToKeep(1), anAccountToKeep(2, { session: null, partnerId: idOf(1) })]
  return { createdAt: NOW, settings: SETTINGS, environments: [SANDBOX], accounts, ...parts }
}

/** A file with these lines, encrypted with the right passphrase. */
async function sealed(...lines: readonly (object | string)[]): Promise<Uint8Array> {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
  return await DEPS.sealer.seal(Buffer.from(text), PASSPHRASE)
}

async function refusalOf(file: Uint8Array, passphrase = PASSPHRASE): Promise<string | null> {
  const opened = await openBackup(file, passphrase, DEPS)
  return opened.ok ? null : opened.reason
}

describe('a backup', () => {
  it('is decrypted as it was encrypted', async () => {
    const file = await sealBackup(aBackup(), PASSPHRASE, DEPS)
    expect(await openBackup(file, PASSPHRASE, DEPS)).toEqual({ ok: true, value: aBackup() })
  })

  it('may be of nothing yet', async () => {
    const empty = aBackup({ environments: [], accounts: [] })
    const file = await sealBackup(empty, PASSPHRASE, DEPS)
    expect(await openBackup(file, PASSPHRASE, DEPS)).toEqual({ ok: true, value: empty })
  })

  it('has real accounts with everything needed to continue', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'Harbor', rememberApiKey: true })
    const account = office.vault.get(id)
    const opened = await office.vault.secrets(id)
    if (account?.session == null || !opened.ok) throw new Error('it has no session')
    const { environment, session: facts, secretsIn: _in, locked: _locked, ...rest } = account
    const { triesOnceMore: _tries, doubtfulStatus: _status, ...profile } = rest
    const kept: BackupAccount = {
      ...profile,
      ...office.useCases.usage.of(id),
      environmentId: environment.id,
      session: { facts, secrets: opened.secrets },
    }
    const content = aBackup({ environments: office.environmentStore.all.map(withoutSkew), accounts: [kept] })
    const file = await sealBackup(content, PASSPHRASE, DEPS)
    expect(await openBackup(file, PASSPHRASE, DEPS)).toEqual({ ok: true, value: content })
    expect(opened.secrets.apiKey).not.toBeNull()
  })

  it('leaves behind what belongs to the machine', async () => {
    const content = aBackup({
      settings: { ...SETTINGS, ...{ unprotectedStorage: 'accepted' } },
      environments: [{ ...SANDBOX, ...{ clockSkewMs: 90_000 } }],
    })
    const file = await sealBackup(content, PASSPHRASE, DEPS)
    expect(await openBackup(file, PASSPHRASE, DEPS)).toEqual({ ok: true, value: aBackup() })
  })

  it('nests companies no longer under a partner that is gone, or under themselves', async () => {
    const accounts = [idOf(9), idOf(2)].map((partnerId, n) => anAccountToKeep(n + 1, { partnerId }))
    const file = await sealBackup(aBackup({ accounts }), PASSPHRASE, DEPS)
    const opened = await openBackup(file, PASSPHRASE, DEPS)
    expect(opened.ok && opened.value.accounts.map(({ partnerId }) => partnerId)).toEqual([null, null])
  })

  it.each<[string, Partial<BackupContent>]>([
    ['twice', { accounts: [anAccountToKeep(1), anAccountToKeep(1)] }],
    ['without environment', { environments: [] }],
    ['without name', { accounts: [anAccountToKeep(1, { name: '' })] }],
  ])('with an account %s could not be restored, and is not made', async (_case, parts) => {
    await expect(sealBackup(aBackup(parts), PASSPHRASE, DEPS)).rejects.toThrow()
  })

  it('of 3,000 accounts is written and read in slices', async () => {
    const accounts = Array.from({ length: 3000 }, (_, n) => anAccountToKeep(n))
    const turns = new Turns()
    const deps = { ...DEPS, pause: turns.pause }
    const file = await sealBackup(aBackup({ accounts }), PASSPHRASE, deps)
    expect(turns.given).toBeGreaterThanOrEqual(30)
    turns.given = 0
    const opened = await openBackup(file, PASSPHRASE, deps)
    expect(turns.given).toBeGreaterThanOrEqual(30)
    expect(opened.ok && opened.value.accounts).toHaveLength(3000)
  })
})

describe('a backup of 0.1.0', () => {
  const head = { format: 'tokendesk-backup', version: 1, createdAt: NOW, settings: SETTINGS, accounts: 1 }
  const facts = {
    jwt: { receivedAt: NOW, expiresAt: NOW + 1000, claimDifferenceMs: null },
    refreshToken: { expiresAt: NOW + 5000, refused: true },
    remembersApiKey: true,
    apiKeyHint: '…7Q2f',
    keyRefused: 401,
    maybeReplaced: false,
    journal: { state: 'settled' },
  }
  const older = (session: object | null) => ({ ...anAccountToKeep(1), session })
  const open = async (...lines: object[]) => {
    const opened = await openBackup(await sealed(...lines), PASSPHRASE, DEPS)
    if (!opened.ok) throw new Error(opened.reason)
    return opened.value.accounts[0]?.session
  }

  it('still opens, and keeps what the service had refused', async () => {
    const secrets = { jwt: 'jwt-1', refreshToken: 'refresh-token-1', apiKey: null }
    const session = await open({ ...head, environments: [SANDBOX] }, older({ facts, secrets }))
    const refusal = { at: null, baseUrl: SANDBOX.baseUrl, isDoubtful: false }
    expect(session?.facts).toEqual({
      ...facts,
      refreshToken: { receivedAt: NOW, expiresAt: NOW + 5000, refused: { ...refusal, status: null } },
      keyRefused: { ...refusal, status: 401 },
      keyOfAnother: false,
    })
    expect(session?.secrets.refreshToken?.reveal()).toBe('refresh-token-1')
  })

  it('still opens with its zone and its order, as they were called then', async () => {
    const { defaultTimeZone: _, ...named } = SANDBOX
    const environments = [{ ...named, zonelessTimesAre: 'Europe/Paris' }]
    const settings = { ...SETTINGS, sortBy: 'standing' }
    const opened = await openBackup(
      await sealed({ ...head, settings, environments }, older(null)),
      PASSPHRASE,
      DEPS,
    )
    expect(opened).toMatchObject({
      value: { settings: { sortBy: 'status' }, environments: [{ defaultTimeZone: 'Europe/Paris' }] },
    })
  })

  it('still opens where an account has no session in it', async () => {
    expect(await open({ ...head, environments: [SANDBOX] }, older(null))).toBeNull()
  })
})

describe('nothing comes out of', () => {
  const head = {
    format: 'tokendesk-backup',
    version: 3,
    createdAt: NOW,
    settings: SETTINGS,
    environments: [SANDBOX],
    accounts: 1,
  }
  const account = anAccountToKeep(1)

  it('but does, when all is well', async () => {
    expect(await refusalOf(await sealed(head, account))).toBeNull()
  })

  it('a backup under another passphrase', async () => {
    const file = await sealBackup(aBackup(), PASSPHRASE, DEPS)
    expect(await refusalOf(file, new Secret('another passphrase'))).toBe('wrong-passphrase-or-damaged')
  })

  it('bytes that are no text', async () => {
    const bytes = Buffer.concat([Buffer.from(JSON.stringify(head)), Buffer.of(0xff, 0x0a)])
    expect(await refusalOf(await DEPS.sealer.seal(bytes, PASSPHRASE))).toBe('damaged')
  })

  it('a file that is larger than any backup', async () => {
    const file = { length: BACKUP_MAX_BYTES + 1 } as Uint8Array
    expect(await refusalOf(file)).toBe('too-large')
  })

  it.each<[string, readonly (object | string)[], string]>([
    ['nothing', [], 'damaged'],
    ['no JSON', ['{"format":'], 'damaged'],
    ['something else', [{ ...head, format: 'tokendesk-accounts' }, account], 'damaged'],
    ['a newer version', [{ format: head.format, version: 99, things: [] }], 'newer-version'],
    ['an impossible version', [{ ...head, version: 0 }, account], 'damaged'],
    ['an account too few', [head], 'damaged'],
    ['an account too many', [head, account, anAccountToKeep(2)], 'damaged'],
    ['an account twice', [{ ...head, accounts: 2 }, account, account], 'damaged'],
    ['half an account', [head, { ...account, session: { secrets: {} } }], 'damaged'],
    ['half a line', [head, JSON.stringify(account).slice(0, -1)], 'damaged'],
    ['an account nowhere', [head, { ...account, environmentId: anId('other') as EnvironmentId }], 'damaged'],
    [
      'an address in the open',
      [{ ...head, environments: [{ ...SANDBOX, baseUrl: 'http://api.example.com' }] }, account],
      'damaged',
    ],
    [
      'a zone that nobody knows',
      [{ ...head, environments: [{ ...SANDBOX, defaultTimeZone: 'Mars' }] }, account],
      'damaged',
    ],
  ])('%s', async (_case, lines, refusal) => {
    expect(await refusalOf(await sealed(...lines))).toBe(refusal)
  })
})

function withoutSkew({
  clockSkewMs: _,
  doubt: _doubt,
  ...environment
}: ReturnType<typeof anEnvironment>): typeof SANDBOX {
  return environment
}
