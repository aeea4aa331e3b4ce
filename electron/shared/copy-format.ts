/** The forms in which a live JWT is copied. The service wants it in the header `R-Auth` (auth-api.md). */
import type { Checked } from './checked'

export const COPY_FORMATS = [
  'jwt',
  'header',
  'curl-posix',
  'curl-powershell',
  'export-posix',
  'export-powershell',
  'httpie',
  'postman',
  'bruno',
] as const
export type CopyFormat = (typeof COPY_FORMATS)[number]

export type CopyProblem =
  /** It can't stand in a header, so that only the JWT alone can be copied. */
  | 'not-a-header-value'
  /** A header could carry it, but this format has no way to write it down. */
  | 'not-in-this-format'

export interface CopySource {
  /** Opaque: any characters, as they came (auth-api.md, rule 1). */
  readonly jwt: string
  /** As `checkBaseUrl` returned it. */
  readonly baseUrl: string
  readonly environmentName: string
  readonly accountName: string
}

/**
 * Neither a control character (a line break would begin a second header, and a terminal obeys others when they are
 * pasted) nor half a surrogate pair (no UTF-8 for it), nor white space at an end, which readers of headers drop
 * (RFC 9110, section 5.5).
 */
const HEADER_VALUE = /^(?!\s)[^\p{Cc}\p{Cs}]+(?<!\s)$/u

/** `source` in a form to paste; the JWT arrives as it is, or the copy is refused. */
export function formatJwt(format: CopyFormat, source: CopySource): Checked<string, CopyProblem> {
  if (format === 'jwt') return { ok: true, value: source.jwt }
  if (!HEADER_VALUE.test(source.jwt)) return { ok: false, reason: 'not-a-header-value' }
  const value = written(format, source)
  return value === null ? { ok: false, reason: 'not-in-this-format' } : { ok: true, value }
}

function written(format: Exclude<CopyFormat, 'jwt'>, source: CopySource): string | null {
  const { jwt } = source
  switch (format) {
    case 'header':
      return `R-Auth: ${jwt}`
    case 'curl-posix':
      return curlInPosix(source)
    case 'curl-powershell':
      return curlInPowerShell(source)
    case 'export-posix':
      return `export R_AUTH=${inPosix(jwt)}`
    case 'export-powershell':
      return `$env:R_AUTH = ${inPowerShell(jwt)}`
    case 'httpie':
      return httpie(source)
    case 'postman':
    case 'bruno':
      return postmanEnvironment(source)
  }
}

/** Without `--location`: a redirect would carry the header to another place. */
function curlInPosix({ jwt, baseUrl }: CopySource): string {
  return `curl${globbing(baseUrl)} --header ${inPosix(`R-Auth: ${jwt}`)} ${inPosix(baseUrl)}`
}

/**
 * `curl.exe`, as Windows PowerShell has an alias `curl` for something else. Its 5.1 passes `"` and a `\` at the end to
 * programs without escaping them, 7.3 and later escape them, so that no argument is right in both: such a JWT goes
 * through standard input. The empty line before it takes the byte order mark that 5.1 may send first (code page
 * 65001); curl leaves both out. Beyond ASCII neither way is safe: the pipe of 5.1 writes `?`, and Windows' curl reads
 * its arguments in the machine's code page.
 */
function curlInPowerShell({ jwt, baseUrl }: CopySource): string | null {
  if (/[^ -~]/u.test(jwt)) return null
  const header = inPowerShell(`R-Auth: ${jwt}`)
  const call = `curl.exe${globbing(baseUrl)} --header`
  return /["\\]/u.test(jwt)
    ? `'', ${header} | ${call} '@-' ${inPowerShell(baseUrl)}`
    : `${call} ${header} ${inPowerShell(baseUrl)}`
}

/** Brackets in an address are a range to curl, unless it is told. */
function globbing(baseUrl: string): string {
  return baseUrl.includes('[') ? ' --globoff' : ''
}

/**
 * Quoted for POSIX shells. In HTTPie's own syntax `=` and `@` right after the colon would be part of the separator, so
 * they are escaped; a `\` before a separator can't be written at all, since `\\` stays two (httpie/cli,
 * httpie/cli/argtypes.py, `KeyValueArgType.tokenize`).
 */
function httpie({ jwt, baseUrl }: CopySource): string | null {
  if (/\\[:;=@]/u.test(jwt)) return null
  const value = /^[=@]/u.test(jwt) ? `\\${jwt}` : jwt
  return `http GET ${inPosix(baseUrl)} ${inPosix(`R-Auth:${value}`)}`
}

/**
 * As Postman exports them, less the time of the export. What stands in `{{…}}` would be read as another variable.
 *
 * For Bruno too, as its import takes both: in its own format it empties secrets (`buildEnvVariable`), and what isn't
 * secret it writes into the collection's folder, in the open. From Postman's it keeps their values, encrypted; it
 * knows that format by `id` and `values` (`detectEnvironmentFormat`). As of 2026, usebruno/bruno,
 * packages/bruno-app/src: utils/environments.js, components/Environments/Common/ImportEnvironmentModal/utils.js.
 */
function postmanEnvironment(source: CopySource): string | null {
  if (source.jwt.includes('{{')) return null
  const environment = {
    id: environmentFileId(source),
    name: `${source.accountName} (${source.environmentName})`,
    values: [
      { key: 'baseUrl', value: source.baseUrl, type: 'default', enabled: true },
      { key: 'R_AUTH', value: source.jwt, type: 'secret', enabled: true },
    ],
    _postman_variable_scope: 'environment',
  }
  return JSON.stringify(environment, null, 2)
}

const FNV_OFFSET = 0x6c62272e07bb014262b821756295c58dn
const FNV_PRIME = 0x0000000001000000000000000000013bn

/**
 * The same for the same account each time, and another for another one, so that an import which replaces what it
 * knows by its id replaces the right one. A UUID of version 8 (RFC 9562, section 5.8) over FNV-1a of 128 bits.
 */
function environmentFileId({ baseUrl, environmentName, accountName }: CopySource): string {
  let hash = FNV_OFFSET
  for (const byte of new TextEncoder().encode(JSON.stringify([baseUrl, environmentName, accountName]))) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * FNV_PRIME)
  }
  const hex = hash.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Nothing is special between single quotes (POSIX.1-2024, Shell Command Language, section 2.2.2), not even `!`. */
function inPosix(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** PowerShell ends a string at any of its five single quotes, and reads two of them as one. */
function inPowerShell(text: string): string {
  return `'${text.replaceAll(/['‘’‚‛]/gu, '$&$&')}'`
}
