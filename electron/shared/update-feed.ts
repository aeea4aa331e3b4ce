/** What an update feed says: a small JSON document that names the newest version. */
import * as z from 'zod/mini'
import { checkBaseUrl } from './base-url'

/** A version that is newer than this one. */
export interface AvailableUpdate {
  readonly version: string
  /** Where to read about it or get it; shown and copied, never opened. */
  readonly url: string | null
  readonly notes: string | null
}

export const FEED_MAX_BYTES = 64 * 1024
const URL_MAX_LENGTH = 2000
const NOTES_MAX_LENGTH = 2000

const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-[0-9A-Za-z.-]{1,50})?$/u

const feedSchema = z.object({
  version: z.string().check(z.regex(VERSION)),
  url: z.catch(z.nullable(z.string().check(z.refine(isLink))), null),
  notes: z.catch(z.nullable(z.string().check(z.maxLength(NOTES_MAX_LENGTH))), null),
})

/** Whether it may stand as the address of a feed: as a base URL, so over HTTPS unless it is this computer. */
export function isFeedUrl(text: string): boolean {
  return checkBaseUrl(text).ok
}

function isLink(url: string): boolean {
  return url.startsWith('https://') && URL.canParse(url) && url.length <= URL_MAX_LENGTH
}

/** Null when it isn't a feed. What makes no sense beside the version counts as absent. */
export function readUpdateFeed(text: string): AvailableUpdate | null {
  const parsed = feedSchema.safeParse(jsonOf(text))
  return parsed.success ? parsed.data : null
}

/** By the three numbers. A version with a suffix (`1.2.0-beta.1`) comes before the same one without. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [partsOf(version), partsOf(than)]
  if (a === null || b === null) return false
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0
    if (number !== other) return number > other
  }
  return b.isPreview && !a.isPreview
}

function partsOf(
  version: string,
): { readonly numbers: readonly number[]; readonly isPreview: boolean } | null {
  const match = VERSION.exec(version)
  if (match === null) return null
  return { numbers: match.slice(1, 4).map(Number), isPreview: version.includes('-') }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
