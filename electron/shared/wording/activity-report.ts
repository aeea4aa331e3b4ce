import type { ActivityEntry } from '../activity'
import type { EpochMs } from '../brand'
import { describeActivity } from './activity'
import { exactly } from './claims-dialog'
import { counted, figure } from './counts'

/** For a support ticket: one line each with time in UTC, account and event, under a head with the date. */
export function activityAsText(entries: readonly ActivityEntry[], now: EpochMs): string {
  const head = `TokenDesk activity, ${exactly(now, 'UTC')}`
  const lines = entries.map(
    (entry) => `${exactly(entry.at, 'UTC')}\t${onOneLine(entry.name)}\t${describeActivity(entry)}`,
  )
  return `${[head, ...lines].join('\n')}\n`
}

/** A name has no tabs or line breaks, except in older records. */
function onOneLine(name: string): string {
  return name.replaceAll(/\s+/gu, ' ')
}

export function activityCopied(count: number): string {
  return `${counted(count, 'entry', 'entries')} copied`
}

/** `20,000 entries`, `1 entry`, `3 of 20,000 entries`. */
export function entriesShown(shown: number, all: number): string {
  const total = counted(all, 'entry', 'entries')
  return shown === all ? total : `${figure(shown)} of ${total}`
}

export const ACTIVITY_IS_KEPT = 'Kept for 90 days. Never contains a token or an API key.'
