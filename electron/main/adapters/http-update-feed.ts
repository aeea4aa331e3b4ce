/** The update feed over network sessions of its own, which share no cookies or cache with any other. */
import type { Session } from 'electron'
import type { Clock, FeedOutcome, Log, Timers, UpdateFeed } from '../../core/base/ports'
import { PROXY_AUTHENTICATION } from '../../core/session/auth-response'
import { FEED_MAX_BYTES, isFeedUrl } from '../../shared/update-feed'
import { createNetExchange, privateSessions, TURNED_AWAY } from '../platform/net-exchange'
import type { ProxyDoor } from '../platform/proxy-pass'

const FEED_TIMEOUT_MS = 10_000

export interface HttpUpdateFeedDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly gate: ProxyDoor
  /** From the call to the last byte of the feed. */
  readonly timeoutMs?: number
  /** Opens the session of the `lane`th concurrent request, which nothing else may use. */
  readonly openSession?: (lane: number) => Session
}

export function createHttpUpdateFeed(deps: HttpUpdateFeedDeps): UpdateFeed {
  const exchange = createNetExchange({
    ...deps,
    timeoutMs: deps.timeoutMs ?? FEED_TIMEOUT_MS,
    maxBytes: FEED_MAX_BYTES,
    openSession: deps.openSession ?? privateSessions('tokendesk-updates'),
  })
  return {
    async read(url) {
      // Checked again, since the settings file can contain anything.
      if (!isFeedUrl(url)) return failed('not an address of a feed')
      try {
        const ended = await exchange({ method: 'GET', url, body: null })
        if (ended.kind === 'timeout') return failed('timed out')
        if (ended.kind === 'failed') return failed(ended.message, ended.message === TURNED_AWAY)
        const { status, body } = ended.reply
        if (status !== 200) return failed(`status ${String(status)}`, status === PROXY_AUTHENTICATION)
        if (!Buffer.isBuffer(body)) return failed('too large')
        return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(body) }
      } catch (error) {
        return failed(error instanceof Error ? error.message : 'unknown error')
      }
    },
  }
}

function failed(reason: string, isTurnedAway = false): FeedOutcome {
  return { ok: false, reason, isTurnedAway }
}
