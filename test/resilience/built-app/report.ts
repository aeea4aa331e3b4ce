/** What is printed at the end, and kept. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Part } from './options'

export interface PartResult {
  readonly broken: readonly string[]
}

export interface Finished {
  readonly part: Part
  readonly durationMs: number
  readonly result: PartResult
}

/** More would hide the first ones. */
const MOST_SHOWN = 20

export function keepResults(file: string, run: object, finished: readonly Finished[]): void {
  const parts = Object.fromEntries(
    finished.map(({ part, durationMs, result }) => [part, { ...result, durationMs: Math.round(durationMs) }]),
  )
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ ...run, parts }, null, 2)}\n`)
}

/** One line for each figure, nested ones by their path, and then what was broken. */
export function table(finished: readonly Finished[]): string {
  const rows = finished.flatMap(({ part, durationMs, result: { broken, ...figures } }) => [
    ...figuresOf(figures).map(([name, value]) => [part, name, value] as const),
    [part, 'took', `${(durationMs / 1000).toFixed(0)} s`] as const,
    [part, 'promises broken', String(broken.length)] as const,
  ])
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map(
    ([part, name, value]) => `${part.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${value}`,
  )
  return [...lines, ...finished.flatMap(brokenLines)].join('\n')
}

/** What nothing is known of, since it could not be tried here: one line each. */
export function untried(finished: readonly Finished[]): readonly string[] {
  return finished.flatMap(({ part, result }) =>
    figuresOf(result)
      .filter(([name, value]) => /(?:^|: )possible$/u.test(name) && value === 'false')
      .map(([name]) => {
        const what = [part, ...name.split(': ').slice(0, -1)].join(', ')
        return `${what}: not tried, since no file system can be mounted here (it takes root on Linux)`
      }),
  )
}

function figuresOf(figures: object, path = ''): [string, string][] {
  return Object.entries(figures).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? figuresOf(value, `${path}${words(name)}: `)
      : [[`${path}${words(name)}`, String(value)] as [string, string]],
  )
}

/** `maxInFlight` -> `max in flight`. */
function words(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
}

function brokenLines({ part, result: { broken } }: Finished): string[] {
  const more = broken.length - MOST_SHOWN
  return [
    ...broken.slice(0, MOST_SHOWN).map((what) => `BROKEN  ${part}: ${what}`),
    ...(more > 0 ? [`BROKEN  ${part}: and ${String(more)} more, see the results`] : []),
  ]
}
