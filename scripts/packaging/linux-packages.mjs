import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { ROOT, UserError } from '../lib/run.mjs'
import { APP_ID, DESCRIPTION, HOMEPAGE, MAINTAINER, PRODUCT, PROGRAM, SUMMARY, VERSION } from './identity.mjs'

const RESOURCES = path.join(ROOT, 'electron', 'packaging')
const LINUX = path.join(RESOURCES, 'linux')
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
const ARCHES = /** @type {Record<string, { deb: string, rpm: string }>} */ ({
  x64: { deb: 'amd64', rpm: 'x86_64' },
  arm64: { deb: 'arm64', rpm: 'aarch64' },
})

/** Since this version Electron's windows tell X11 the app's id; before, its name. */
const WM_CLASS_IS_APP_ID = 42

/** What lintian finds in every package of an Electron app, with the reason why it stays. */
const LINTIAN_OVERRIDES = [
  // Chromium's sandbox where the system lets users make no namespaces.
  'elevated-privileges',
  // Electron is one prebuilt program with its libraries.
  'embedded-library',
  'unstripped-binary-or-object',
  'hardening-no-fortify-functions',
  // It is started from the desktop.
  'no-manual-page',
]

/**
 * A deb and an rpm of an unpacked app, made by the tools under Electron Forge's makers, which need only dpkg-deb and
 * rpmbuild. electron-builder's would fetch `fpm`.
 * @param {object} job
 * @param {string} job.bundle what electron-builder has packed
 * @param {string} job.output where the packages go
 * @param {string} job.electron its version
 * @param {string} [job.version] of the packages
 * @param {boolean} job.isForTests named so, and refused by `checkPublishable`
 * @param {readonly ('deb' | 'rpm')[]} [job.kinds]
 * @returns {Promise<string[]>}
 */
export async function makeLinuxPackages({
  bundle,
  output,
  electron,
  version = VERSION,
  isForTests,
  kinds = ['deb', 'rpm'],
}) {
  const { Deb, Rpm } = await installers()
  const arch = ARCHES[process.arch]
  if (!arch) throw new UserError(`There are no packages for ${process.arch}.`)
  // What the dependencies are chosen by; electron-builder leaves it out.
  await writeFile(path.join(bundle, 'version'), electron)
  const name = isForTests ? `${PROGRAM}-test` : PROGRAM
  const options = {
    ...{ name, version, productName: PRODUCT, genericName: 'Token manager', homepage: HOMEPAGE },
    ...{ description: SUMMARY, productDescription: DESCRIPTION, maintainer: MAINTAINER },
    bin: 'launch',
    categories: ['Utility'],
    mimeType: [],
    icon: {
      ...Object.fromEntries(
        ICON_SIZES.map((size) => {
          const file = `${String(size)}x${String(size)}`
          return [file, path.join(RESOURCES, 'icons', `${file}.png`)]
        }),
      ),
      scalable: path.join(RESOURCES, 'icons', 'app.svg'),
    },
    appId: APP_ID,
    wmClass: Number.parseInt(electron, 10) < WM_CLASS_IS_APP_ID ? PRODUCT : APP_ID,
  }
  const of = { src: bundle, dest: output, logger: () => undefined }
  const makers = {
    deb: () =>
      new Deb({
        ...of,
        rename: (/** @type {string} */ folder) => path.join(folder, `${name}_${version}_${arch.deb}.deb`),
        options: {
          ...{ ...options, arch: arch.deb, section: 'utils', priority: 'optional' },
          // Better compression takes minutes, which test packages don't need.
          compression: isForTests ? 'gzip' : 'xz',
          depends: ['libc6', 'libasound2 | libasound2t64', 'libsecret-1-0'],
          // The launcher tells its user by one of them what is wrong.
          recommends: ['zenity | kdialog | libnotify-bin'],
          lintianOverrides: LINTIAN_OVERRIDES,
        },
      }),
    rpm: () =>
      new Rpm({
        ...of,
        rename: (/** @type {string} */ folder) => path.join(folder, `${name}-${version}.${arch.rpm}.rpm`),
        options: {
          ...{
            ...options,
            arch: arch.rpm,
            revision: '1',
            requires: ['(alsa-lib or libasound2)', 'libsecret'],
          },
          payload: isForTests ? 'w1.gzdio' : 'w6.xzdio',
        },
      }),
  }
  await mkdir(output, { recursive: true })
  const made = []
  for (const kind of kinds) made.push(...(await make(makers[kind]())))
  return made
}

/** @param {import('electron-installer-debian').Installer} installer */
async function make(installer) {
  await installer.generateDefaults()
  installer.generateOptions()
  await installer.createStagingDir()
  await installer.createContents()
  await installer.createPackage()
  await installer.movePackage()
  return installer.options.packagePaths
}

/** Only when they are needed: packages that npm installs on Linux and macOS alone. */
async function installers() {
  const [debian, redhat] = await loaded()
  return { Deb: withOurFiles(debian.Installer, 'changelog.gz'), Rpm: withOurFiles(redhat.Installer) }
}

async function loaded() {
  try {
    return await Promise.all([import('electron-installer-debian'), import('electron-installer-redhat')])
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    throw new UserError(
      'electron-installer-debian and -redhat are not installed. They are optional packages: npm ci',
    )
  }
}

/**
 * The desktop file by the app's id, and our own copyright and change log.
 * @template {new (...args: any[]) => import('electron-installer-debian').Installer} T
 * @param {T} Base
 * @param {string} [changelog]
 */
function withOurFiles(Base, changelog) {
  return class extends Base {
    /** @override */
    generateOptions() {
      super.generateOptions()
      // The tool's own are of a desktop that is long gone.
      this.options.suggests = ['gnome-keyring']
    }

    /** @override */
    async copyApplication() {
      await super.copyApplication()
      const folder = this.stagingAppDir
      const libraries = (await readdir(folder)).filter((name) => /\.so(?:\.\d+)*$/u.test(name))
      // Libraries aren't started as programs.
      await Promise.all(libraries.map((name) => chmod(path.join(folder, name), 0o644)))
    }

    async createDesktopFile() {
      const file = this.#share('applications', `${APP_ID}.desktop`)
      await this.createTemplatedFile(path.join(LINUX, 'app.desktop.ejs'), file, '0644')
    }

    async createCopyright() {
      const licence = (await readFile(path.join(ROOT, 'LICENSE'), 'utf8')).trim().split('\n')
      const indented = licence.map((line) => ` ${line || '.'}`).join('\n')
      const copyright = await readFile(path.join(LINUX, 'copyright'), 'utf8')
      await this.#write(copyright.replace(/^LICENSE$/mu, indented), 'doc', this.appIdentifier, 'copyright')
      if (changelog)
        await this.#write(gzipSync(this.#changelog(), { level: 9 }), 'doc', this.appIdentifier, changelog)
    }

    /** For rpm only, whose tool knows no desktop file by another name. */
    async createSpec() {
      await this.createTemplatedFile(path.join(LINUX, 'app.spec.ejs'), this.specPath)
    }

    #changelog() {
      const { name, version } = this.options
      const date = new Date().toUTCString().replace('GMT', '+0000')
      return `${name} (${version}) stable; urgency=medium\n\n  * What is new: ${HOMEPAGE}\n\n -- ${MAINTAINER}  ${date}\n`
    }

    /**
     * @param {string | Buffer} content
     * @param {...string} where below `share`
     */
    async #write(content, ...where) {
      const file = this.#share(...where)
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, content)
      await chmod(file, 0o644)
    }

    /** @param {...string} where */
    #share(...where) {
      return path.join(this.stagingDir, this.baseAppDir, 'share', ...where)
    }
  }
}
