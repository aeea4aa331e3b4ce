import type { Bridge } from '../../electron/shared/ipc/contract'

declare global {
  interface Window {
    /** Set by the preload; the only access to main. */
    readonly tokenDesk: Bridge
  }
}

export type { Bridge }
