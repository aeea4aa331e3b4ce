import type { AccountService } from '../../core/account-service'
import type { AppState } from '../../core/app-state'
import type { EnvironmentService } from '../../core/environment-service'
import { answering, did, done } from '../../core/results'
import type { SessionService } from '../../core/session-service'
import type { StorageService } from '../../core/storage-service'
import type { StartNotice } from '../../shared/ipc/contract'
import type { Handlers } from './router'

export interface UseCases {
  readonly accounts: AccountService
  readonly environments: EnvironmentService
  readonly storage: StorageService
  readonly state: AppState
  readonly sessions: SessionService
  /** Resolves with what start-up has to say, once everything is read. */
  readonly started: Promise<readonly StartNotice[]>
  readonly quit: () => void
}

/** Which use case answers which call: one line each. */
export function createHandlers(parts: UseCases): Handlers {
  const { accounts, environments, storage, sessions, state, started, quit } = parts
  return {
    getSnapshot: async () => {
      const notices = await started
      return done({
        accounts: [...accounts.summaries()],
        environments: [...state.environments],
        settings: state.settings,
        storage: storage.status,
        notices: [...notices],
      })
    },
    addAccount: (input) => accounts.add(input),
    copyJwt: ({ id }) => accounts.copyJwt(id),
    renewAccount: ({ id }) => accounts.renew(id),
    enterApiKey: ({ id, apiKey, rememberApiKey }) => accounts.enterApiKey(id, apiKey, rememberApiKey),
    editAccount: ({ id, ...edit }) => accounts.edit(id, edit),
    removeAccount: ({ id }) => accounts.remove(id),
    addEnvironment: (input) => environments.add(input),
    changeSettings: (change) => answering(() => done(state.changeSettings(change))),
    chooseStorage: ({ choice }) => storage.choose(choice),
    lookAgain: () =>
      did(() => {
        sessions.retryNow()
      }),
    quit: () => did(quit),
  }
}
