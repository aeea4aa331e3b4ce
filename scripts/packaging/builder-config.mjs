import path from 'node:path'
import { ROOT } from '../lib/run.mjs'
import { FUSES } from './fuses.mjs'

/** Windows knows the sender of notifications by it (electron/main/index.ts); macOS the bundle. */
const APP_ID = 'TokenDesk.TokenDesk'
const RESOURCES = 'electron/packaging'
const ICONS = `${RESOURCES}/icons`
/** The name of the program, of its package and of its desktop file on Linux. */
const PROGRAM = 'tokendesk'
/** A deb must name both. Names that nobody can own (RFC 2606) until there are real ones: docs/RELEASING.md. */
const HOMEPAGE = 'https://tokendesk.invalid'
const MAINTAINER = 'TokenDesk contributors <maintainers@tokendesk.invalid>'

/**
 * What electron-builder is told. No URL scheme is registered, and nothing but what the build made is packed: all
 * packages are bundled into it.
 * @param {object} choice
 * @param {string} choice.built the folder that holds main, preload and renderer
 * @param {string} choice.output where the packages go
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ built, output }) {
  return {
    appId: APP_ID,
    productName: 'TokenDesk',
    copyright: 'TokenDesk contributors, MIT licence',
    directories: { buildResources: RESOURCES, output },
    files: [
      'package.json',
      '!node_modules/**',
      { from: path.relative(ROOT, built), to: 'out', filter: ['{main,preload,renderer}/**'] },
    ],
    asar: true,
    npmRebuild: false,
    electronFuses: { ...FUSES },
    // `null` leaves out what only developers need.
    extraMetadata: {
      desktopName: `${PROGRAM}.desktop`,
      homepage: HOMEPAGE,
      author: MAINTAINER,
      dependencies: null,
      overrides: null,
      knip: null,
      engines: null,
    },
    // Signed updates are prepared but not on: docs/RELEASING.md.
    publish: null,
    artifactName: '${productName}-${version}-${arch}.${ext}',
    linux: {
      // No AppImage: its launcher starts the app with `--no-sandbox` where it finds no user namespaces, as on Ubuntu, and
      // its desktop file does always. A release refuses that, and no file mounted by a user can bring another sandbox.
      target: ['deb', 'rpm'],
      executableName: PROGRAM,
      syncDesktopName: true,
      icon: ICONS,
      category: 'Utility',
      synopsis: 'Desktop token manager',
      maintainer: MAINTAINER,
      desktop: {
        entry: {
          Name: 'TokenDesk',
          Categories: 'Utility;Security;Development;',
          Keywords: 'token;JWT;API;login;',
          StartupWMClass: 'TokenDesk',
        },
      },
    },
    deb: { priority: 'optional' },
    mac: {
      target: [{ target: 'dmg', arch: 'universal' }],
      icon: `${ICONS}/app.icns`,
      category: 'public.app-category.developer-tools',
      hardenedRuntime: true,
    },
    win: { target: ['nsis'], icon: `${ICONS}/app.ico` },
    // For this user alone, where they want it: no administrator is asked.
    nsis: {
      oneClick: false,
      perMachine: false,
      allowElevation: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
    },
  }
}
