/** The formats in which a gateway's address is copied. */
import { environmentFileId, inPosix } from './copy-format'

export const GATEWAY_FORMATS = ['address', 'curl-posix', 'export-posix', 'postman', 'bruno'] as const
export type GatewayFormat = (typeof GATEWAY_FORMATS)[number]

/** Ports below it belong to the system. */
export const LOWEST_PORT = 1024
export const HIGHEST_PORT = 65_535
/** From here on they are nobody's in particular. */
export const FIRST_FREE_PORT = 49_152

export interface GatewaySource {
  readonly address: string
  readonly environmentName: string
  readonly accountName: string
}

/** Without a slash at its end, since tools put the path after it, and two slashes are refused. */
export function gatewayAddress(port: number, capability: string): string {
  return `http://127.0.0.1:${String(port)}/g/${capability}`
}

/** The text to paste. */
export function formatGateway(format: GatewayFormat, source: GatewaySource): string {
  const { address } = source
  switch (format) {
    case 'address':
      return address
    case 'curl-posix':
      return `curl ${inPosix(address)}`
    case 'export-posix':
      return `export BASE_URL=${inPosix(address)}`
    // Bruno imports Postman's format, and keeps secrets out of the collection's folder then (copy-format.ts).
    case 'postman':
    case 'bruno':
      return postmanEnvironment(source)
  }
}

function postmanEnvironment({ address, environmentName, accountName }: GatewaySource): string {
  const name = `${accountName} (${environmentName}, TokenDesk gateway)`
  const environment = {
    // Of the account and not of the address, so that a new address replaces the old one when it is imported.
    id: environmentFileId({ baseUrl: 'gateway', environmentName, accountName }),
    name,
    // Whoever has the address can use the account.
    values: [{ key: 'baseUrl', value: address, type: 'secret', enabled: true }],
    _postman_variable_scope: 'environment',
  }
  return JSON.stringify(environment, null, 2)
}
