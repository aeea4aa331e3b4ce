/** A typed emitter: whoever announces something needs to know nobody who reacts to it. */
import { errorFacts } from './error-facts'
import type { Log } from './ports'

/**
 * Every listener hears events in the order in which they were emitted: one that is emitted by a listener is delivered
 * when the current one has reached everybody, and before the outermost `emit` returns. A listener that throws is logged
 * and keeps nobody else, least of all the emitter, from going on.
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, ((payload: never) => void)[]>()
  readonly #waiting: (() => void)[] = []
  #isDelivering = false

  constructor(private readonly log: Pick<Log, 'error'>) {}

  /** Listeners hear an event in the order in which they were added. */
  on<Name extends keyof Events & string>(name: Name, listener: (payload: Events[Name]) => void): void {
    const known = this.#listeners.get(name)
    if (known === undefined) this.#listeners.set(name, [listener])
    else known.push(listener)
  }

  emit<Name extends keyof Events & string>(name: Name, payload: Events[Name]): void {
    this.#waiting.push(() => {
      this.#deliver(name, payload)
    })
    if (this.#isDelivering) return
    this.#isDelivering = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) next()
    this.#isDelivering = false
  }

  #deliver<Name extends keyof Events & string>(name: Name, payload: Events[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        // The map can't say that the listeners under a name take that event's payload.
        ;(listener as (payload: Events[Name]) => void)(payload)
      } catch (error) {
        this.log.error('a listener failed', { event: name, ...errorFacts(error) })
      }
    }
  }
}
