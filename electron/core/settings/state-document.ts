/**
 * The one file that holds settings and environments: reads it at a start, migrates and repairs it, and writes it after
 * every change. A change that the disk refuses is undone. A damaged file is quarantined and defaults take its place.
 */
import * as z from 'zod/mini'
import { environmentId } from '../../shared/ids'
import { isKnownZone } from '../../shared/api-date'
import { checkBaseUrl } from '../../shared/base-url'
import { ENVIRONMENT_COLOURS, type Environment, type EnvironmentId } from '../../shared/environment'
import { columnMatching } from '../../shared/ipc/transfer-schemas'
import type { ColumnMatching } from '../../shared/transfer'
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '../../shared/settings'
import { errorFacts } from '../base/error-facts'
import { StorageUnwritableError } from '../base/errors'
import { migrate, type Migration } from '../base/migrate'
import type { Log, QuarantineReason, StateStore } from '../base/ports'
import { stateOfVersion2 } from './state-migrations'

/** From version N to N + 1; the newest version is one more than there are migrations. */
const MIGRATIONS: readonly Migration[] = [
  // 2: two names.
  stateOfVersion2,
]

const environmentSchema = z.object({
  id: environmentId,
  name: z.string().check(z.minLength(1)),
  baseUrl: z.string().check(z.refine((text) => checkBaseUrl(text).ok)),
  production: z.boolean(),
  colour: z.catch(z.enum(ENVIRONMENT_COLOURS), 'blue'),
  // An unknown zone would make every date without an offset unreadable.
  defaultTimeZone: z.catch(z.string().check(z.refine(isKnownZone)), 'UTC'),
  clockSkewMs: z.catch(z.nullable(z.number()), null),
  revision: z.catch(z.int(), 0),
  // Files from before addresses had to be confirmed lack it; an invalid value confirms nothing.
  addressConfirmed: z._default(z.catch(z.boolean(), false), true),
})

const stateSchema = z.object({
  settings: z.record(z.string(), z.unknown()),
  environments: z.array(z.unknown()),
  grantedFrom: z.optional(z.catch(z.record(z.string(), z.array(z.string())), {})),
  columnMatchings: z.catch(z._default(z.array(columnMatching()), []), []),
})

export interface StateContent {
  readonly settings: Settings
  /** Their `doubt` is kept in memory only. */
  readonly environments: ReadonlyMap<EnvironmentId, Environment>
  /** By environment, the base URLs that have granted something; undefined where an older file lacks them. */
  readonly grantedFrom: ReadonlyMap<string, readonly string[]> | undefined
  /** The latest first. */
  readonly columnMatchings: readonly ColumnMatching[]
}

/** `isReset`: nothing in the file was readable. Otherwise only parts of it were invalid. */
export interface StateRepair {
  /** The name under which the original file is kept. */
  readonly keptAs: string
  readonly isReset: boolean
}

export class StateDocument {
  #content: StateContent = {
    settings: DEFAULT_SETTINGS,
    environments: new Map(),
    grantedFrom: new Map(),
    columnMatchings: [],
  }
  /** A file that could be neither read nor quarantined: it must not be overwritten. */
  #inTheWay: QuarantineReason | null = null
  #repair: StateRepair | null = null

  constructor(
    private readonly store: StateStore,
    private readonly log: Log,
    private readonly migrations: readonly Migration[] = MIGRATIONS,
  ) {}

  /** Reads the file once. `repair` says what had to be repaired. */
  load(): void {
    const stored = this.store.read()
    if (stored.kind === 'missing') return
    const migrated = stored.kind === 'text' ? migrate(stored.text, this.migrations) : null
    if (migrated?.kind === 'current' || migrated?.kind === 'migrated') {
      const state = stateSchema.safeParse(migrated.document)
      if (state.success) {
        this.#content = contentOf(state.data)
        // Account records may still know an environment that is invalid here.
        if (!isAsStored(state.data, this.#content)) this.#keepAndSave('damaged')
        else if (migrated.kind === 'migrated') this.#keepAndSave('before-migration')
        return
      }
    }
    const why = migrated?.kind === 'future' ? 'newer-version' : 'damaged'
    this.#repair = { keptAs: this.#quarantine(why), isReset: true }
  }

  /** Null when the file was read as it was. */
  get repair(): StateRepair | null {
    return this.#repair
  }

  get content(): StateContent {
    return this.#content
  }

  /** Throws `StorageUnwritableError`; the content is then as before. */
  change(part: Partial<StateContent>): void {
    const before = this.#content
    this.changeInMemory(part)
    try {
      this.#save()
    } catch (error) {
      this.#content = before
      // The file may hold the change all the same, and the next start would show it.
      if (error instanceof StorageUnwritableError && error.mayBeThere) this.#saveIfPossible()
      throw error
    }
  }

  /** For what is not worth an error: if the disk refuses it, the next change writes it too. */
  changeIfPossible(part: Partial<StateContent>): void {
    this.changeInMemory(part)
    this.#saveIfPossible()
  }

  changeInMemory(part: Partial<StateContent>): void {
    this.#content = { ...this.#content, ...part }
  }

  /** For what the file has lost or has wrong; it is kept as it was. A quarantined file is kept already. */
  changeAndKeepFile(part: Partial<StateContent>): void {
    this.changeInMemory(part)
    if (this.store.read().kind === 'text') this.#keepAndSave('damaged')
    else this.#saveIfPossible()
  }

  // A full or read-only disk must not keep the app from starting: tidying up waits then.
  #keepAndSave(why: QuarantineReason): void {
    try {
      const keptAs = this.store.keepCopy(why)
      if (why === 'damaged') this.#repair ??= { keptAs, isReset: false }
      this.#save()
    } catch (error) {
      this.log.warn('settings not rewritten', { why, ...errorFacts(error) })
    }
  }

  #quarantine(why: QuarantineReason): string {
    try {
      const keptAs = this.store.quarantine(why)
      this.log.warn('settings quarantined', { keptAs })
      return keptAs
    } catch (error) {
      this.#inTheWay = why
      this.log.warn('settings can be neither read nor quarantined', errorFacts(error))
      return 'tokendesk.json'
    }
  }

  #saveIfPossible(): void {
    try {
      this.#save()
    } catch (error) {
      this.log.warn('settings not saved', errorFacts(error))
    }
  }

  #save(): void {
    if (this.#inTheWay !== null) this.store.quarantine(this.#inTheWay)
    this.#inTheWay = null
    const { settings, environments, grantedFrom, columnMatchings } = this.#content
    this.store.write({
      version: this.migrations.length + 1,
      settings,
      environments: Array.from(environments.values(), ({ doubt: _, ...environment }) => environment),
      grantedFrom: Object.fromEntries(grantedFrom ?? []),
      columnMatchings,
    })
  }
}

/** Null where it is no environment. */
export function readEnvironment(stored: unknown): Environment | null {
  const parsed = environmentSchema.safeParse(stored)
  return parsed.success ? { ...parsed.data, doubt: null } : null
}

function contentOf({
  settings,
  environments,
  grantedFrom,
  columnMatchings,
}: z.output<typeof stateSchema>): StateContent {
  return {
    settings: settingsSchema.parse(settings),
    environments: new Map(
      environments.flatMap((each) => {
        const environment = readEnvironment(each)
        return environment === null ? [] : [[environment.id, environment] as const]
      }),
    ),
    grantedFrom: grantedFrom && new Map(Object.entries(grantedFrom)),
    columnMatchings,
  }
}

/** Whether everything in the file was taken over. What an older version didn't write is no damage. */
function isAsStored(stored: z.output<typeof stateSchema>, { settings, environments }: StateContent): boolean {
  return (
    isTakenOver(stored.settings, settings) &&
    environments.size === stored.environments.length &&
    Array.from(environments.values()).every((each, index) => isTakenOver(stored.environments[index], each))
  )
}

function isTakenOver(stored: unknown, taken: object): boolean {
  const said = new Map(Object.entries(stored ?? {}))
  return Object.entries(taken).every(
    ([name, value]) => !said.has(name) || JSON.stringify(said.get(name)) === JSON.stringify(value),
  )
}
