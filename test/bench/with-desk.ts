import { Desk } from '../resilience/built-app/desk'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { DeskWindow } from '../support/desk-window'
import { withProfile } from './with-profile'

export interface Scene {
  readonly desk: Desk
  /** The same app as people find things in it. */
  readonly window: DeskWindow
  readonly server: AuthServer
}

/** The app with so many accounts in its list and a service of its own, for `work`; then all that ends. */
export async function withDesk<Value>(
  accounts: number,
  work: (scene: Scene) => Promise<Value>,
): Promise<Value> {
  const server = await startAuthServer()
  try {
    return await withProfile(
      accounts,
      async (profile) => {
        const desk = await Desk.open({ profile })
        try {
          const window = new DeskWindow(desk.running.window)
          await window.list.waitFor()
          return await work({ desk, window, server })
        } finally {
          await desk.running.quit()
        }
      },
      server.url,
    )
  } finally {
    await server.close()
  }
}
