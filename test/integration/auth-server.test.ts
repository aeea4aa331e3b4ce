/** The stand-in for the service is what the other tests lean on, so its own rules are tested too. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startAuthServer, type AuthServer, type AuthServerOptions } from '../support/auth-server'

const DAY_MS = 86_400_000

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
}

let server: AuthServer
let time: number

beforeEach(async () => {
  time = Date.parse('2026-06-01T12:00:00.250Z')
  server = await start()
})
afterEach(() => server.close())

async function start(options: AuthServerOptions = {}): Promise<AuthServer> {
  const started = await startAuthServer({ seed: 1, now: () => time, ...options })
  started.addApiKey({ apiKey: 'partner', kind: 'partner' })
  started.addApiKey({ apiKey: 'company', kind: 'company', jwtLifeMs: 60_000 })
  return started
}

async function post(path: string, fields: object, to = server): Promise<Answer> {
  const reply = await fetch(to.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  })
  return { status: reply.status, body: (await reply.json()) as Answer['body'] }
}

const login = (apiKey: string) => post('/auth/login', { apiKey })
const refresh = (refreshToken: string | undefined) => post('/auth/refresh', { refreshToken })
const whoami = async (jwt = '') =>
  (await fetch(`${server.url}/whoami`, { headers: { 'R-Auth': jwt } })).status

describe('rotation without grace', () => {
  it('kills the old refresh token at once, and keeps count of its use', async () => {
    const first = (await login('partner')).body['refreshToken']
    const second = (await refresh(first)).body['refreshToken']
    expect(second).not.toBe(first)
    expect((await refresh(first)).status).toBe(401)
    expect(server.report('partner')).toEqual({
      kind: 'partner',
      newestRefreshToken: second,
      logins: 1,
      rotations: 1,
      olderTokensSent: 1,
    })
    expect((await refresh(second)).status).toBe(200)
  })

  it('happens although the reply is lost', async () => {
    const first = (await login('partner')).body['refreshToken']
    server.nextReply({ kind: 'cut', at: 'headers', afterProcessing: true }, '/auth/refresh')
    await expect(refresh(first)).rejects.toThrow()
    expect(server.report('partner').rotations).toBe(1)
    expect((await refresh(first)).status).toBe(401)
  })

  it('doesn’t happen when the request isn’t processed', async () => {
    const first = (await login('partner')).body['refreshToken']
    server.nextReply({ kind: 'proxy-page', status: 502 }, '/auth/refresh')
    await expect(refresh(first)).rejects.toThrow()
    expect((await refresh(first)).status).toBe(200)
  })
})

describe('what is refused', () => {
  it('keys and tokens that are unknown, revoked or expired', async () => {
    const { refreshToken } = (await login('partner')).body
    expect((await login('nobody')).status).toBe(401)
    server.revokeApiKey('partner')
    expect((await login('partner')).status).toBe(401)
    time += 30 * DAY_MS
    expect((await refresh(refreshToken)).status).toBe(401)
  })

  it('a revoked refresh token', async () => {
    const { refreshToken = '' } = (await login('partner')).body
    server.revokeRefreshToken(refreshToken)
    expect((await refresh(refreshToken)).status).toBe(401)
  })

  it('a JWT that is expired, changed or none', async () => {
    const { jwt = '' } = (await login('company')).body
    expect(await whoami(jwt)).toBe(200)
    expect(await whoami(jwt.replace('.', '.e'))).toBe(401)
    expect(await whoami('')).toBe(401)
    time += 60_000
    expect(await whoami(jwt)).toBe(401)
  })
})

describe('dates', () => {
  it('have an offset, or none', async () => {
    expect((await login('partner')).body).toMatchObject({
      expirationDate: '2026-06-02T12:00:00.250+00:00',
      refreshTokenExpiration: '2026-07-01T12:00:00.250+00:00',
    })
    server.settings.dateStyle = 'zoneless'
    server.settings.zonelessOffsetMinutes = -180
    expect((await login('company')).body).toEqual({
      jwt: expect.any(String) as string,
      expirationDate: '2026-06-01T09:01:00',
    })
  })
})

it('is the same in each run with the same seed and clock', async () => {
  const again = await start()
  expect(await post('/auth/login', { apiKey: 'partner' }, again)).toEqual(await login('partner'))
  await again.close()
})

it('doesn’t grow slower', async () => {
  const { refreshToken: first } = (await login('partner')).body
  let token = first
  const round = async (): Promise<number> => {
    const started = performance.now()
    for (let count = 0; count < 150; count += 1) token = (await refresh(token)).body['refreshToken']
    return performance.now() - started
  }
  await round()
  const early = await round()
  for (let index = 0; index < 400; index += 1)
    server.addApiKey({ apiKey: `k-${String(index)}`, kind: 'partner' })
  await round()
  const late = await round()
  expect(late).toBeLessThan(3 * early + 200)
  expect(server.report('partner')).toMatchObject({ rotations: 600, olderTokensSent: 0 })
})
