/** For two accounts that are the same one for the service. */
import type { Twin } from '../twin'
import { accountAdded, isolated, loggedIn } from './messages'

export function twinSentence({ name, by }: Twin): string {
  const what =
    by === 'api-key'
      ? `It has the same API key as ${isolated(name)}`
      : `It logs in as the same partner or company as ${isolated(name)}`
  return `${what}; if you didn’t intend that, remove one of them.`
}

export function accountAddedTwice(name: string, twin: Twin): string {
  return `${accountAdded(name)}. ${twinSentence(twin)}`
}

export function loggedInTwice(name: string, twin: Twin): string {
  return `${loggedIn(name)}. ${twinSentence(twin)}`
}
