/** Environments that rows name and that aren't there, each once, with what may have been meant; and those that differ. */
import { checkName, nameKey } from '../../shared/account-fields'
import type { Environment } from '../../shared/environment'
import type {
  ImportEnvironment,
  OtherEnvironment,
  RowProblem,
  UnknownEnvironment,
} from '../../shared/transfer'
import { looksSame, mostAlike } from './look-alike'

/** By the file, of those that are there. */
export function describedOtherwise(
  described: readonly ImportEnvironment[],
  known: readonly Environment[],
): readonly OtherEnvironment[] {
  const byName = new Map(known.map((each) => [nameKey(each.name), each]))
  return described.flatMap((each) => {
    const environment = byName.get(nameKey(each.name))
    const isSame = environment?.baseUrl === each.baseUrl && environment.production === each.production
    return environment === undefined || isSame ? [] : [{ id: environment.id, described: each }]
  })
}

export class UnknownEnvironments {
  readonly #found = new Map<string, UnknownEnvironment>()
  readonly #described: ReadonlyMap<string, ImportEnvironment>

  /** `described`: by the file; `known`: those that are there. */
  constructor(
    described: readonly ImportEnvironment[],
    private readonly known: readonly Environment[],
  ) {
    this.#described = new Map(described.map((each) => [nameKey(each.name), each]))
  }

  get found(): readonly UnknownEnvironment[] {
    return [...this.#found.values()]
  }

  /** Of rows with other problems only names that the file itself describes: others may be anything (`ShownRow`). */
  add(name: string, problems: readonly RowProblem[]): void {
    if (!problems.some(({ field, reason }) => field === 'environment' && reason === 'unknown')) return
    const key = nameKey(name)
    const described = this.#described.get(key) ?? null
    const checked = checkName(name)
    if (!checked.ok || (described === null && problems.length > 1)) return
    const before = this.#found.get(key) ?? this.#new(checked.value, described)
    this.#found.set(key, { ...before, rows: before.rows + 1 })
  }

  #new(name: string, described: ImportEnvironment | null): UnknownEnvironment {
    const similar = mostAlike(name, this.known)
    return {
      name,
      rows: 0,
      described,
      similar:
        similar === undefined
          ? null
          : { id: similar.id, name: similar.name, looksSame: looksSame(similar.name, name) },
    }
  }
}
