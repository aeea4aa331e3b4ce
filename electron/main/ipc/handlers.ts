import { answering, did, done } from '../../core/results'
import type { UseCases } from '../../core/use-cases'
import type { StartNotice } from '../../shared/ipc/contract'
import type { Handlers } from './router'

export interface HandlerParts {
  readonly useCases: UseCases
  /** Resolves with what start-up has to say, once everything is read. */
  readonly started: Promise<readonly StartNotice[]>
  /** The window has its snapshot, and follows events from now on. */
  readonly windowListens: () => void
  readonly quit: () => void
}

/** Which use case answers which call: one line each. */
export function createHandlers({ useCases, started, windowListens, quit }: HandlerParts): Handlers {
  const { accounts, environments, storage, state, notices, loginStart } = useCases
  return {
    getSnapshot: async () => {
      const startNotices = await started
      // Once the answer is on its way.
      setImmediate(windowListens)
      return done({
        accounts: [...accounts.summaries()],
        environments: [...state.environments],
        settings: state.settings,
        storage: storage.status,
        loginStart: loginStart.status,
        notices: [...startNotices],
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
    remindTomorrow: ({ ids }) =>
      did(() => {
        notices.remindTomorrow(ids)
      }),
    startAtLogin: ({ on }) => loginStart.choose(on),
    lookAgain: () =>
      did(() => {
        useCases.lookAgain()
      }),
    quit: () => did(quit),
  }
}
