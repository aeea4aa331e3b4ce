import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Result } from '../../electron/shared/ipc/contract'
import type { ImportPreview } from '../../electron/shared/ipc/transfer-schemas'
import type { EnvironmentId } from '../../electron/shared/environment'
import {
  ACCOUNT_CHANGES,
  IMPORT_MAX_BYTES,
  REQUIRED_COLUMNS,
  rowCount,
  type AccountChange,
  type ColumnMatching,
  type EnvironmentAlias,
  type ImportProgress,
  type ImportResult,
  type PreviewRow,
  type RowOutcome,
  type UnmatchedColumns,
} from '../../electron/shared/transfer'
import {
  asSentence,
  FILE_UNREADABLE,
  importFailure,
  outcomeSummary,
  PREVIEW_USED_UP,
  RESULTS_SAVED,
  TOO_LARGE,
  describeCallError,
  type Message,
} from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useMessages } from './messages'

const NOTHING_CHOSEN: Readonly<Record<AccountChange, ReadonlySet<number>>> = {
  apiKey: new Set(),
  partner: new Set(),
  tags: new Set(),
  note: new Set(),
}

export type GoodPreview = Extract<ImportPreview, { ok: true }>

/** One import at a time, from choosing a file to the outcome of each row. */
export const useTransfer = defineStore('transfer', () => {
  const { bridge, time } = useApp()
  const messages = useMessages()

  const step = shallowRef<'choose' | 'reading' | 'match' | 'preview' | 'running' | 'done'>('choose')
  /** Columns whose headings are not ours, while the user matches them. */
  const unmatched = shallowRef<UnmatchedColumns | null>(null)
  const matching = shallowRef<ColumnMatching | null>(null)
  /** Environments that were meant by names that don't exist. */
  let aliases: readonly EnvironmentAlias[] = []
  /** The rows, by index, in which each change of an existing account is chosen. */
  const chosen = shallowRef<Readonly<Record<AccountChange, ReadonlySet<number>>>>(NOTHING_CHOSEN)
  const preview = shallowRef<GoodPreview | null>(null)
  /** The preview's rows received so far, in file order. */
  const rows = shallowRef<readonly PreviewRow[]>([])
  const progress = shallowRef<ImportProgress | null>(null)
  const outcomes = shallowRef<readonly RowOutcome[]>([])
  /** How many rows can be run once more. */
  const retryable = shallowRef(0)
  const cancelling = shallowRef(false)
  const trouble = shallowRef<Message | null>(null)
  /** Contains API keys, so it is never reactive and is dropped as soon as it is no longer needed. */
  let content: string | Uint8Array<ArrayBuffer> | null = null
  /** Increases when the dialog closes: later responses belong to a closed import. */
  let turn = 0
  /** Whether a call waits for the result of the running import. */
  let isAsking = false

  bridge.on('importProgressed', (now) => {
    if (step.value === 'running') progress.value = now
  })

  // Of an import that was started by a window that is closed by now, or before the app was locked.
  bridge.on('importEnded', () => {
    if (step.value === 'running' && !isAsking) void resume()
  })

  bridge.on('lockChanged', ({ lock }) => {
    if (lock.isLocked) leave()
  })

  const toAdd = computed(() => preview.value?.counts.add ?? 0)
  const toUpdate = computed(() => new Set(Object.values(chosen.value).flatMap((rows) => [...rows])).size)
  /** What must still be matched. */
  const unmatchedColumns = computed(() =>
    REQUIRED_COLUMNS.filter(
      (column) =>
        matching.value?.columns.includes(column) !== true &&
        (column !== 'environment' || matching.value?.environmentId == null),
    ),
  )

  /** Of a file that was dropped on the window; the dialog reads it when it opens. */
  let dropped: File | null = null
  function offer(file: File): void {
    dropped = file
  }
  async function readDropped(): Promise<void> {
    const file = dropped
    dropped = null
    if (file !== null) await readFile(file)
  }

  async function readFile(file: File): Promise<void> {
    if (file.size > IMPORT_MAX_BYTES) {
      trouble.value = TOO_LARGE
      return
    }
    const mine = turn
    step.value = 'reading'
    const bytes = await file.arrayBuffer().catch(() => null)
    if (mine !== turn) return
    if (bytes === null) {
      step.value = 'choose'
      trouble.value = FILE_UNREADABLE
      return
    }
    await read(new Uint8Array(bytes))
  }

  async function readText(text: string): Promise<void> {
    if (text.length > IMPORT_MAX_BYTES) trouble.value = TOO_LARGE
    else await read(text)
  }

  async function read(wanted: string | Uint8Array<ArrayBuffer>): Promise<void> {
    content = wanted
    unmatched.value = null
    matching.value = null
    aliases = []
    await readAgain()
  }

  /** Reads the same content again after unknown environments were added. */
  async function readAgain(): Promise<void> {
    if (content === null) return
    const mine = turn
    step.value = 'reading'
    trouble.value = null
    const choices = {
      ...(matching.value !== null && {
        matching: { ...matching.value, columns: [...matching.value.columns] },
      }),
      ...(aliases.length > 0 && { aliases: [...aliases] }),
    }
    const result = await bridge.previewImport({ content, ...choices }).catch(() => null)
    if (mine !== turn) return
    if (result?.ok === true && result.value.ok) {
      preview.value = result.value
      rows.value = result.value.rows
      chosen.value = NOTHING_CHOSEN
      step.value = 'preview'
      await readRows(result.value)
      return
    }
    if (result?.ok === true && !result.value.ok && result.value.failure.code === 'unmatched-columns') {
      askForColumns(result.value.failure.unmatched)
      return
    }
    if (result?.ok === true && !result.value.ok) trouble.value = importFailure(result.value.failure)
    else trouble.value = describeCallError(result?.ok === false ? result.error : { code: 'internal' })
    content = null
    forgetPreview()
    step.value = 'choose'
  }

  function forgetPreview(): void {
    preview.value = null
    rows.value = []
    chosen.value = NOTHING_CHOSEN
  }

  function askForColumns(columns: UnmatchedColumns): void {
    const { id, hasHeadings, environmentId } = columns
    forgetPreview()
    unmatched.value = columns
    matching.value = { id, hasHeadings, environmentId, columns: columns.columns.map(({ guess }) => guess) }
    step.value = 'match'
  }

  function match(part: Partial<ColumnMatching>): void {
    if (matching.value !== null) matching.value = { ...matching.value, ...part }
  }

  /** Back to the columns, as they were matched. */
  function matchAgain(): void {
    if (unmatched.value !== null && step.value === 'preview') {
      forgetPreview()
      step.value = 'match'
    }
  }

  /** Rows that name `name` mean this environment. */
  async function mean(name: string, environmentId: EnvironmentId): Promise<void> {
    aliases = [...aliases, { name, environmentId }]
    await readAgain()
  }

  function choose(change: AccountChange, indexes: readonly number[], isChosen: boolean): void {
    const now = new Set(chosen.value[change])
    for (const index of indexes) {
      if (isChosen) now.add(index)
      else now.delete(index)
    }
    chosen.value = { ...chosen.value, [change]: now }
  }

  /** All rows received so far in which this can be changed. */
  function rowsWith(change: AccountChange): readonly number[] {
    return rows.value.flatMap(({ changes }, index) => (changes.includes(change) ? [index] : []))
  }

  /** Each row costs the window time, so the first ones are shown before the others arrive. */
  async function readRows({ planId, counts }: GoodPreview): Promise<void> {
    const isWanted = (): boolean => preview.value?.planId === planId && step.value === 'preview'
    while (rows.value.length < rowCount(counts)) {
      await new Promise<void>((idle) => time.whenIdle(idle))
      if (!isWanted()) return
      const next = await bridge.getImportRows({ planId, from: rows.value.length }).catch(() => null)
      if (!isWanted()) return
      if (next?.ok !== true || next.value.length === 0) {
        trouble.value = describeCallError(next?.ok === false ? next.error : { code: 'internal' })
        return
      }
      rows.value = [...rows.value, ...next.value]
    }
  }

  async function run(): Promise<void> {
    const plan = preview.value
    if (plan === null || step.value !== 'preview') return
    const mine = turn
    step.value = 'running'
    trouble.value = null
    cancelling.value = false
    progress.value = {
      total: rowCount(plan.counts),
      done: 0,
      added: 0,
      updated: 0,
      failed: 0,
      skipped: 0,
      isPaused: false,
      waitsUntil: null,
    }
    // Main has read it; this window no longer needs the keys.
    content = null
    const updates = Object.fromEntries(
      ACCOUNT_CHANGES.flatMap((change) =>
        chosen.value[change].size > 0 ? [[change, [...chosen.value[change]]]] : [],
      ),
    )
    const result = await asking(() => bridge.runImport({ planId: plan.planId, updates }))
    if (mine !== turn) {
      tellLater(result)
      return
    }
    forgetPreview()
    if (result.ok) {
      show(result.value)
      return
    }
    step.value = 'choose'
    trouble.value = result.error.code === 'not-found' ? PREVIEW_USED_UP : describeCallError(result.error)
  }

  /** Runs what can be run once more: main still has those rows. */
  async function retryFailed(): Promise<void> {
    if (step.value !== 'done' || retryable.value === 0) return
    const mine = turn
    cancelling.value = false
    trouble.value = null
    step.value = 'running'
    const result = await asking(() => bridge.retryImport(undefined))
    if (mine !== turn) {
      tellLater(result)
      return
    }
    if (result.ok) show(result.value)
    else {
      step.value = 'done'
      trouble.value = describeCallError(result.error)
    }
  }

  /** The dialog is closed, but the result of its import must still be told. A locked app keeps it. */
  function tellLater(result: Result<ImportResult>): void {
    if (!result.ok) return
    messages.say(outcomeSummary(result.value.outcomes))
    void bridge.cancelImport(undefined)
  }

  function show(result: ImportResult): void {
    outcomes.value = result.outcomes
    retryable.value = result.retryable
    progress.value = null
    step.value = 'done'
  }

  async function asking(call: () => Promise<Result<ImportResult>>): Promise<Result<ImportResult>> {
    isAsking = true
    return await call()
      .catch((): Result<ImportResult> => ({ ok: false, error: { code: 'internal' } }))
      .finally(() => {
        isAsking = false
      })
  }

  /** Finds an import that runs, or has ended unseen: the app was locked, or its window closed. */
  async function resume(): Promise<boolean> {
    const mine = turn
    const state = await bridge.getImport(undefined).catch(() => null)
    if (mine !== turn || state?.ok !== true || state.value.is === 'none') return false
    if (state.value.is === 'done') show(state.value)
    else {
      progress.value = state.value.progress
      step.value = 'running'
    }
    return true
  }

  async function pause(paused: boolean): Promise<void> {
    const result = await bridge.pauseImport({ paused })
    if (!result.ok) trouble.value = describeCallError(result.error)
  }

  /** Logins in progress are finished first. */
  async function cancel(): Promise<void> {
    cancelling.value = true
    const result = await bridge.cancelImport(undefined)
    if (!result.ok) {
      cancelling.value = false
      trouble.value = describeCallError(result.error)
    }
  }

  async function saveOutcomes(): Promise<void> {
    const result = await bridge.saveImportOutcomes(undefined)
    if (!result.ok) messages.say(asSentence(describeCallError(result.error)), 'bad')
    else if (result.value) messages.say(RESULTS_SAVED)
  }

  /** Discards everything, first of all the text with the keys. A result was seen. */
  function reset(): void {
    const { value } = step
    leave()
    if (value === 'preview' || value === 'done') void bridge.cancelImport(undefined)
  }

  /** Keeps what main has of it. */
  function leave(): void {
    content = null
    unmatched.value = null
    matching.value = null
    aliases = []
    turn += 1
    step.value = 'choose'
    forgetPreview()
    progress.value = null
    outcomes.value = []
    retryable.value = 0
    cancelling.value = false
    trouble.value = null
  }

  return {
    step,
    preview,
    rows,
    progress,
    outcomes,
    retryable,
    cancelling,
    trouble,
    toAdd,
    toUpdate,
    unmatched,
    matching,
    unmatchedColumns,
    chosen,
    match,
    matchAgain,
    mean,
    choose,
    rowsWith,
    offer,
    readDropped,
    readFile,
    readText,
    readAgain,
    run,
    retryFailed,
    resume,
    pause,
    cancel,
    saveOutcomes,
    reset,
  }
})
