/** The update feed over a network session of its own, which shares no cookies or cache. */
import type { Timers, UpdateFeed } from '../../core/base/ports'
import { FEED_MAX_BYTES, isFeedUrl } from '../../shared/update-feed'

const FEED_TIMEOUT_MS = 10_000

export interface HttpUpdateFeedDeps {
  readonly timers: Timers
  /** Electron's `session.fetch`, so that the system's proxy and certificates apply. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
}

export function createHttpUpdateFeed({ timers, fetch }: HttpUpdateFeedDeps): UpdateFeed {
  return {
    async read(url) {
      // Checked again, since the settings file can contain anything.
      if (!isFeedUrl(url)) return { ok: false, reason: 'not an address of a feed' }
      const aborter = new AbortController()
      const cancelTimeout = timers.after(FEED_TIMEOUT_MS, () => {
        aborter.abort()
      })
      try {
        const response = await fetch(url, {
          redirect: 'error',
          credentials: 'omit',
          headers: { Accept: 'application/json', 'Cache-Control': 'no-store' },
          signal: aborter.signal,
        })
        if (response.status !== 200) return { ok: false, reason: `status ${String(response.status)}` }
        const text = await boundedText(response)
        return text === null ? { ok: false, reason: 'too large' } : { ok: true, text }
      } catch (error) {
        return { ok: false, reason: aborter.signal.aborted ? 'timed out' : nameOf(error) }
      } finally {
        cancelTimeout()
        // Ends a request that is still running; otherwise has no effect.
        aborter.abort()
      }
    },
  }
}

/** Null when it is larger than a feed may be; no more than that is read. */
async function boundedText(response: Response): Promise<string | null> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let length = 0
  // Electron's types lack the iterator that Node's body has.
  const reader = response.body.getReader() as { read(): Promise<{ done: boolean; value?: Uint8Array }> }
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const chunk = part.value ?? new Uint8Array()
    length += chunk.length
    if (length > FEED_MAX_BYTES) return null
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error'
}
