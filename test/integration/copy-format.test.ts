/** What is copied for a shell, run by real shells: the JWT must reach a real server byte for byte. */
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { formatJwt, type CopyFormat } from '../../electron/shared/copy-format'

interface Shell {
  readonly name: string
  /** Reads its script from standard input, as a terminal would hand it over. */
  readonly command: readonly [string, ...string[]]
}

const SHELLS: readonly Shell[] = [
  { name: 'sh', command: ['sh', '-s'] },
  { name: 'dash', command: ['dash', '-s'] },
  { name: 'bash', command: ['bash', '--norc', '-s'] },
  // As at a prompt, where `!` recalls earlier lines.
  { name: 'bash with history', command: ['bash', '--norc', '-o', 'history', '-o', 'histexpand', '-s'] },
  // On machines that have them; what they do is claimed for no others.
  ...(isInstalled('zsh')
    ? [
        { name: 'zsh', command: ['zsh', '-f', '-s'] as const },
        { name: 'zsh with its own doubled quotes', command: ['zsh', '-f', '-o', 'rcquotes', '-s'] as const },
      ]
    : []),
]

const PRINTABLE_ASCII = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 0x21 + index))

const JWTS: readonly (readonly [string, string])[] = [
  ['one as the service issues it', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln-bmF0_dXJl'],
  ['all that ASCII can print', PRINTABLE_ASCII],
  ['the same backwards', Array.from(PRINTABLE_ASCII).reverse().join('')],
  ['a single quote', "'"],
  ['only single quotes', "''''"],
  ['single quotes at both ends', "'a'b'"],
  ['double quotes', '"a" "b"'],
  ['a backslash at the end', 'a\\'],
  ['backslashes before quotes', String.raw`\'\\'\"\\"`],
  ['variables and commands', "$HOME ${HOME} $(echo x) `echo x` $((1+1)) $$ $? $'a'"],
  ['earlier lines', '!! !$ !echo ^a^b !"#'],
  ['marks that shells act on', 'a;b&c|d>e<f(g)h{i,j}k*l?m[n]o~p#q=r'],
  ['dashes in front', '--config -K @file'],
  ['inner spaces', 'a  b   c'],
  ['percent signs', '%s %n %PATH% %%'],
  ['letters beyond ASCII', 'Zoë 木村 🦊 ‘’‚‛ “”'],
]

/** As a base URL may have it, with a quote and what curl takes for a range. */
const PATH = "/o'brien/a[1-3]"

let server: Server
let baseUrl: string
/** The header `R-Auth` of each request to the base URL, in bytes; all of them, if a request has more than one. */
let received: Buffer[][] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    const { rawHeaders, url } = request
    response.statusCode = url === PATH ? 200 : 404
    response.end()
    if (url !== PATH) return
    received.push(
      rawHeaders.flatMap((name, index) =>
        index % 2 === 0 && name.toLowerCase() === 'r-auth'
          ? [Buffer.from(rawHeaders[index + 1] ?? '', 'latin1')]
          : [],
      ),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${PATH}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
afterEach(() => {
  received = []
})

function isInstalled(command: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function copied(format: CopyFormat, jwt: string): string {
  const result = formatJwt(format, { jwt, baseUrl, environmentName: 'Sandbox', accountName: 'ACME' })
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

/** What it prints; rejects with what it complains about. */
function run([file, ...args]: readonly [string, ...string[]], input: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      // A proxy of the machine's is none of the test's; nor is its user's configuration.
      env: { ...process.env, BASE_URL: baseUrl, NO_PROXY: '127.0.0.1', CURL_HOME: '/nowhere', HISTFILE: '' },
    })
    let output = ''
    let complaints = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(output)
      else reject(new Error(`${file} ended with ${String(status)}: ${complaints}`))
    })
    child.stdin.end(input)
  })
}

describe.each(SHELLS)('$name', ({ command }) => {
  it.each(JWTS)('curl: %s', async (_name, jwt) => {
    await run(command, `${copied('curl-posix', jwt)}\n`)
    expect(received).toEqual([[Buffer.from(jwt)]])
  })

  it.each(JWTS)('environment variable: %s', async (_name, jwt) => {
    // In a shell of its own: what isn't exported doesn't get there.
    const call = `sh -c 'curl --globoff --header "R-Auth: $R_AUTH" "$BASE_URL"'`
    await run(command, `${copied('export-posix', jwt)}\n${call}\n`)
    expect(received).toEqual([[Buffer.from(jwt)]])
  })
})

it('bash with history does recall lines outside of single quotes', async () => {
  const shell = SHELLS.find(({ name }) => name === 'bash with history')
  if (shell === undefined) throw new Error('It is gone.')
  expect(await run(shell.command, 'echo one\n!!\n')).toBe('one\none\n')
})

/** Where `curl-powershell` can't use an argument: the lines as PowerShell's pipe writes them on Windows. */
describe('curl reads a header from its standard input', () => {
  it.each([
    ['as PowerShell 7 pipes it', Buffer.alloc(0)],
    ['after a byte order mark, as Windows PowerShell 5.1 may', Buffer.from('\ufeff')],
  ])('%s', async (_name, start) => {
    const lines = Buffer.from(`\r\nR-Auth: ${PRINTABLE_ASCII}\r\n`)
    await run(['curl', '--globoff', '--header', '@-', baseUrl], Buffer.concat([start, lines]))
    expect(received).toEqual([[Buffer.from(PRINTABLE_ASCII)]])
  })
})
