/** The dialog that explains the list's icons. */
export const STATUS_ICONS = {
  title: 'Status icons',
  status: 'Status',
  meaning: 'Meaning',
  timeLeft: 'Each row shows the time left on the JWT (h:mm:ss) and on the refresh token.',
} as const

export const LIVE_EXPIRES_SOON = 'Live, expires soon'
