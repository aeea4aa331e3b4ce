/**
 * A request's body on its way to the service, with backpressure. Up to 1 MiB of it is kept until the service has
 * answered, so that it can be sent once more with a new JWT.
 */
import type { ClientRequest, IncomingMessage } from 'node:http'
import { requestTrailers, type Framing } from './headers'

export const KEPT_AT_MOST_BYTES = 1_048_576

export class RequestBody {
  readonly #req: IncomingMessage
  readonly #isTooLong: boolean
  #kept: Buffer[] | null = []
  #bytes = 0
  #isEnded = false
  #isGone = false
  #target: ClientRequest | null = null
  #isFlowing = false
  readonly #waiting: (() => void)[] = []

  constructor(req: IncomingMessage, framing: Framing) {
    this.#req = req
    this.#isTooLong = framing.kind === 'length' && Number(framing.bytes) > KEPT_AT_MOST_BYTES
    if (this.#isTooLong) this.#kept = null
    this.#isEnded = framing.kind === 'none'
  }

  /** Something of it has arrived. */
  get isBegun(): boolean {
    return this.#bytes > 0 || this.#isEnded
  }

  /** All that has arrived so far is kept, so that another target can have it from the start. */
  get isKept(): boolean {
    return !this.isBegun || this.#kept !== null
  }

  /** What is kept goes there, then what comes. */
  sendTo(target: ClientRequest): void {
    this.#target = target
    for (const chunk of this.#kept ?? []) target.write(chunk)
    if (this.#isEnded) this.#end(target)
    else this.#flow()
  }

  /**
   * What comes from now on is kept, and goes nowhere until `sendTo`. One that isn't kept goes where it went: it will be
   * sent nowhere else.
   */
  detach(): void {
    if (this.#kept === null) return
    this.#target = null
    if (this.#isFlowing) this.#req.resume()
  }

  /** The service has answered: nothing has to be kept for another attempt. */
  forget(): void {
    this.#kept = null
    this.#wake()
  }

  /** The client is gone. */
  abort(): void {
    this.#isGone = true
    this.#kept = null
    this.#target = null
    this.#wake()
  }

  /**
   * Whether it can be sent once more, as a whole. `isExpecting`: the client waits for "100 Continue" and has sent nothing.
   */
  async isReplayable(isExpecting: boolean): Promise<boolean> {
    if (this.#isTooLong) return false
    if (isExpecting && !this.isBegun) return true
    while (!this.#isEnded && !this.#isGone && this.#kept !== null) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
    return this.#isEnded && this.#kept !== null
  }

  #flow(): void {
    if (this.#isFlowing) {
      this.#req.resume()
      return
    }
    this.#isFlowing = true
    this.#req.on('data', (chunk: Buffer) => {
      this.#keep(chunk)
      const target = this.#target
      if (target === null || target.write(chunk)) return
      this.#req.pause()
      target.once('drain', () => {
        if (target === this.#target) this.#req.resume()
      })
    })
    this.#req.on('end', () => {
      this.#isEnded = true
      if (this.#target !== null) this.#end(this.#target)
      this.#wake()
    })
  }

  #keep(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#kept === null) return
    if (this.#bytes <= KEPT_AT_MOST_BYTES) {
      this.#kept.push(chunk)
      return
    }
    this.#kept = null
    this.#wake()
  }

  #end(target: ClientRequest): void {
    const trailers = requestTrailers(this.#req.rawTrailers)
    if (trailers.length > 0) target.addTrailers(trailers)
    target.end()
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
