import type { ProxyGate, ProxyLogin } from '../../../electron/core/base/ports'
import type { ProxyQuestion } from '../../../electron/shared/proxy'

/** A network that a test puts a proxy into. */
export class MemoryProxyGate implements ProxyGate {
  /** What the proxy gets, as text; null: nothing. */
  gets: { readonly host: string; readonly userName: string; readonly password: string } | null = null
  readonly #listeners: ((question: ProxyQuestion | null) => void)[] = []

  use(login: ProxyLogin | null): void {
    this.gets = login && { ...login, password: login.password.reveal() }
  }

  whenAsked(run: (question: ProxyQuestion | null) => void): void {
    this.#listeners.push(run)
  }

  /** The proxy turns a request away; null: requests pass again. */
  asks(question: ProxyQuestion | null): void {
    for (const listener of this.#listeners) listener(question)
  }
}
