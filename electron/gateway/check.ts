/** *Check*: whether a service takes a JWT, asked by the same way as all forwarded requests. */
import type { GatewayCheck, GatewayCheckOutcome } from '../shared/gateway'
import { requestHeaders } from './headers'
import { failureOf } from './net-failures'
import { judgePath } from './refusals'
import type { Upstreams } from './upstreams'

const TIMEOUT_MS = 10_000

export async function check(
  { baseUrl, path, jwt }: GatewayCheck,
  upstreams: Upstreams,
  monotonic: () => number,
): Promise<GatewayCheckOutcome> {
  const refusal = judgePath(baseUrl, path)
  if (refusal !== null) return { kind: 'failed', code: refusal, reason: null }
  const url = baseUrl + path
  const headers = requestHeaders(['Accept', '*/*'], {
    host: new URL(baseUrl).host,
    jwt,
    method: 'GET',
    isBodyHere: true,
  })
  try {
    const startedAt = monotonic()
    const request = await upstreams.open({ url, method: 'GET', headers })
    return await new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve({ kind: 'failed', code: 'timed-out', reason: null })
        request.destroy()
      }, TIMEOUT_MS)
      request.on('response', (response) => {
        resolve({
          kind: 'answered',
          status: response.statusCode ?? 0,
          elapsedMs: monotonic() - startedAt,
          date: response.headers.date ?? null,
        })
        // Its body is of no interest.
        request.destroy()
      })
      request.on('error', (error) => {
        upstreams.failed(url)
        resolve({ kind: 'failed', ...failureOf(error) })
      })
      request.on('close', () => {
        clearTimeout(timer)
        resolve({ kind: 'failed', code: 'unreachable', reason: 'broken-off' })
      })
      request.end()
    })
  } catch (error) {
    return { kind: 'failed', ...failureOf(error) }
  }
}
