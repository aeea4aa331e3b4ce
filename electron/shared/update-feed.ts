/** The update feed: a small JSON document that names the newest version. */
import parse from 'semver/functions/parse.js'
import * as z from 'zod/mini'
import { checkBaseUrl } from './base-url'

export interface AvailableUpdate {
  readonly version: string
  /** Where to read about it or get it; shown and copied, never opened. */
  readonly url: string | null
  readonly notes: string | null
}

export const FEED_MAX_BYTES = 64 * 1024
const URL_MAX_LENGTH = 2000
const NOTES_MAX_LENGTH = 2000

const feedSchema = z.object({
  version: z.string().check(z.refine((version) => parse(version) !== null)),
  url: z.catch(z.nullable(z.string().check(z.refine(isLink))), null),
  notes: z.catch(z.nullable(z.string().check(z.maxLength(NOTES_MAX_LENGTH))), null),
})

/** Whether it may be a feed's URL: the same rules as for a base URL, so HTTPS unless it is this computer. */
export function isFeedUrl(text: string): boolean {
  return checkBaseUrl(text).ok
}

function isLink(url: string): boolean {
  return url.startsWith('https://') && URL.canParse(url) && url.length <= URL_MAX_LENGTH
}

/** Null when it isn't a feed. Invalid fields beside the version count as absent. */
export function readUpdateFeed(text: string): AvailableUpdate | null {
  const parsed = feedSchema.safeParse(jsonOf(text))
  return parsed.success ? parsed.data : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
