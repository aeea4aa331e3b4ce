import {
  NAME_MAX_LENGTH,
  NOTE_MAX_LENGTH,
  TAG_MAX_LENGTH,
  TAGS_AT_MOST,
  type NameProblem,
  type TagProblem,
} from '../account-fields'
import { API_KEY_MAX_LENGTH, type ApiKeyProblem } from '../api-key'
import { BASE_URL_MAX_LENGTH, type BaseUrlNotice, type BaseUrlProblem } from '../base-url'
import { strengthOf } from '../passphrase'
import type { KeyDamage } from '../pasted-key'
import { PASSPHRASE_MAX_LENGTH, PASSPHRASE_MIN_LENGTH, type PassphraseProblem } from '../transfer'
import type { FieldProblem } from '../ipc/contract'
import { counted } from './counts'
import { damagedKey } from './pasted-key'
import { unseenIn } from './unseen'

/** `reason` comes from main, so an unknown one still gets a sentence. */
export function fieldProblem(problem: FieldProblem): string {
  switch (problem.field) {
    case 'name':
    case 'environmentName':
      return nameProblem(problem.reason)
    case 'apiKey':
      return apiKeyProblem(problem)
    case 'baseUrl':
      return baseUrlProblem(problem.reason)
    case 'environmentId':
      return 'Select an environment.'
    case 'partnerId':
      return problem.reason === 'unknown'
        ? 'That partner no longer exists. Select another one, or none.'
        : 'Select a partner account, or none.'
    case 'tags':
      return tagProblem(problem.reason)
    case 'note':
      return `Use at most ${String(NOTE_MAX_LENGTH)} characters.`
    case 'passphrase':
      return passphraseProblem(problem.reason as PassphraseProblem)
    case 'defaultTimeZone':
      return 'Use UTC, an offset such as +02:00, or a zone such as Europe/Berlin.'
  }
}

export function passphraseProblem(reason: PassphraseProblem): string {
  switch (reason) {
    case 'empty':
      return 'Enter a passphrase.'
    case 'too-short':
      return `Use at least ${String(PASSPHRASE_MIN_LENGTH)} characters.`
    case 'too-long':
      return `Use at most ${String(PASSPHRASE_MAX_LENGTH)} characters.`
  }
}

/** Beside the field, before anything is typed. */
export const PASSPHRASE_RULE = `${passphraseProblem('too-short')} Several words are easy to remember and hard to guess.`
export const PASSPHRASES_DIFFER = 'Passphrases don’t match.'

/** The strength meter beside a new passphrase. */
export function strengthInWords(typed: string): string {
  switch (strengthOf(typed)) {
    case 'too-short': {
      const missing = PASSPHRASE_MIN_LENGTH - Array.from(typed).length
      return counted(missing, 'more character')
    }
    case 'weak':
      return 'Easy to guess'
    case 'fair':
      return 'Good'
    case 'strong':
      return 'Strong'
  }
}

export function tagProblem(reason: string): string {
  switch (reason as TagProblem) {
    case 'empty':
      return 'Enter a tag.'
    case 'too-many':
      return `An account has at most ${String(TAGS_AT_MOST)} tags.`
    case 'too-long':
      return `A tag has at most ${String(TAG_MAX_LENGTH)} characters.`
    case 'control-character':
      return 'The tag contains an invisible control character. Type it instead of pasting.'
    default:
      return 'This tag can’t be used.'
  }
}

function nameProblem(reason: string): string {
  switch (reason as NameProblem | 'duplicate') {
    case 'empty':
      return 'Enter a name.'
    case 'too-long':
      return `Use at most ${String(NAME_MAX_LENGTH)} characters.`
    case 'control-character':
      return 'The name contains an invisible control character. Type it instead of pasting.'
    case 'duplicate':
      return 'This name is already in use. Enter another one.'
    default:
      return 'This name can’t be used.'
  }
}

function apiKeyProblem({ reason, unseen }: FieldProblem): string {
  switch (reason as ApiKeyProblem) {
    case 'empty':
      return 'Enter the API key.'
    case 'too-long':
      return `This is longer than any API key (over ${String(API_KEY_MAX_LENGTH)} characters). Check what you pasted.`
    case 'inner-whitespace':
      return 'The API key contains a space or a line break. Check what you pasted.'
    case 'invisible-character':
      return `${unseen === undefined ? 'The API key contains an invisible character.' : unseenIn('API key', unseen)} Copy it again from where it was issued.`
    case 'number':
    case 'too-narrow':
    case 'error-value':
    case 'shortened':
      return damagedKey(reason as KeyDamage)
    default:
      return 'This API key can’t be used.'
  }
}

export function baseUrlProblem(reason: string): string {
  switch (reason as BaseUrlProblem | 'duplicate') {
    case 'empty':
      return 'Enter the base URL, such as https://api.example.com.'
    case 'too-long':
      return `This is longer than any base URL (over ${String(BASE_URL_MAX_LENGTH)} characters).`
    case 'inner-whitespace':
      return 'The base URL contains a space or a line break.'
    case 'no-scheme':
      return 'Start with https://.'
    case 'other-scheme':
      return 'Only https:// addresses can be used.'
    case 'not-https':
      return 'Use https://. Plain http:// works only for this computer (localhost), since API keys would be sent unencrypted.'
    case 'credentials':
      return 'Remove the user name and password before the @.'
    case 'query-or-fragment':
      return 'Remove everything from ? or # on.'
    case 'endpoint-included':
      return 'Remove /auth/login or /auth/refresh. TokenDesk adds it.'
    case 'bad-port':
      return 'The port must be a number from 1 to 65535.'
    case 'malformed':
      return 'This isn’t a complete web address.'
    case 'duplicate':
      return 'Another environment already uses this base URL.'
    default:
      return 'This base URL can’t be used.'
  }
}

export function baseUrlNotice(notice: BaseUrlNotice): string {
  switch (notice.code) {
    case 'trailing-slash-removed':
      return 'The slash at the end will be removed.'
    case 'path-kept':
      return `The path is kept: logging in goes to ${notice.path}/auth/login.`
    case 'host-in-ascii':
      return `Requests will go to ${notice.host}. Make sure this is the host you mean.`
  }
}
