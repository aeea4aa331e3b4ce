/**
 * Diagnostics for a support ticket: counts, versions and the end of the log. No names, no addresses (of an update feed
 * only whether one is set), no secrets.
 */
import { statusOf, STATUSES } from '../../shared/status'
import type { About, Result } from '../../shared/ipc/contract'
import type { Settings } from '../../shared/settings'
import type { AccountService } from '../accounts/account-service'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { ClipboardService } from '../jwt/clipboard-service'
import type { Clock, KeptLog } from '../base/ports'
import { toResult, done } from '../base/results'
import type { StorageService } from '../settings/storage-service'

const LOG_LINES = 100

export interface DiagnosticsDeps {
  readonly accounts: AccountService
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly storage: StorageService
  readonly clipboard: ClipboardService
  readonly clock: Clock
  readonly log: KeptLog
}

export class Diagnostics {
  constructor(private readonly deps: DiagnosticsDeps) {}

  async copy(about: About): Promise<Result<undefined>> {
    const { clipboard, log } = this.deps
    return await toResult('file', async () => {
      await clipboard.copyText([...this.#facts(about), 'Log:', ...(await log.tail(LOG_LINES))].join('\n'))
      return done(undefined)
    })
  }

  #facts({ version, electron, chromium, node, system }: About): readonly string[] {
    const { accounts, settingsStore, environmentStore, storage, clock } = this.deps
    const summaries = accounts.summaries()
    const statuses = summaries.map((account) =>
      statusOf(account, environmentStore.serverTime(account.environmentId, clock.now())),
    )
    const problems = countOf(summaries.flatMap(({ problem }) => problem?.code ?? []))
    const { backend, protected: guarded, mode } = storage.status
    return [
      `TokenDesk ${version}`,
      `Electron ${electron}, Chromium ${chromium}, Node ${node}`,
      `System: ${system}`,
      `Storage: ${backend}, ${guarded ? 'protected' : 'not protected'}, ${mode}`,
      `Accounts: ${String(summaries.length)}`,
      ...STATUSES.map((each) => `  ${each}: ${String(statuses.filter((one) => one === each).length)}`),
      ...[...problems].map(([code, count]) => `  problem ${code}: ${String(count)}`),
      `Environments: ${String(environmentStore.all.length)}`,
      ...environmentStore.all.map(
        ({ production, defaultTimeZone, clockSkewMs }, index) =>
          `  ${String(index + 1)}: ${production ? 'production' : 'not production'}, times without a zone in ${defaultTimeZone}, clock skew ${clockSkewMs === null ? 'not measured' : `${String(clockSkewMs)} ms`}`,
      ),
      `Settings: ${JSON.stringify(withoutAddresses(settingsStore.current))}`,
    ]
  }
}

/** A feed's address may contain a token, and reveals whose TokenDesk it is. */
function withoutAddresses({ updateFeedUrl, ...settings }: Settings): object {
  return { ...settings, updateFeed: updateFeedUrl === null ? 'not set' : 'set' }
}

function countOf(codes: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}
