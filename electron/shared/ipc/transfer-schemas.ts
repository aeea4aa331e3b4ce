/** The schemas of import: preview, progress, and outcome of each row. */
import * as z from 'zod/mini'
import { accountProfile } from '../account'
import { environmentId } from '../ids'
import {
  ACCOUNT_CHANGES,
  IMPORT_COLUMNS,
  IMPORT_MAX_ROWS,
  type BackupResult,
  type ChosenChanges,
  type ColumnMatching,
  type ImportFailure,
  type ImportProgress,
  type ImportResult,
  type ImportState,
  type PlanCounts,
  type PreviewRow,
  type RestoreResult,
  type RowOutcome,
  type RowProblem,
} from '../transfer'
import { lazy } from '../lazy'
import { WRAPPINGS } from '../pasted-key'
import { callError } from './result'
import { instant, unseenCharacter } from './schemas'

const column = lazy(() => z.enum(IMPORT_COLUMNS))
const nameProblem = z.enum(['empty', 'too-long', 'control-character'])
const tagProblem = z.enum(['empty', 'too-long', 'control-character', 'too-many'])

const importFailure = lazy(
  () =>
    z.discriminatedUnion('code', [
      z.object({ code: z.enum(['too-large', 'binary', 'not-utf8', 'empty', 'no-rows', 'too-many-rows']) }),
      z.object({ code: z.literal('missing-columns'), columns: z.readonly(z.array(column())) }),
      z.object({ code: z.literal('repeated-column'), column: column() }),
      z.object({
        code: z.enum(['row-too-long', 'unclosed-quote', 'not-json', 'too-deep']),
        line: z.number(),
      }),
      z.object({ code: z.literal('other-format') }),
      z.object({ code: z.literal('newer-version'), version: z.number() }),
      z.object({
        code: z.literal('unmatched-columns'),
        unmatched: z.object({
          id: z.string(),
          hasHeadings: z.boolean(),
          mayLackHeadings: z.boolean(),
          environmentId: z.nullable(environmentId),
          columns: z.readonly(
            z.array(
              z.object({
                heading: z.string(),
                samples: z.readonly(z.array(z.string())),
                guess: z.nullable(column()),
              }),
            ),
          ),
        }),
      }),
    ]) satisfies z.ZodMiniType<ImportFailure>,
)

const rowProblem = lazy(
  () =>
    z.union([
      z.object({ field: z.literal('row'), reason: z.enum(['extra-cells', 'stray-quote', 'not-an-object']) }),
      z.object({ field: column(), reason: z.literal('not-text') }),
      z.object({ field: z.literal('name'), reason: nameProblem }),
      z.object({ field: z.literal('name'), reason: z.literal('repeated'), line: z.number() }),
      z.object({ field: z.enum(['type', 'remember']), reason: z.literal('unknown') }),
      z.object({ field: z.literal('environment'), reason: z.enum(['empty', 'unknown']) }),
      z.object({
        field: z.literal('apiKey'),
        reason: z.enum([
          'empty',
          'too-long',
          'inner-whitespace',
          'invisible-character',
          'number',
          'too-narrow',
          'error-value',
          'shortened',
        ]),
        unseen: z.optional(unseenCharacter()),
      }),
      z.object({ field: z.literal('tags'), reason: tagProblem }),
      z.object({ field: z.literal('note'), reason: z.literal('too-long') }),
      z.object({
        field: z.literal('partner'),
        reason: z.enum([
          'unknown',
          'other-environment',
          'not-a-partner',
          'not-added',
          'itself',
          'of-a-partner',
        ]),
      }),
    ]) satisfies z.ZodMiniType<RowProblem>,
)

export const previewRow = lazy(
  () =>
    z.object({
      line: z.number(),
      name: z.string(),
      environment: z.nullable(z.string()),
      kind: z.nullable(accountProfile.kindChoice),
      partner: z.nullable(z.string()),
      plan: z.enum(['add', 'skip', 'leave-out']),
      problems: z.readonly(z.array(rowProblem())),
      removed: z.readonly(z.array(z.enum(WRAPPINGS))),
      changes: z.readonly(z.array(z.enum(ACCOUNT_CHANGES))),
    }) satisfies z.ZodMiniType<PreviewRow>,
)

const planCounts = lazy(
  () =>
    z.object({
      add: z.number(),
      skip: z.number(),
      'leave-out': z.number(),
    }) satisfies z.ZodMiniType<PlanCounts>,
)

const importEnvironment = z.object({ name: z.string(), baseUrl: z.string(), production: z.boolean() })

export const importPreview = lazy(() =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(false), failure: importFailure() }),
    z.object({
      ok: z.literal(true),
      /** Passed to `runImport`. */
      planId: z.string(),
      counts: planCounts(),
      /** In how many rows each change of an existing account can be chosen. */
      changes: z.object({ apiKey: z.int(), partner: z.int(), tags: z.int(), note: z.int() }),
      /** The first rows; `getImportRows` has the others. */
      rows: z.readonly(z.array(previewRow())),
      unknownColumns: z.readonly(z.array(z.string())),
      /** Existing environments that the file describes otherwise. */
      otherEnvironments: z.readonly(z.array(z.object({ id: environmentId, described: importEnvironment }))),
      /** After adding these, a new preview accepts their rows. */
      unknownEnvironments: z.readonly(
        z.array(
          z.object({
            name: z.string(),
            rows: z.number(),
            described: z.nullable(importEnvironment),
            similar: z.nullable(z.object({ id: environmentId, name: z.string(), looksSame: z.boolean() })),
          }),
        ),
      ),
    }),
  ]),
)
/** What importing a file would do; never contains an API key. */
export type ImportPreview = Readonly<z.output<ReturnType<typeof importPreview>>>

/** As the user has matched the columns. */
export const columnMatching = lazy(
  () =>
    z.object({
      id: z.string().check(z.maxLength(32)),
      hasHeadings: z.boolean(),
      columns: z.readonly(z.array(z.nullable(column())).check(z.maxLength(2000))),
      environmentId: z.nullable(environmentId),
    }) satisfies z.ZodMiniType<ColumnMatching>,
)

/** Rows of existing accounts, by their indexes, for each change. */
export const chosenChanges = lazy(
  () =>
    z.partial(
      z.object({ apiKey: rowIndexes(), partner: rowIndexes(), tags: rowIndexes(), note: rowIndexes() }),
    ) satisfies z.ZodMiniType<ChosenChanges>,
)
const rowIndexes = lazy(() => z.array(z.int().check(z.minimum(0))).check(z.maxLength(IMPORT_MAX_ROWS)))

export const importProgress = lazy(
  () =>
    z.object({
      total: z.number(),
      done: z.number(),
      added: z.number(),
      updated: z.number(),
      failed: z.number(),
      skipped: z.number(),
      isPaused: z.boolean(),
      waitsUntil: z.nullable(instant),
    }) satisfies z.ZodMiniType<ImportProgress>,
)

const rowOutcome = lazy(
  () =>
    z.object({
      line: z.number(),
      name: z.string(),
      outcome: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('added'), sameKeyAs: z.optional(z.string()) }),
        z.object({ kind: z.enum(['already-there', 'updated', 'cancelled']) }),
        z.object({ kind: z.literal('has-problems'), problems: z.readonly(z.array(rowProblem())) }),
        z.object({ kind: z.literal('refused'), error: callError() }),
        z.object({ kind: z.enum(['partner-not-added', 'partner-is-company']) }),
      ]),
    }) satisfies z.ZodMiniType<RowOutcome>,
)

const importResultFields = lazy(() => ({
  outcomes: z.readonly(z.array(rowOutcome())),
  retryable: z.int(),
}))

export const importResult = lazy(() => z.object(importResultFields()) satisfies z.ZodMiniType<ImportResult>)

export const importState = lazy(
  () =>
    z.discriminatedUnion('is', [
      z.object({ is: z.literal('none') }),
      z.object({ is: z.literal('running'), progress: importProgress() }),
      z.object({ is: z.literal('done'), ...importResultFields() }),
    ]) satisfies z.ZodMiniType<ImportState>,
)

export const backupResult = lazy(
  () =>
    z.object({
      withoutSecrets: z.readonly(z.array(z.string())),
      leftOut: z.readonly(z.array(z.string())),
    }) satisfies z.ZodMiniType<BackupResult>,
)

export const restoreResult = lazy(
  () =>
    z.object({
      restored: z.number(),
      skipped: z.number(),
      tookSettings: z.boolean(),
      refused: z.readonly(
        z.array(
          z.object({
            name: z.string(),
            problems: z.readonly(
              z.array(
                z.union([
                  z.object({ field: z.literal('name'), reason: nameProblem }),
                  z.object({ field: z.literal('tags'), reason: tagProblem }),
                  z.object({ field: z.literal('note'), reason: z.literal('too-long') }),
                ]),
              ),
            ),
          }),
        ),
      ),
    }) satisfies z.ZodMiniType<RestoreResult>,
)
