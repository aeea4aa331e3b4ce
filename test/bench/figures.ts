/** What was measured, held against its limit. */
export interface Measure {
  readonly name: string
  readonly unit: 'ms' | 'MB' | '%' | 'kB' | 'callbacks' | 'a second'
  readonly runs: readonly number[]
  /** One for each run, measured beside it; null where the limit is absolute. */
  readonly reference: readonly number[] | null
  /** `most`: null is told for comparison and breaks nothing. */
  readonly limit: {
    readonly of: 'ratio' | 'p95 ratio' | 'difference' | 'median' | 'p95'
    readonly most: number | null
  }
}

export interface Figure {
  readonly name: string
  readonly unit: Measure['unit']
  /** What the limit is about. */
  readonly value: number
  readonly reference: number | null
  readonly referenceP95: number | null
  readonly ratio: number | null
  readonly limit: number | null
  readonly limitOf: Measure['limit']['of']
  readonly runs: number
  readonly median: number
  readonly p95: number
  readonly kept: boolean
}

export function figureOf({ name, unit, runs, reference, limit }: Measure): Figure {
  const median = quantile(runs, 0.5)
  const p95 = quantile(runs, 0.95)
  const floor = reference === null ? null : quantile(reference, 0.5)
  const ratio = reference === null || limit.of === 'p95 ratio' ? null : ratioOf(runs, reference)
  const referenceP95 = reference === null ? null : quantile(reference, 0.95)
  const values = {
    ratio: ratio ?? Number.NaN,
    'p95 ratio': p95 / (referenceP95 ?? Number.NaN),
    difference: median - (floor ?? 0),
    median,
    p95,
  }
  const value = values[limit.of]
  return {
    ...{ name, unit, value, reference: floor, referenceP95, ratio },
    ...{ limit: limit.most, limitOf: limit.of },
    ...{ runs: runs.length, median, p95, kept: limit.most === null || value <= limit.most },
  }
}

/** Of each run to what was measured beside it: a machine that is slower for a minute is so for both. */
function ratioOf(runs: readonly number[], reference: readonly number[]): number {
  if (runs.length !== reference.length) throw new Error('there is not one reference for each run')
  return quantile(
    runs.map((value, run) => value / (reference[run] ?? Number.NaN)),
    0.5,
  )
}

export function table(figures: readonly Figure[]): string {
  const lines = figures.map(({ name, unit, value, limit, limitOf, median, p95, kept, ...of }) =>
    [
      ...[name, `${round(median)} ${unit}`, `${round(p95)} ${unit}`],
      of.reference === null ? '' : `${round(of.reference)} ${unit}`,
      of.referenceP95 === null ? '' : `${round(of.referenceP95)} ${unit}`,
      `${limitOf} ${round(value)}, ${limit === null ? 'no limit' : `limit ${round(limit)}`}`,
      limit === null ? '' : kept ? 'kept' : 'BROKEN',
    ].join(' | '),
  )
  return [
    'measure | median | p95 | reference | its p95 | against its limit | ',
    '--- | --- | --- | --- | --- | --- | ---',
    ...lines,
  ]
    .map((line) => `| ${line} |`)
    .join('\n')
}

/** The nearest rank: a value that was measured. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
