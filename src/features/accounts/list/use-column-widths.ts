import { computed, shallowRef } from 'vue'
import {
  COLUMNS,
  DEFAULT_COLUMN_WIDTHS,
  NARROWEST_COLUMN,
  WIDEST_COLUMN,
  type Column,
  type ColumnWidths,
} from '../../../../electron/shared/columns'
import { useSettings } from '../../../stores/settings'

/** The name keeps so much, in px, where columns are set wider than the window allows. */
const NAME_AT_LEAST = 140
const ACTIONS = 136
/** Beside them: a button that renews, in words and as an icon. */
const RENEW = 104
const NARROW_RENEW = 32

/** The widths that people set for the list's columns. While one is being dragged, main doesn't know of it yet. */
export function useColumnWidths(renews: () => boolean) {
  const settings = useSettings()
  const dragged = shallowRef<ColumnWidths | null>(null)
  const widths = computed(() => dragged.value ?? settings.settings?.columnWidths ?? DEFAULT_COLUMN_WIDTHS)
  /** For `grid-template-columns`; in a narrow list the refresh token stands below the JWT. */
  const styles = computed(() => ({
    '--list-columns': templateOf(COLUMNS, RENEW),
    '--narrow-columns': templateOf(['environment', 'jwt'], NARROW_RENEW),
  }))

  function templateOf(columns: readonly Column[], renew: number): string {
    return [
      `minmax(${String(NAME_AT_LEAST)}px, 1fr)`,
      ...columns.map((column) => `minmax(${String(NARROWEST_COLUMN)}px, ${String(widths.value[column])}px)`),
      `${String(ACTIONS + (renews() ? renew : 0))}px`,
    ].join(' ')
  }

  function drag(column: Column, width: number): void {
    const kept = Math.round(Math.max(NARROWEST_COLUMN, Math.min(width, WIDEST_COLUMN)))
    dragged.value = { ...widths.value, [column]: kept }
  }

  /** Stores what was dragged. */
  async function keep(): Promise<void> {
    const columnWidths = dragged.value
    if (columnWidths === null) return
    await settings.change({ columnWidths })
    if (dragged.value === columnWidths) dragged.value = null
  }

  async function set(column: Column, width: number): Promise<void> {
    drag(column, width)
    await keep()
  }

  return { widths, styles, drag, keep, set }
}
