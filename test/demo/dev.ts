// `npm run dev`: the app with hot reload, on a profile and a service of its own. On the real profile every reload could
// rotate real refresh tokens.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { DEMO_ACCOUNTS } from './demo-accounts'
import { rootSwitches } from '../../scripts/lib/electron-switches.mjs'
import { ROOT, run, tool } from '../../scripts/lib/run.mjs'

const PROFILE = path.join(ROOT, 'out', 'dev', 'profile')
/** The same one each time, so that the profile's environment finds its service again. */
const PORT = 47_113

async function startService(): Promise<AuthServer> {
  // Another `npm run dev` may have it.
  const server = await startAuthServer({ port: PORT }).catch(() => startAuthServer())
  for (const { apiKey, type, name } of DEMO_ACCOUNTS) {
    server.addApiKey({ apiKey, name, kind: type === 'Partner' ? 'partner' : 'company' })
  }
  return server
}

const server = await startService()
mkdirSync(PROFILE, { recursive: true, mode: 0o700 })
console.log(`\nProfile: ${path.relative(process.cwd(), PROFILE)} (remove the folder to begin anew)`)
console.log(`Base URL of the demo service: ${server.url}`)
for (const { apiKey, type } of DEMO_ACCOUNTS) console.log(`  API key of a ${type.toLowerCase()}: ${apiKey}`)
console.log()
try {
  const app = [...rootSwitches(), `--user-data-dir=${PROFILE}`]
  process.exitCode = await run(tool('electron-vite', ['dev', ...process.argv.slice(2), '--', ...app]))
} finally {
  await server.close()
}
