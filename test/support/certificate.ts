/** Certificates for TLS servers on loopback: self-signed, or by an authority of the test. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/** In PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

export interface Authority {
  /** Its own certificate, in PEM. */
  readonly cert: string
  /** Certifies a server of that name, for two days from now, or for a day that is over. */
  issue(host: string, terms?: { readonly isExpired: boolean }): Promise<Certificate>
}

/** As a company has one, that no system knows. */
export async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tokendesk-ca-'))
  const at = (name: string): string => path.join(folder, name)
  const openssl = (args: readonly string[]): Promise<unknown> => promisify(execFile)('openssl', args)
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await openssl([
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=TokenDesk test authority'],
    ...['-keyout', at('ca-key.pem'), '-out', at('ca.pem')],
  ])
  return {
    cert: await readFile(at('ca.pem'), 'utf8'),
    async issue(host, { isExpired } = { isExpired: false }) {
      await openssl([
        ...['req', ...newKey, '-subj', `/CN=${host}`, '-keyout', at('key.pem'), '-out', at('request.pem')],
      ])
      await writeFile(at('extensions'), `subjectAltName=DNS:${host}\nextendedKeyUsage=serverAuth\n`)
      await openssl([
        ...['x509', '-req', '-in', at('request.pem'), '-CA', at('ca.pem'), '-CAkey', at('ca-key.pem')],
        ...[
          '-CAcreateserial',
          '-days',
          isExpired ? '-1' : '2',
          '-extfile',
          at('extensions'),
          '-out',
          at('cert.pem'),
        ],
      ])
      return { key: await readFile(at('key.pem'), 'utf8'), cert: await readFile(at('cert.pem'), 'utf8') }
    },
  }
}

export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tokendesk-tls-'))
  const files = { key: path.join(folder, 'key.pem'), cert: path.join(folder, 'cert.pem') }
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-keyout', files.key, '-out', files.cert, '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
  ])
  const made = { key: await readFile(files.key, 'utf8'), cert: await readFile(files.cert, 'utf8') }
  await rm(folder, { recursive: true })
  return made
}
