import type { AccountService } from '../../core/account-service'
import type { AppState } from '../../core/app-state'
import type { EnvironmentService } from '../../core/environment-service'
import { answering, done } from '../../core/results'
import type { StorageService } from '../../core/storage-service'
import type { StartNotice } from '../../shared/ipc/contract'
import type { Handlers } from './router'

export interface UseCases {
  readonly accounts: AccountService
  readonly environments: EnvironmentService
  readonly storage: StorageService
  readonly state: AppState
  readonly notices: readonly StartNotice[]
}

/** Which use case answers which call: one line each. */
export function createHandlers({ accounts, environments, storage, state, notices }: UseCases): Handlers {
  return {
    getSnapshot: () =>
      done({
        accounts: [...accounts.summaries()],
        environments: [...state.environments],
        settings: state.settings,
        storage: storage.status,
        notices: [...notices],
      }),
    addAccount: (input) => accounts.add(input),
    copyJwt: ({ id }) => accounts.copyJwt(id),
    renewAccount: ({ id }) => accounts.renew(id),
    enterApiKey: ({ id, apiKey, rememberApiKey }) => accounts.enterApiKey(id, apiKey, rememberApiKey),
    editAccount: ({ id, ...edit }) => accounts.edit(id, edit),
    removeAccount: ({ id }) => accounts.remove(id),
    addEnvironment: (input) => environments.add(input),
    changeSettings: (change) => answering(() => done(state.changeSettings(change))),
    chooseStorage: ({ choice }) => storage.choose(choice),
  }
}
