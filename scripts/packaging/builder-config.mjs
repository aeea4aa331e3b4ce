import path from 'node:path'
import { ROOT } from '../lib/run.mjs'
import { FUSES } from './fuses.mjs'
import { APP_ID, HOMEPAGE, MAINTAINER, PRODUCT, PROGRAM } from './identity.mjs'

const RESOURCES = 'electron/packaging'
const ICONS = `${RESOURCES}/icons`
/** For the app and the processes that it starts alike. */
const ENTITLEMENTS = `${RESOURCES}/mac/entitlements.plist`

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
    productName: PRODUCT,
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
      homepage: HOMEPAGE,
      author: MAINTAINER,
      dependencies: null,
      optionalDependencies: null,
      overrides: null,
      knip: null,
      engines: null,
    },
    // Signed updates are prepared but not on: docs/RELEASING.md.
    publish: null,
    artifactName: '${productName}-${version}-${arch}.${ext}',
    // deb and rpm are made of it by linux-packages.mjs.
    linux: {
      target: ['dir'],
      executableName: PROGRAM,
      extraFiles: [{ from: `${RESOURCES}/linux/launch`, to: 'launch' }],
    },
    mac: {
      target: [{ target: 'dmg', arch: 'universal' }],
      icon: `${ICONS}/app.icns`,
      category: 'public.app-category.developer-tools',
      hardenedRuntime: true,
      entitlements: ENTITLEMENTS,
      entitlementsInherit: ENTITLEMENTS,
    },
    win: { target: ['nsis'], icon: `${ICONS}/app.ico`, requestedExecutionLevel: 'asInvoker' },
    // For this user alone, where they want it: no administrator is asked.
    nsis: {
      oneClick: false,
      perMachine: false,
      allowElevation: false,
      packElevateHelper: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
    },
  }
}
