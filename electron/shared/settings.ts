import * as z from 'zod/mini'
import { JWT_POLICIES, REFRESH_TOKEN_POLICIES } from './policy'
import { isFeedUrl } from './update-feed'
import { SORT_ORDERS } from './sort-order'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['comfortable', 'compact'] as const

const fields = {
  theme: z.enum(THEMES),
  density: z.enum(DENSITIES),
  sortBy: z.enum(SORT_ORDERS),
  /** Copying a JWT of a production environment asks first. */
  confirmsProductionCopy: z.boolean(),
  /** Opens the quick pick from anywhere, as Electron writes it (`Control+Alt+J`); null is off. */
  quickPickShortcut: z.nullable(z.string().check(z.maxLength(100))),
  /** A copied JWT has at least this much time left, in ms. */
  minimumJwtLifeMs: z.int().check(z.minimum(0), z.maximum(60 * MINUTE)),
  /** The clipboard is emptied this long after a copy, in ms; null is never. */
  clipboardClearMs: z.nullable(z.int().check(z.minimum(10_000), z.maximum(10 * MINUTE))),
  /** For accounts that don't say otherwise. */
  jwtPolicy: z.enum(JWT_POLICIES),
  refreshTokenPolicy: z.enum(REFRESH_TOKEN_POLICIES),
  /** How long before a refresh token expires the user is reminded, in ms; its expiry is notified in any case. */
  reminderLeadsMs: z.readonly(
    z.array(z.int().check(z.minimum(60 * MINUTE), z.maximum(60 * DAY))).check(z.maxLength(8)),
  ),
  desktopNotifications: z.boolean(),
  /** Closing the window leaves TokenDesk at work in the background. */
  staysInBackground: z.boolean(),
  /** Where to ask for the newest version; null is nowhere. */
  updateFeedUrl: z.nullable(z.string().check(z.refine(isFeedUrl))),
  /** With a passphrase set: locks when nobody has touched the machine for so long, in ms; null is never. */
  lockAfterIdleMs: z.nullable(z.int().check(z.minimum(MINUTE), z.maximum(60 * MINUTE))),
  locksOnSuspend: z.boolean(),
  locksOnScreenLock: z.boolean(),
  /** What the user said about keeping secrets where no keyring protects them. */
  unprotectedStorage: z.enum(['undecided', 'memory-only', 'accepted']),
}

export type Settings = z.output<z.ZodMiniObject<typeof fields>>

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'comfortable',
  sortBy: 'name',
  confirmsProductionCopy: false,
  quickPickShortcut: null,
  minimumJwtLifeMs: 5 * MINUTE,
  clipboardClearMs: 30_000,
  jwtPolicy: 'when-used',
  refreshTokenPolicy: 'remind',
  reminderLeadsMs: [7 * DAY, 3 * DAY, DAY],
  desktopNotifications: true,
  staysInBackground: true,
  updateFeedUrl: null,
  lockAfterIdleMs: 15 * MINUTE,
  locksOnSuspend: true,
  locksOnScreenLock: true,
  unprotectedStorage: 'undecided',
}

/** As stored: each field falls back to its default on its own, so that one bad value doesn't take the others along. */
export const settingsSchema = z.object(
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      z.catch(field as z.ZodMiniType, DEFAULT_SETTINGS[name as keyof Settings]),
    ]),
  ) as unknown as { readonly [Name in keyof Settings]: z.ZodMiniCatch<(typeof fields)[Name]> },
)

/** As asked for by the window: a bad value is refused. Storage and the shortcut are decided by calls of their own. */
export const settingsChangeSchema = z.partial(
  z.omit(z.strictObject(fields), { unprotectedStorage: true, quickPickShortcut: true }),
)

/** Absent fields stay as they are. */
export type SettingsChange = { readonly [Field in keyof Settings]?: Settings[Field] | undefined }

export function withChange(settings: Settings, change: SettingsChange): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}
