// Builds main files of the tests' own and runs them in a real Electron main process.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication } from '@playwright/test'
import { build } from 'vite'
import { rootSwitches } from '../../scripts/lib/electron-switches.mjs'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

/** `entries`: files from the repository's folder, by what they are called in the build; `main` is started. */
export async function startMainInElectron(
  name: string,
  entries: Readonly<Record<string, string>> & { readonly main: string },
): Promise<{ readonly app: ElectronApplication; readonly close: () => Promise<void> }> {
  const executablePath = process.env['ELECTRON_EXEC_PATH']
  if (!executablePath) throw new Error('ELECTRON_EXEC_PATH is not set: run this by `npm test`.')
  const outDir = path.join(REPOSITORY, 'out/test', name)
  await build({
    configFile: false,
    root: REPOSITORY,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: {
        input: entries,
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  })
  const manifest = { name: `${name}-test`, version: '0.0.0', type: 'module', main: 'main.js' }
  await writeFile(path.join(outDir, 'package.json'), JSON.stringify(manifest))
  const profile = await mkdtemp(path.join(os.tmpdir(), `tokendesk-${name}-`))
  const app = await _electron.launch({
    executablePath,
    args: [...rootSwitches(), `--user-data-dir=${profile}`, outDir],
    // Playwright turns the sandbox off on Linux unless told otherwise.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  return {
    app,
    close: async () => {
      await app.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
