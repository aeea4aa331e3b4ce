/** A user's NSS store, where Chromium on Linux looks for certificate authorities that it doesn't bring along. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

export interface TrustedStore {
  /** The home folder of the user whose store it is. */
  readonly home: string
  /** By the command that the user guide names. */
  trust(cert: string): Promise<void>
  remove(): Promise<void>
}

export async function makeTrustedStore(): Promise<TrustedStore> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'tokendesk-home-'))
  return {
    home,
    async trust(cert) {
      const file = path.join(home, 'company-ca.pem')
      await writeFile(file, cert)
      await mkdir(path.join(home, '.pki/nssdb'), { recursive: true })
      const store = `sql:${home}/.pki/nssdb`
      await promisify(execFile)('certutil', ['-d', store, '-A', '-t', 'C,,', '-n', 'My company', '-i', file])
    },
    remove: () => rm(home, { recursive: true, force: true }),
  }
}
