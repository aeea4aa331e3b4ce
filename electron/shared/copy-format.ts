/** The formats in which a live JWT is copied. The service expects it in the header `R-Auth` (auth-api.md). */
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
  /** Not valid in a header, so only the JWT itself can be copied. */
  | 'not-a-header-value'
  /** Valid in a header, but this format can't express it. */
  | 'not-in-this-format'

export interface CopySource {
  /** Opaque: any characters, as received (auth-api.md, rule 1). */
  readonly jwt: string
  /** As returned by `checkBaseUrl`. */
  readonly baseUrl: string
  readonly environmentName: string
  readonly accountName: string
}

/**
 * No control characters (a line break would begin a second header, and a terminal obeys others when they are pasted),
 * no half of a surrogate pair (it has no UTF-8), and no white space at the ends, which header parsers drop (RFC 9110,
 * section 5.5).
 */
const HEADER_VALUE = /^(?!\s)[^\p{Cc}\p{Cs}]+(?<!\s)$/u

/** The text to paste. It contains the JWT unchanged, or the copy is refused. */
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

/** Without `--location`: a redirect would send the header to another host. */
function curlInPosix({ jwt, baseUrl }: CopySource): string {
  return `curl${globbing(baseUrl)} --header ${inPosix(`R-Auth: ${jwt}`)} ${inPosix(baseUrl)}`
}

/**
 * `curl.exe`, as Windows PowerShell has an alias `curl` for another command. PowerShell 5.1 passes `"` and a trailing
 * `\` to programs unescaped, 7.3 and later escape them, so no argument is right in both: such a JWT goes through
 * standard input. The empty line before it takes the byte order mark that 5.1 may send first (code page 65001); curl
 * ignores both. Beyond ASCII neither way is safe: the pipe of 5.1 writes `?`, and Windows' curl reads its arguments in
 * the computer's code page.
 */
function curlInPowerShell({ jwt, baseUrl }: CopySource): string | null {
  if (/[^ -~]/u.test(jwt)) return null
  const header = inPowerShell(`R-Auth: ${jwt}`)
  const call = `curl.exe${globbing(baseUrl)} --header`
  return /["\\]/u.test(jwt)
    ? `'', ${header} | ${call} '@-' ${inPowerShell(baseUrl)}`
    : `${call} ${header} ${inPowerShell(baseUrl)}`
}

/** curl reads brackets in a URL as a range unless it is told not to. */
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
 * As Postman exports it, without the export's time. Text in `{{…}}` would be read as another variable.
 *
 * Bruno imports this, too: its own format drops the values of secrets (`buildEnvVariable`), and writes other values
 * unencrypted into the collection's folder. From Postman's format it keeps them, encrypted; it recognizes that format
 * by `id` and `values` (`detectEnvironmentFormat`). As of 2026, usebruno/bruno, packages/bruno-app/src:
 * utils/environments.js, components/Environments/Common/ImportEnvironmentModal/utils.js.
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
 * Derived from the account, so that an import which replaces by id replaces the right entry. A UUID of version 8 (RFC
 * 9562, section 5.8) over FNV-1a of 128 bits.
 */
export function environmentFileId({
  baseUrl,
  environmentName,
  accountName,
}: Omit<CopySource, 'jwt'>): string {
  let hash = FNV_OFFSET
  for (const byte of new TextEncoder().encode(JSON.stringify([baseUrl, environmentName, accountName]))) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * FNV_PRIME)
  }
  const hex = hash.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Nothing is special in single quotes (POSIX.1-2024, Shell Command Language, section 2.2.2), not even `!`. */
export function inPosix(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** PowerShell ends a string at any of five single quote characters, and reads two of them as one. */
function inPowerShell(text: string): string {
  return `'${text.replaceAll(/['‘’‚‛]/gu, '$&$&')}'`
}
