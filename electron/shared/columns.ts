/** The list's columns whose width people can set; the name has what they leave. Apart from the settings' schemas, as the sort orders. */
export const COLUMNS = ['environment', 'jwt', 'refresh'] as const
export type Column = (typeof COLUMNS)[number]

/** In CSS pixels. */
export type ColumnWidths = Readonly<Record<Column, number>>

export const DEFAULT_COLUMN_WIDTHS: ColumnWidths = { environment: 106, jwt: 112, refresh: 62 }
export const NARROWEST_COLUMN = 48
export const WIDEST_COLUMN = 400
