import { arch, platform, release } from 'node:os'
import { app } from 'electron'
import type { About } from '../../shared/ipc/contract'

/** What a support ticket needs. */
export function about(): About {
  const { electron, chrome, node } = process.versions
  return {
    version: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    system: `${platform()} ${release()} ${arch()}`,
    profile: app.getPath('userData'),
  }
}
