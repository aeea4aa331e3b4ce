import type { KeyQuestion } from '../subject'
import { NAME_MAX_LENGTH, NOTE_MAX_LENGTH, type NameProblem } from '../account-fields'
import { API_KEY_MAX_LENGTH, type ApiKeyRefusal } from '../api-key'
import {
  IMPORT_MAX_BYTES,
  IMPORT_MAX_ROWS,
  type ImportColumn,
  type ImportEnvironment,
  type ImportFailure,
  type ImportProgress,
  type PartnerProblem,
  type RowOutcome,
  type UnknownEnvironment,
  type RowProblem,
} from '../transfer'
import { counted, figure, listed, plural } from './counts'
import { fieldProblem, tagProblem } from './fields'
import { damagedKey } from './pasted-key'
import { isolated } from './messages'
import { asSentence, describeCallError, type Message } from './problems'
import { twinSentence } from './twins'
import { unseenIn } from './unseen'

// --- Reading ------------------------------------------------------------------------------------------------

export function importFailure(failure: ImportFailure): Message {
  switch (failure.code) {
    case 'too-large':
      return {
        what: `This file is larger than ${String(IMPORT_MAX_BYTES / 1024 / 1024)} MiB.`,
        todo: 'Check that it’s the right file, or split it.',
      }
    case 'binary':
      return {
        what: 'This isn’t a text file.',
        todo: 'If it’s a spreadsheet, save it as CSV (UTF-8) first.',
      }
    case 'not-utf8':
      return {
        what: 'This file can’t be read because it isn’t UTF-8.',
        todo: 'Save it again as CSV (UTF-8).',
      }
    case 'empty':
      return { what: 'The file is empty.', todo: 'Select another file.' }
    case 'no-rows':
      return { what: 'The file contains no accounts.', todo: 'Select another file, or fill in some rows.' }
    case 'too-many-rows':
      return { what: `The file contains over ${figure(IMPORT_MAX_ROWS)} accounts.`, todo: 'Split the file.' }
    case 'missing-columns':
      return {
        what: `${missing(failure.columns)} The first line must name the columns.`,
        todo: `Add at least name,environment,apiKey, in the order of your columns.`,
      }
    case 'repeated-column':
      return {
        what: `The column ${failure.column} appears twice.`,
        todo: 'Remove one of them.',
      }
    case 'row-too-long':
      return {
        what: `The row at line ${figure(failure.line)} is longer than any account.`,
        todo: 'Check that it’s the right file and that each quotation mark is closed.',
      }
    case 'unclosed-quote':
      return {
        what: `A quotation mark in the row at line ${figure(failure.line)} is never closed, so the rows after it can’t be read.`,
        todo: 'Close it or remove it.',
      }
    case 'not-json':
      return {
        what: `This JSON is incomplete or has an error near line ${figure(failure.line)}.`,
        todo: 'Check that the file is complete, or export it again.',
      }
    case 'too-deep':
      return {
        what: `Something at line ${figure(failure.line)} is nested deeper than any account.`,
        todo: 'Check that it’s the right file.',
      }
    case 'other-format':
      return {
        what: 'This JSON isn’t a list of accounts.',
        todo: 'Select a file that TokenDesk exported, or a list of objects with name, environment, and apiKey.',
      }
    case 'newer-version':
      return {
        what: `This file comes from a newer TokenDesk (version ${String(failure.version)}).`,
        todo: 'Update TokenDesk, then import it.',
      }
    case 'unmatched-columns':
      return { what: 'The column headings of this file are unknown.', todo: 'Match the columns.' }
  }
}

function missing(columns: readonly ImportColumn[]): string {
  return `The ${plural(columns.length, 'column', 'columns')} ${listed(columns)} ${plural(columns.length, 'is', 'are')} missing.`
}

/** Null when every column is known. */
export function unknownColumns(names: readonly string[]): string | null {
  if (names.length === 0) return null
  const first = names
    .slice(0, 3)
    .map((name) => isolated(name))
    .join(', ')
  const more = names.length > 3 ? ' and others' : ''
  return `The ${plural(names.length, 'column', 'columns')} ${first}${more} ${plural(names.length, 'is', 'are')} ignored.`
}

/** An environment that rows name and that doesn't exist. `baseUrl`: the file's, or null. */
export function unknownEnvironment(
  name: string,
  rows: number,
  baseUrl: string | null,
  similar: UnknownEnvironment['similar'] = null,
): string {
  const isSame = similar?.looksSame === true
  const what = `${counted(rows, 'row uses', 'rows use')} the environment ${isolated(name)}, which ${isSame ? 'looks like yours but has letters of another alphabet' : 'doesn’t exist yet'}.`
  return [
    what,
    baseUrl === null ? '' : ` The file gives its base URL as ${baseUrl}.`,
    similar === null ? '' : ` Did you mean ${isSame ? 'yours' : isolated(similar.name)}?`,
  ].join('')
}

/** One that exists, and has another base URL or is production here and not there. */
export function otherEnvironment({ name, baseUrl, production }: ImportEnvironment): string {
  const kind = production ? 'production' : 'not production'
  return `The file describes ${isolated(name)} differently: ${baseUrl}, ${kind}. Nothing changes unless you edit it.`
}

// --- Rows ---------------------------------------------------------------------------------------------------

export function rowProblem(problem: RowProblem): string {
  if (problem.reason === 'not-text') return `The value of ${problem.field} must be text.`
  switch (problem.field) {
    case 'row':
      return brokenRow(problem.reason)
    case 'name':
      return problem.reason === 'repeated'
        ? `Line ${figure(problem.line)} has the same name and environment.`
        : nameInRow(problem.reason)
    case 'type':
      return 'The type must be detect, partner, company, or empty.'
    case 'remember':
      return 'The value of remember must be yes, no, or empty.'
    case 'environment':
      return problem.reason === 'empty'
        ? 'The environment is missing.'
        : 'This environment doesn’t exist. Add it first.'
    case 'apiKey':
      return apiKeyInRow(problem)
    case 'tags':
      return tagProblem(problem.reason)
    case 'note':
      return `A note has at most ${figure(NOTE_MAX_LENGTH)} characters.`
    case 'partner':
      return partnerInRow(problem.reason)
  }
}

function brokenRow(reason: Extract<RowProblem, { field: 'row' }>['reason']): string {
  switch (reason) {
    case 'extra-cells':
      return 'The row has more cells than columns. Put quotation marks around cells that contain the delimiter.'
    case 'stray-quote':
      return 'There is text between a closing quotation mark and the next cell. Double quotation marks inside a cell.'
    case 'not-an-object':
      return 'This isn’t an account: it must be an object with name, environment, and apiKey.'
  }
}

function nameInRow(reason: NameProblem): string {
  switch (reason) {
    case 'empty':
      return 'The name is missing.'
    case 'too-long':
      return `The name has over ${String(NAME_MAX_LENGTH)} characters.`
    case 'control-character':
      return 'The name contains an invisible control character.'
  }
}

function apiKeyInRow({ reason, unseen }: ApiKeyRefusal): string {
  switch (reason) {
    case 'empty':
      return 'The API key is missing.'
    case 'inner-whitespace':
      return 'The API key contains a space or a line break.'
    case 'invisible-character':
      return unseen === undefined
        ? 'The API key contains an invisible character.'
        : unseenIn('API key', unseen)
    case 'too-long':
      return `The API key has over ${figure(API_KEY_MAX_LENGTH)} characters.`
    case 'number':
    case 'too-narrow':
    case 'error-value':
    case 'shortened':
      return damagedKey(reason)
  }
}

function partnerInRow(reason: PartnerProblem): string {
  switch (reason) {
    case 'unknown':
      return 'No account or row with this partner’s name was found.'
    case 'other-environment':
      return 'The partner belongs to another environment.'
    case 'not-a-partner':
      return 'The account named as its partner is a company.'
    case 'not-added':
      return 'Its partner’s row has errors.'
    case 'itself':
      return 'It names itself as its partner.'
    case 'of-a-partner':
      return 'A partner can’t have a partner. Remove it, or make this a company.'
  }
}

// --- Results ------------------------------------------------------------------------------------------------

/** A row can't be asked whether its key may replace the session. */
function whoseKeyInRow({ reason }: KeyQuestion): string {
  const why =
    reason === 'other-subject'
      ? 'This API key belongs to another account of the service.'
      : 'This API key brings no refresh token, and the account has one.'
  return `${why} Its session wasn’t replaced; to decide, enter it in the account’s details.`
}

export function importProgress({ done, total }: ImportProgress): string {
  return `${figure(done)} of ${counted(total, 'row')}`
}

export function outcomeWord({ kind }: RowOutcome['outcome']): string {
  switch (kind) {
    case 'added':
      return 'Added'
    case 'already-there':
      return 'Already exists'
    case 'updated':
      return 'Updated'
    case 'has-problems':
      return 'Skipped'
    case 'refused':
    case 'partner-not-added':
    case 'partner-is-company':
      return 'Failed'
    case 'cancelled':
      return 'Canceled'
  }
}

/** Empty where the word is self-explanatory. */
export function outcomeReason(outcome: RowOutcome['outcome']): string {
  switch (outcome.kind) {
    case 'added':
      return outcome.sameKeyAs === undefined ? '' : twinSentence({ name: outcome.sameKeyAs, by: 'api-key' })
    case 'already-there':
      return 'This environment already has an account with this name. It wasn’t changed.'
    case 'updated':
      return ''
    case 'has-problems':
      return outcome.problems.map(rowProblem).join(' ')
    case 'refused':
      if (outcome.error.code === 'whose-key') return whoseKeyInRow(outcome.error.question)
      return outcome.error.code === 'bad-fields'
        ? outcome.error.fields.map(fieldProblem).join(' ')
        : asSentence(describeCallError(outcome.error))
    case 'partner-not-added':
      return 'Its partner couldn’t be added. Solve that, then import the file again.'
    case 'partner-is-company':
      return 'According to the service, its partner is a company. Correct that account’s type, then import the file again.'
    case 'cancelled':
      return 'The import was canceled before this row.'
  }
}

// --- Backup -------------------------------------------------------------------------------------------------

/** Shown before a backup is saved. */
export const BACKUP_NOTICE =
  'A backup contains settings, environments, and accounts with their API keys and tokens, but not the activity. It can’t be opened without its passphrase. After restoring, use only one computer: each renewal invalidates the previous refresh token.'
