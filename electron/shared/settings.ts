import * as z from 'zod/mini'
import { JWT_POLICIES, REFRESH_TOKEN_POLICIES } from './policy'
import { HIGHEST_PORT, LOWEST_PORT } from './gateway-formats'
import { isFeedUrl } from './update-feed'
import { DEFAULT_COLUMN_WIDTHS, NARROWEST_COLUMN, WIDEST_COLUMN } from './columns'
import { SORT_ORDERS } from './sort-order'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['comfortable', 'compact'] as const

const columnWidth = z.int().check(z.minimum(NARROWEST_COLUMN), z.maximum(WIDEST_COLUMN))

const fields = {
  theme: z.enum(THEMES),
  density: z.enum(DENSITIES),
  sortBy: z.enum(SORT_ORDERS),
  sortReversed: z.boolean(),
  columnWidths: z.readonly(z.object({ environment: columnWidth, jwt: columnWidth, refresh: columnWidth })),
  confirmsProductionCopy: z.boolean(),
  /** In Electron's notation (`Control+Alt+J`); null is off. */
  quickPickShortcut: z.nullable(z.string().check(z.maxLength(100))),
  /** In ms. */
  minimumJwtLifeMs: z.int().check(z.minimum(0), z.maximum(60 * MINUTE)),
  /** In ms after a copy; null is never. */
  clipboardClearMs: z.nullable(z.int().check(z.minimum(10_000), z.maximum(10 * MINUTE))),
  /** For accounts without their own choice. */
  jwtPolicy: z.enum(JWT_POLICIES),
  refreshTokenPolicy: z.enum(REFRESH_TOKEN_POLICIES),
  /** In ms before a refresh token expires; its expiry is always notified. */
  reminderLeadsMs: z.readonly(
    z.array(z.int().check(z.minimum(60 * MINUTE), z.maximum(60 * DAY))).check(z.maxLength(8)),
  ),
  desktopNotifications: z.boolean(),
  /** Closing the window keeps TokenDesk running in the background. */
  staysInBackground: z.boolean(),
  /** Null is off. */
  updateFeedUrl: z.nullable(z.string().check(z.refine(isFeedUrl))),
  /** The idle time, in ms, after which the app locks if a passphrase is set; null is never. */
  lockAfterIdleMs: z.nullable(z.int().check(z.minimum(MINUTE), z.maximum(60 * MINUTE))),
  locksOnSuspend: z.boolean(),
  locksOnScreenLock: z.boolean(),
  /** Where gateways listen; null: not chosen yet. */
  gatewayPort: z.nullable(z.int().check(z.minimum(LOWEST_PORT), z.maximum(HIGHEST_PORT))),
  /** The user's decision about storing secrets where no keyring protects them. */
  unprotectedStorage: z.enum(['undecided', 'memory-only', 'accepted']),
}

export type Settings = z.output<z.ZodMiniObject<typeof fields>>

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'comfortable',
  sortBy: 'name',
  sortReversed: false,
  columnWidths: DEFAULT_COLUMN_WIDTHS,
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
  gatewayPort: null,
  unprotectedStorage: 'undecided',
}

/** As stored: each field falls back to its default separately, so that one bad value doesn't affect the others. */
export const settingsSchema = z.object(
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      z.catch(field as z.ZodMiniType, DEFAULT_SETTINGS[name as keyof Settings]),
    ]),
  ) as unknown as { readonly [Name in keyof Settings]: z.ZodMiniCatch<(typeof fields)[Name]> },
)

/** As changed by the window: a bad value is refused. Storage, the shortcut and the port have calls of their own. */
export const settingsChangeSchema = z.partial(
  z.omit(z.strictObject(fields), { unprotectedStorage: true, quickPickShortcut: true, gatewayPort: true }),
)

/** Absent fields are unchanged. */
export type SettingsChange = { readonly [Field in keyof Settings]?: Settings[Field] | undefined }

export function withChange(settings: Settings, change: SettingsChange): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}
