/** How a request gets past a proxy that asks for a password: what its adapters agree on. */
import type { ProxyLogin } from '../../core/base/ports'

/** One request's way past the proxy. */
export interface ProxyPass {
  /** What the proxy at `host` gets; null: nothing. */
  asked(host: string): Promise<ProxyLogin | null>
  /** The proxy has asked, and got nothing that it took. */
  readonly isTurnedAway: boolean
  /** The request is over. `passed`: something behind the proxy has answered. */
  over(passed: boolean): void
}

export interface ProxyDoor {
  enter(): ProxyPass
  /** For connections that are none of ours to try it with; null where that proxy has not accepted it yet. */
  accepted(host: string): ProxyLogin | null
  /** Calls `run` when what was given before is to be forgotten. */
  whenReplaced(run: () => void): void
}
