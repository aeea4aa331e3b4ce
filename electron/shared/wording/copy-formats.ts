import type { CopyFormat } from '../copy-format'
import { waitInWords } from './durations'
import { isolated, jwtCopied } from './messages'

/** Its name in the menu. */
export function copyFormatName(format: CopyFormat): string {
  switch (format) {
    case 'jwt':
      return 'JWT'
    case 'header':
      return 'R-Auth header'
    case 'curl-posix':
      return 'curl (bash)'
    case 'curl-powershell':
      return 'curl (PowerShell)'
    case 'export-posix':
      return 'Environment variable (bash)'
    case 'export-powershell':
      return 'Environment variable (PowerShell)'
    case 'httpie':
      return 'HTTPie (bash)'
    case 'postman':
      return 'Postman environment'
    case 'bruno':
      return 'Bruno environment'
  }
}

/** `productionEnvironment` as in `jwtCopied`. */
export function copiedAs(format: CopyFormat, name: string, productionEnvironment: string | null): string {
  if (format === 'jwt') return jwtCopied(name, productionEnvironment)
  const where = productionEnvironment === null ? '' : ` (${isolated(productionEnvironment)})`
  return `${copiedThing(format)} for ${isolated(name)}${where} copied`
}

/** Added to the message when the JWT expires sooner than the settings promise; null when it doesn't. */
export function expiresEarly(leftMs: number | null, promisedMs: number): string | null {
  if (leftMs === null || leftMs >= promisedMs) return null
  // A date from the service can be in another time zone than the one that is set.
  return leftMs > 0
    ? `It expires in ${waitInWords(leftMs)}.`
    : 'According to its expiration date, it has already expired.'
}

function copiedThing(format: Exclude<CopyFormat, 'jwt'>): string {
  switch (format) {
    case 'header':
      return 'R-Auth header'
    case 'curl-posix':
    case 'curl-powershell':
      return 'curl command'
    case 'export-posix':
    case 'export-powershell':
      return 'Environment variable'
    case 'httpie':
      return 'HTTPie command'
    case 'postman':
      return 'Postman environment'
    case 'bruno':
      return 'Bruno environment'
  }
}
