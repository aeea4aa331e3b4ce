// The desktop for Vitest's files that start a real Electron: see test/vitest.config.ts.
import { useOwnDesktop } from './own-desktop'

export async function setup(): Promise<() => Promise<void>> {
  return await useOwnDesktop()
}
