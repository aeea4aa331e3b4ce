/** Real Squid as a company's proxy that wants a user name and a password. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'

const NCSA_AUTH = '/usr/lib/squid/basic_ncsa_auth'

export interface Squid {
  /** `http://127.0.0.1:3128`, as `https_proxy` wants it. */
  readonly url: string
  readonly host: string
  /** Its log: a line a request, with its status and user. */
  log(): Promise<readonly string[]>
  stop(): Promise<void>
}

/** `hosts`: names that it finds on loopback, and nobody else. */
export async function startSquid(login: {
  readonly userName: string
  readonly password: string
  readonly hosts: readonly string[]
}): Promise<Squid> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tokendesk-squid-'))
  // Started by root, it goes on as a user of its own.
  await chmod(folder, 0o777)
  const at = (name: string): string => path.join(folder, name)
  const { stdout: hash } = await promisify(execFile)('openssl', ['passwd', '-apr1', login.password])
  await writeFile(at('passwd'), `${login.userName}:${hash.trim()}\n`)
  await writeFile(at('hosts'), login.hosts.map((host) => `127.0.0.1 ${host}\n`).join(''))
  const port = await freePort()
  const host = `127.0.0.1:${String(port)}`
  await writeFile(
    at('squid.conf'),
    [
      `http_port ${host}`,
      `auth_param basic program ${NCSA_AUTH} ${at('passwd')}`,
      'auth_param basic realm company',
      'acl known proxy_auth REQUIRED',
      'http_access allow known',
      'http_access deny all',
      `hosts_file ${at('hosts')}`,
      'logformat short %>Hs %un %rm %ru',
      `access_log stdio:${at('access.log')} short`,
      `cache_log ${at('cache.log')}`,
      `pid_filename ${at('squid.pid')}`,
      `coredump_dir ${folder}`,
      'cache deny all',
      'pinger_enable off',
      'shutdown_lifetime 0 seconds',
      '',
    ].join('\n'),
  )
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` }
  const child = spawn('squid', ['-N', '-f', at('squid.conf')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await expect.poll(() => answersAt(port), { message: 'Squid listens' }).toBe(true)
  return {
    url: `http://${host}`,
    host,
    log: async () => (await readFile(at('access.log'), 'utf8')).split('\n').filter((line) => line !== ''),
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answersAt(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
