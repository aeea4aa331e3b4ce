import { AppClient } from '../resilience/built-app/app-client'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { withProfile } from './with-profile'

export interface Scene {
  readonly client: AppClient
  /** The same app as people find things in it. */
  readonly window: AppWindow
  readonly server: AuthServer
}

/** The app with so many accounts in its list and a service of its own, for `work`; then all that ends. */
export async function withApp<Value>(
  accounts: number,
  work: (scene: Scene) => Promise<Value>,
): Promise<Value> {
  const server = await startAuthServer()
  try {
    return await withProfile(
      accounts,
      async (profile) => {
        const client = await AppClient.open({ profile })
        try {
          const window = new AppWindow(client.running.window)
          await window.list.waitFor()
          return await work({ client, window, server })
        } finally {
          await client.running.quit()
        }
      },
      server.url,
    )
  } finally {
    await server.close()
  }
}
