import type { CallError } from '../ipc/contract'
import { API_KEY_MAX_LENGTH, NAME_MAX_LENGTH, type ApiKeyRefusal, type NameProblem } from '../account-fields'
import {
  IMPORT_MAX_BYTES,
  IMPORT_MAX_ROWS,
  type ImportColumn,
  type ImportFailure,
  type ImportProgress,
  type PartnerProblem,
  type RowOutcome,
  type RowProblem,
} from '../transfer'
import { fieldProblem } from './fields'
import { isolated } from './messages'
import { asSentence, describeCallError, type Message } from './problems'
import { twinSentence } from './twins'
import { unseenIn } from './unseen'

// --- Reading ------------------------------------------------------------------------------------------------

/** Why nothing of it can be imported. */
export function importFailure(failure: ImportFailure): Message {
  switch (failure.code) {
    case 'too-large':
      return {
        what: `This is larger than ${String(IMPORT_MAX_BYTES / 1024 / 1024)} MiB.`,
        todo: 'Check that it is the right file, or split it.',
      }
    case 'binary':
      return {
        what: 'This is not a text file.',
        todo: 'If it is a spreadsheet, save it as CSV (UTF-8) first.',
      }
    case 'not-utf8':
      return {
        what: 'The letters of this file can’t be read: it is not UTF-8.',
        todo: 'Save it again as CSV (UTF-8).',
      }
    case 'empty':
      return { what: 'There is nothing in it.', todo: 'Choose another file.' }
    case 'no-rows':
      return { what: 'There are no accounts in it.', todo: 'Choose another file, or fill in some rows.' }
    case 'too-many-rows':
      return { what: `There are over ${figure(IMPORT_MAX_ROWS)} accounts in it.`, todo: 'Split the file.' }
    case 'missing-columns':
      return {
        what: `${missing(failure.columns)} The first line must name the columns.`,
        todo: `Write at least name,environment,apiKey there, as the columns are.`,
      }
    case 'repeated-column':
      return {
        what: `The column ${failure.column} is there twice.`,
        todo: 'Leave one of them out, so that it’s clear which one counts.',
      }
    case 'row-too-long':
      return {
        what: `What begins at line ${figure(failure.line)} is longer than any account.`,
        todo: 'Check that it is the right file, and that each quotation mark there is closed.',
      }
    case 'unclosed-quote':
      return {
        what: `A quotation mark in the row at line ${figure(failure.line)} is never closed, so the rows after it can’t be told apart.`,
        todo: 'Close it, or leave it out.',
      }
    case 'not-json':
      return {
        what: `It begins like JSON, but breaks off or has a mistake near line ${figure(failure.line)}.`,
        todo: 'Check that the file is whole, or export it again.',
      }
    case 'too-deep':
      return {
        what: `Something at line ${figure(failure.line)} is nested deeper than any account.`,
        todo: 'Check that it is the right file.',
      }
    case 'other-format':
      return {
        what: 'This JSON is not a list of accounts.',
        todo: 'Choose a file that TokenDesk has exported, or a list of objects with name, environment and apiKey.',
      }
    case 'newer-version':
      return {
        what: `A newer TokenDesk has written this file (version ${String(failure.version)}).`,
        todo: 'Update TokenDesk, then import it.',
      }
  }
}

function missing(columns: readonly ImportColumn[]): string {
  const last = columns.at(-1) ?? ''
  if (columns.length < 2) return `The column ${last} is missing.`
  return `The columns ${columns.slice(0, -1).join(', ')} and ${last} are missing.`
}

/** Null when each column means something. */
export function unknownColumns(names: readonly string[]): string | null {
  if (names.length === 0) return null
  const first = names
    .slice(0, 3)
    .map((name) => isolated(name))
    .join(', ')
  const more = names.length > 3 ? ' and others' : ''
  return names.length === 1 ? `The column ${first} is ignored.` : `The columns ${first}${more} are ignored.`
}

/** An environment that rows name and that isn't there. `baseUrl`: what the file says about it, or null. */
export function unknownEnvironment(name: string, rows: number, baseUrl: string | null): string {
  const who = rows === 1 ? '1 row names' : `${figure(rows)} rows name`
  const what = `${who} the environment ${isolated(name)}, which is not there.`
  return baseUrl === null ? what : `${what} The file gives its base URL as ${baseUrl}.`
}

// --- Rows ---------------------------------------------------------------------------------------------------

export function rowProblem(problem: RowProblem): string {
  if (problem.reason === 'not-text') return `The value of ${problem.field} must be a text.`
  switch (problem.field) {
    case 'row':
      return brokenRow(problem.reason)
    case 'name':
      return problem.reason === 'repeated'
        ? `Line ${figure(problem.line)} has the same name and environment.`
        : nameInRow('name', problem.reason)
    case 'type':
      return 'The type must be detect, partner or company, or empty.'
    case 'remember':
      return 'Whether to remember the API key must be yes or no, or empty.'
    case 'environment':
      return problem.reason === 'empty'
        ? 'The environment is missing.'
        : 'There is no environment of this name. Add it first.'
    case 'apiKey':
      return apiKeyInRow(problem)
    case 'tags':
      return nameInRow('tag', problem.reason)
    case 'partner':
      return partnerInRow(problem.reason)
  }
}

function brokenRow(reason: Extract<RowProblem, { field: 'row' }>['reason']): string {
  switch (reason) {
    case 'extra-cells':
      return 'There are more cells than columns. Put cells that contain the delimiter into quotation marks.'
    case 'stray-quote':
      return 'There is text between a closing quotation mark and the next cell. Write quotation marks inside of a cell twice.'
    case 'not-an-object':
      return 'This is not an account: it must be an object with name, environment and apiKey.'
  }
}

function nameInRow(what: 'name' | 'tag', reason: NameProblem): string {
  switch (reason) {
    case 'empty':
      return `The ${what} is missing.`
    case 'too-long':
      return `The ${what} has over ${String(NAME_MAX_LENGTH)} characters.`
    case 'control-character':
      return `The ${what} holds an invisible control character.`
  }
}

function apiKeyInRow({ reason, unseen }: ApiKeyRefusal): string {
  switch (reason) {
    case 'empty':
      return 'The API key is missing.'
    case 'inner-whitespace':
      return 'There is a space or a line break inside the API key.'
    case 'invisible-character':
      return unseen === undefined
        ? 'There is an invisible character in the API key.'
        : unseenIn('API key', unseen)
    case 'too-long':
      return `The API key has over ${figure(API_KEY_MAX_LENGTH)} characters.`
  }
}

function partnerInRow(reason: PartnerProblem): string {
  switch (reason) {
    case 'unknown':
      return 'Neither an account nor a row of this file has the partner’s name.'
    case 'other-environment':
      return 'The partner belongs to another environment.'
    case 'not-a-partner':
      return 'What it names as its partner is a company.'
    case 'not-added':
      return 'The row of its partner has problems itself.'
    case 'itself':
      return 'It names itself as its partner.'
    case 'of-a-partner':
      return 'A partner cannot have a partner. Leave it out, or make this a company.'
  }
}

// --- Results ------------------------------------------------------------------------------------------------

export function importProgress({ done, total }: ImportProgress): string {
  return `${figure(done)} of ${figure(total)} rows`
}

/** When it has ended, in whichever way. */
export function importSummary({ total, done, added, failed, skipped }: ImportProgress): string {
  const parts = [added === 1 ? '1 account added' : `${figure(added)} accounts added`]
  if (skipped > 0) parts.push(`${figure(skipped)} skipped`)
  if (failed > 0) parts.push(`${figure(failed)} failed`)
  if (done < total) parts.push(`${figure(total - done)} cancelled`)
  return parts.join(', ')
}

export function outcomeWord({ kind }: RowOutcome['outcome']): string {
  switch (kind) {
    case 'added':
      return 'Added'
    case 'already-there':
      return 'Already there'
    case 'has-problems':
      return 'Left out'
    case 'refused':
    case 'partner-not-added':
    case 'partner-is-company':
      return 'Failed'
    case 'cancelled':
      return 'Cancelled'
  }
}

/** Empty where the word says it all. */
export function outcomeReason(outcome: RowOutcome['outcome']): string {
  switch (outcome.kind) {
    case 'added':
      return outcome.sameKeyAs === undefined ? '' : twinSentence({ name: outcome.sameKeyAs, by: 'api-key' })
    case 'already-there':
      return 'This environment has an account of this name. It was not changed.'
    case 'has-problems':
      return outcome.problems.map(rowProblem).join(' ')
    case 'refused':
      return outcome.error.code === 'bad-fields'
        ? outcome.error.fields.map(fieldProblem).join(' ')
        : asSentence(describeCallError(outcome.error))
    case 'partner-not-added':
      return 'Its partner could not be added. Import the file again once that is solved.'
    case 'partner-is-company':
      return 'The service takes its partner for a company. Correct the type of that account, then import the file again.'
    case 'cancelled':
      return 'The import was cancelled before this row.'
  }
}

// --- Backup -------------------------------------------------------------------------------------------------

/** What to know before a backup is saved. */
export const BACKUP_NOTICE =
  'A backup holds settings, environments, and accounts with their API keys and tokens, but not the activity. There is no way to open it without its passphrase. Where the service replaces a refresh token, only one copy stays valid: go on with one computer after restoring.'

function figure(count: number): string {
  return count.toLocaleString('en')
}

// --- Saving -------------------------------------------------------------------------------------------------

/** What the user saves elsewhere goes nowhere near the service. */
export function describeSavingError(error: CallError): Message {
  if (error.code !== 'problem' || error.problem.code !== 'storage-unwritable') return describeCallError(error)
  return {
    what: `The file couldn’t be saved (${error.problem.detail}). A file that was there before is unchanged.`,
    todo: 'Free some disk space, or save it in another folder.',
  }
}
