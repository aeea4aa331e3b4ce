/** The dialogs that bring accounts in or out. */
export type TransferDialog = 'import' | 'export' | 'backup' | 'restore'
