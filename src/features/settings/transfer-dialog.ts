/** The dialogs of import, export, backup and restore. */
export type TransferDialog = 'import' | 'export' | 'backup' | 'restore'
