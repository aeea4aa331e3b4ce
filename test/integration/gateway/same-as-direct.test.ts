/** Fuzzed exchanges, sent directly and through the gateway: the same at both ends (issue 24, "Same as direct"). */
import { createHash } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { JWT, listen, routeTo, startGateway } from '../../support/gateway'
import { inputs } from '../../support/length'

/** Of one connection only, or the gateway's own business. */
const NOT_COMPARED = ['connection', 'keep-alive', 'transfer-encoding', 'host', 'r-auth', 'cookie']

interface Plan {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Body
  readonly status: number
  readonly reason: string
  readonly replyHeaders: readonly (readonly [string, string])[]
  readonly replyBody: Body
}

interface Body {
  readonly chunks: readonly Buffer[]
  readonly isChunked: boolean
}

const body = fc.record({
  chunks: fc.array(
    fc
      .oneof(
        { weight: 8, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }) },
        {
          weight: 1,
          arbitrary: fc.integer({ min: 1, max: 200_000 }).map((size) => new Uint8Array(size).fill(size)),
        },
      )
      .map((bytes) => Buffer.from(bytes)),
    { maxLength: 4 },
  ),
  isChunked: fc.boolean(),
})

const TOKEN = fc.stringMatching(/^[A-Za-z][A-Za-z0-9!#$%&'*+.^`|~-]{0,12}$/u)
const value = fc.oneof(
  fc.stringMatching(/^[!-~]([ -~\t]{0,30}[!-~])?$/u),
  fc.constantFrom('', 'é', 'a, b', '"q"', '0'),
)
/** None that means something to one of those on the way. */
const header = fc.tuple(
  TOKEN.map((name) => `X-${name}`),
  value,
)
const known = fc.constantFrom<[string, string]>(
  ['Accept', '*/*'],
  ['accept-encoding', 'gzip, br'],
  ['Authorization', 'Basic eDp5'],
  ['User-Agent', 'fuzz'],
  ['content-type', 'application/json'],
  ['Range', 'bytes=0-1'],
  ['If-None-Match', '"x"'],
  ['Via', '1.1 x'],
  ['Forwarded', 'for=1.2.3.4'],
)
const knownReply = fc.constantFrom<[string, string]>(
  ['Set-Cookie', 'a=1; Path=/'],
  ['Set-Cookie', 'b=2'],
  ['Date', 'Sun, 29 Nov 2026 00:00:00 GMT'],
  ['Content-Encoding', 'gzip'],
  ['ETag', '"x"'],
  ['Access-Control-Allow-Origin', '*'],
  ['WWW-Authenticate', 'Basic realm="x"'],
  ['Retry-After', '7'],
  ['Location', 'https://elsewhere.example/x'],
)
const segment = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_~!$&'()*+,;=:@-]{1,10}$/u),
  fc.constantFrom('%20', 'a%2Fb', '%C3%A9', 'a.b', '...', '%25', '%zz'),
)
const path = fc
  .tuple(
    fc.array(segment, { maxLength: 4 }),
    fc.option(fc.stringMatching(/^[A-Za-z0-9%/?.:@&=+,;!$'()*_~|{}^`"<>[\]-]{0,30}$/u)),
  )
  .map(([segments, query]) => `/${segments.join('/')}${query === null ? '' : `?${query}`}`)

const plan: fc.Arbitrary<Plan> = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'REPORT'),
  path,
  headers: fc.array(fc.oneof(header, known), { maxLength: 6 }),
  body,
  status: fc.constantFrom(
    200,
    201,
    202,
    204,
    206,
    300,
    301,
    302,
    304,
    307,
    400,
    401,
    403,
    404,
    409,
    418,
    422,
    429,
    500,
    502,
    503,
    599,
  ),
  reason: fc.constantFrom('', 'OK', 'I am fine', 'Não'),
  replyHeaders: fc.array(fc.oneof(header, knownReply), { maxLength: 6 }),
  replyBody: body,
})

/** The same at the service and at the tool. */
interface Seen {
  readonly request: object
  readonly response: object
}

function compared(raw: readonly string[]): string[] {
  return raw.flatMap((name, index) => {
    if (index % 2 === 1 || NOT_COMPARED.includes(name.toLowerCase())) return []
    return `${name}: ${raw[index + 1] ?? ''}`
  })
}

async function hashOf(stream: IncomingMessage): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

function hasBody({ method, body: { chunks } }: Plan): boolean {
  return chunks.length > 0 && !['GET', 'HEAD', 'OPTIONS'].includes(method)
}

function framing({ chunks, isChunked }: Body): string[] {
  return isChunked
    ? ['Transfer-Encoding', 'chunked']
    : ['Content-Length', String(Buffer.concat(chunks).length)]
}

it('1,000 fuzzed exchanges are the same as sent directly', async () => {
  let current: Plan | null = null
  let request: Promise<object> = Promise.resolve({})
  async function read(req: IncomingMessage): Promise<object> {
    const { method, url, rawHeaders } = req
    return { method, url, headers: compared(rawHeaders).sort(), body: await hashOf(req) }
  }
  async function respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (current === null) throw new Error('nobody has asked')
    const { status, reason, replyHeaders, replyBody } = current
    const jwt = req.headers['r-auth']
    request = read(req).then((seen) => ({ ...seen, jwt }))
    await request
    res.sendDate = false
    const isEmpty = [204, 304].includes(status)
    res.writeHead(status, reason, [...replyHeaders.flat(), ...(isEmpty ? [] : framing(replyBody))])
    if (!isEmpty) for (const chunk of replyBody.chunks) res.write(chunk)
    res.end()
  }
  const service = http.createServer((req, res) => void respond(req, res))
  const url = await listen(service)
  const { address } = await startGateway([routeTo(`${url}/base`)])
  const agents = [new http.Agent({ keepAlive: true }), new http.Agent({ keepAlive: true })] as const

  async function send(base: string, agent: http.Agent, each: Plan): Promise<Seen> {
    current = each
    const target = new URL(base)
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = http.request({
        host: target.hostname,
        port: target.port,
        path: target.pathname + each.path,
        method: each.method,
        agent,
        headers: [
          'Host',
          target.host,
          ...each.headers.flat(),
          'R-Auth',
          JWT,
          ...(hasBody(each)
            ? framing(each.body)
            : ['POST', 'PUT', 'PATCH'].includes(each.method)
              ? ['Content-Length', '0']
              : []),
        ],
      })
      sent.on('response', resolve).on('error', reject)
      if (hasBody(each)) for (const chunk of each.body.chunks) sent.write(chunk)
      sent.end()
    })
    const { statusCode, statusMessage, rawHeaders } = response
    const reply = { statusCode, statusMessage, headers: compared(rawHeaders), body: await hashOf(response) }
    return { request: await request, response: reply }
  }

  await fc.assert(
    fc.asyncProperty(plan, async (each) => {
      const direct = await send(`${url}/base`, agents[0], each)
      const through = await send(address, agents[1], each)
      expect(through).toEqual(direct)
    }),
    inputs(1000),
  )
  for (const agent of agents) agent.destroy()
}, 120_000)
