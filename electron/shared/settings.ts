import * as z from 'zod'
import { JWT_POLICIES, REFRESH_TOKEN_POLICIES } from './renewal-policy'
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
  quickPickShortcut: z.string().max(100).nullable(),
  /** A copied JWT has at least this much life left, in ms. */
  minimumJwtLifeMs: z
    .int()
    .min(0)
    .max(60 * MINUTE),
  /** The clipboard is emptied this long after a copy, in ms; null is never. */
  clipboardClearMs: z
    .int()
    .min(10_000)
    .max(10 * MINUTE)
    .nullable(),
  /** For accounts that don't say otherwise. */
  jwtPolicy: z.enum(JWT_POLICIES),
  refreshTokenPolicy: z.enum(REFRESH_TOKEN_POLICIES),
  /** How long before a refresh token dies the user is reminded, in ms; its death is told in any case. */
  reminderLeadsMs: z
    .array(
      z
        .int()
        .min(60 * MINUTE)
        .max(60 * DAY),
    )
    .max(8)
    .readonly(),
  desktopNotifications: z.boolean(),
  /** Closing the window leaves TokenDesk at work in the background. */
  staysInBackground: z.boolean(),
  /** Where to ask for the newest version; null is nowhere. */
  updateFeedUrl: z.string().refine(isFeedUrl).nullable(),
  /** With a passphrase set: locks when nobody has touched the machine for so long, in ms; null is never. */
  lockAfterIdleMs: z
    .int()
    .min(MINUTE)
    .max(60 * MINUTE)
    .nullable(),
  locksOnSuspend: z.boolean(),
  locksOnScreenLock: z.boolean(),
  /** What the user said about keeping secrets where no keyring protects them. */
  unprotectedStorage: z.enum(['undecided', 'memory-only', 'accepted']),
}

export type Settings = z.output<z.ZodObject<typeof fields>>

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
export const settingsSchema = z.object({
  theme: fields.theme.catch(DEFAULT_SETTINGS.theme),
  density: fields.density.catch(DEFAULT_SETTINGS.density),
  sortBy: fields.sortBy.catch(DEFAULT_SETTINGS.sortBy),
  confirmsProductionCopy: fields.confirmsProductionCopy.catch(DEFAULT_SETTINGS.confirmsProductionCopy),
  quickPickShortcut: fields.quickPickShortcut.catch(DEFAULT_SETTINGS.quickPickShortcut),
  minimumJwtLifeMs: fields.minimumJwtLifeMs.catch(DEFAULT_SETTINGS.minimumJwtLifeMs),
  clipboardClearMs: fields.clipboardClearMs.catch(DEFAULT_SETTINGS.clipboardClearMs),
  jwtPolicy: fields.jwtPolicy.catch(DEFAULT_SETTINGS.jwtPolicy),
  refreshTokenPolicy: fields.refreshTokenPolicy.catch(DEFAULT_SETTINGS.refreshTokenPolicy),
  reminderLeadsMs: fields.reminderLeadsMs.catch(DEFAULT_SETTINGS.reminderLeadsMs),
  desktopNotifications: fields.desktopNotifications.catch(DEFAULT_SETTINGS.desktopNotifications),
  staysInBackground: fields.staysInBackground.catch(DEFAULT_SETTINGS.staysInBackground),
  updateFeedUrl: fields.updateFeedUrl.catch(DEFAULT_SETTINGS.updateFeedUrl),
  lockAfterIdleMs: fields.lockAfterIdleMs.catch(DEFAULT_SETTINGS.lockAfterIdleMs),
  locksOnSuspend: fields.locksOnSuspend.catch(DEFAULT_SETTINGS.locksOnSuspend),
  locksOnScreenLock: fields.locksOnScreenLock.catch(DEFAULT_SETTINGS.locksOnScreenLock),
  unprotectedStorage: fields.unprotectedStorage.catch(DEFAULT_SETTINGS.unprotectedStorage),
})

/** As asked for by the window: a bad value is refused. Storage and the shortcut are decided by calls of their own. */
export const settingsChangeSchema = z
  .strictObject(fields)
  .omit({ unprotectedStorage: true, quickPickShortcut: true })
  .partial()

/** Absent fields stay as they are. */
export type SettingsChange = { readonly [Field in keyof Settings]?: Settings[Field] | undefined }

export function withChange(settings: Settings, change: SettingsChange): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}
