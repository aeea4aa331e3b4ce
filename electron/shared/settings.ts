import * as z from 'zod'

const MINUTE = 60_000

const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['comfortable', 'compact'] as const

const fields = {
  theme: z.enum(THEMES),
  density: z.enum(DENSITIES),
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
  /** What the user said about keeping secrets where no keyring protects them. */
  unprotectedStorage: z.enum(['undecided', 'memory-only', 'accepted']),
}

export type Settings = z.output<z.ZodObject<typeof fields>>

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'comfortable',
  minimumJwtLifeMs: 5 * MINUTE,
  clipboardClearMs: 30_000,
  unprotectedStorage: 'undecided',
}

/** As stored: each field falls back to its default on its own, so that one bad value doesn't take the others along. */
export const settingsSchema = z.object({
  theme: fields.theme.catch(DEFAULT_SETTINGS.theme),
  density: fields.density.catch(DEFAULT_SETTINGS.density),
  minimumJwtLifeMs: fields.minimumJwtLifeMs.catch(DEFAULT_SETTINGS.minimumJwtLifeMs),
  clipboardClearMs: fields.clipboardClearMs.catch(DEFAULT_SETTINGS.clipboardClearMs),
  unprotectedStorage: fields.unprotectedStorage.catch(DEFAULT_SETTINGS.unprotectedStorage),
})

/** As asked for by the window: a bad value is refused. Storage is decided by a call of its own. */
export const settingsChangeSchema = z.strictObject(fields).omit({ unprotectedStorage: true }).partial()

/** Absent fields stay as they are. */
export type SettingsChange = { readonly [Field in keyof Settings]?: Settings[Field] | undefined }

export function withChange(settings: Settings, change: SettingsChange): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return { ...settings, ...Object.fromEntries(given) }
}
