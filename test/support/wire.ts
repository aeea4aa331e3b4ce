import {
  calls,
  events,
  type CallName,
  type CallOutput,
  type EventName,
  type EventPayload,
  type Result,
} from '../../electron/shared/ipc/contract'
import type { AccountId, AccountSummary } from '../../electron/shared/account'

/** What a test sees of the messages, and can do to them. */
export interface Wired {
  /** Each call in order, with its input. */
  readonly asked: readonly { readonly call: CallName; readonly input: unknown }[]
  /** Answers the next `call` this way, without main receiving it. */
  answerNext<Name extends CallName>(call: Name, answer: Result<CallOutput<Name>>): void
  /** Holds back responses to all calls, or to those of one name, until the returned function is called. */
  holdAnswers(only?: CallName): () => void
  /** Publishes what main would publish on its own. */
  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
}

/** The connection between the window and main: messages are copied, recorded, held back, and sometimes replaced. */
export class Wire implements Wired {
  readonly asked: { readonly call: CallName; readonly input: unknown }[] = []
  /** Accounts as the test wants them, where no profile can contain that, until main changes them. */
  readonly told = new Map<AccountId, AccountSummary>()
  readonly #answers = new Map<CallName, Result<unknown>>()
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>()
  #gate: Promise<void> = Promise.resolve()
  #isHeld = (_: CallName): boolean => false

  async call(
    name: CallName,
    input: unknown,
    ask: (message: unknown) => Promise<Result<unknown>>,
  ): Promise<Result<unknown>> {
    const message = structuredClone(input)
    this.asked.push({ call: name, input: message })
    const odd = this.#answers.get(name)
    this.#answers.delete(name)
    const answer = odd ?? (await ask(structuredClone(message)))
    if (this.#isHeld(name) && (answer.ok || answer.error.code !== 'cancelled')) await this.#gate
    return structuredClone(answer)
  }

  answerNext<Name extends CallName>(call: Name, answer: Result<CallOutput<Name>>): void {
    const value = answer.ok ? { ok: true as const, value: calls[call]().output.parse(answer.value) } : answer
    this.#answers.set(call, value)
  }

  holdAnswers(only?: CallName): () => void {
    let release = (): void => undefined
    this.#isHeld = (name) => only === undefined || name === only
    this.#gate = new Promise((resolve) => {
      release = resolve
    })
    return () => {
      this.#isHeld = () => false
      release()
    }
  }

  publish<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    const message = events[name]().parse(structuredClone(payload)) as EventPayload<Name>
    for (const listener of this.#listeners.get(name) ?? [])
      (listener as (payload: EventPayload<Name>) => void)(message)
  }

  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    const all = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, all)
    all.add(listener)
    return () => {
      all.delete(listener)
    }
  }
}
