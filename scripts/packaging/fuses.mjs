/** What the packaged Electron must not do, whatever else goes wrong (see @electron/fuses). */
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** The character that `@electron/fuses` writes into the executable for an enabled fuse. */
const ON = '1'.charCodeAt(0)

/** By electron-builder's names. */
export const FUSES = /** @type {const} */ ({
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // Electron checks it on macOS and Windows; on Linux it has no effect yet.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
})

/** @type {Record<keyof typeof FUSES, FuseV1Options>} */
const OPTIONS = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
}

/**
 * Reads the fuses of a packaged app back.
 * @param {string} app its executable, or on macOS its bundle
 * @returns {Promise<Record<keyof typeof FUSES, boolean>>}
 */
export async function readFuses(app) {
  const wire = /** @type {Record<number, unknown>} */ (await getCurrentFuseWire(app))
  /** @param {keyof typeof FUSES} name */
  const isOn = (name) => Number(wire[OPTIONS[name]]) === ON
  return {
    runAsNode: isOn('runAsNode'),
    enableCookieEncryption: isOn('enableCookieEncryption'),
    enableNodeOptionsEnvironmentVariable: isOn('enableNodeOptionsEnvironmentVariable'),
    enableNodeCliInspectArguments: isOn('enableNodeCliInspectArguments'),
    enableEmbeddedAsarIntegrityValidation: isOn('enableEmbeddedAsarIntegrityValidation'),
    onlyLoadAppFromAsar: isOn('onlyLoadAppFromAsar'),
    loadBrowserProcessSpecificV8Snapshot: isOn('loadBrowserProcessSpecificV8Snapshot'),
    grantFileProtocolExtraPrivileges: isOn('grantFileProtocolExtraPrivileges'),
  }
}
