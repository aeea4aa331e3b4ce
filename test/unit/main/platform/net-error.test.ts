import { describe, expect, it } from 'vitest'
import { netFailure } from '../../../../electron/main/platform/net-error'

describe('netFailure', () => {
  it.each([
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_NAME_NOT_RESOLVED', 'dns'],
    ['net::ERR_CONNECTION_REFUSED', 'refused'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'other'],
    ['net::ERR_ADDRESS_UNREACHABLE', 'other'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_UNEXPECTED_PROXY_AUTH', 'proxy'],
    ['net::ERR_PROXY_AUTH_REQUESTED', 'proxy-password'],
    ['net::ERR_PROXY_AUTH_UNSUPPORTED', 'proxy'],
    ['net::ERR_CERT_DATE_INVALID', 'tls'],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'tls'],
    ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'tls'],
    ['net::ERR_UNSAFE_PORT', 'other'],
  ])('%s did not arrive: %s', (message, reason) => {
    const detail = message.slice('net::'.length)
    expect(netFailure(message, true, 'nss')).toEqual({
      problem: { code: 'unreachable', reason, detail },
      mayHaveArrived: false,
    })
  })

  it.each(['nss', 'system'] as const)('an unknown authority names the store that trusts: %s', (trust) => {
    expect(netFailure('net::ERR_CERT_AUTHORITY_INVALID', true, trust)).toEqual({
      problem: { code: 'unreachable', reason: 'tls', detail: 'ERR_CERT_AUTHORITY_INVALID', trust },
      mayHaveArrived: false,
    })
  })

  it('a TLS error that TLS 1.3 can raise after the request says TLS and may have arrived', () => {
    expect(netFailure('net::ERR_SSL_PROTOCOL_ERROR', true, 'nss')).toEqual({
      problem: { code: 'unreachable', reason: 'tls', detail: 'ERR_SSL_PROTOCOL_ERROR' },
      mayHaveArrived: true,
    })
  })

  it.each([
    ['net::ERR_TIMED_OUT', 'timeout', 'ERR_TIMED_OUT'],
    ['net::ERR_CONNECTION_RESET', 'broken', 'ERR_CONNECTION_RESET'],
    ['net::ERR_CONNECTION_CLOSED', 'broken', 'ERR_CONNECTION_CLOSED'],
    ['net::ERR_EMPTY_RESPONSE', 'broken', 'ERR_EMPTY_RESPONSE'],
    ['net::ERR_NETWORK_CHANGED', 'broken', 'ERR_NETWORK_CHANGED'],
    ['net::ERR_NETWORK_IO_SUSPENDED', 'broken', 'ERR_NETWORK_IO_SUSPENDED'],
    ['net::ERR_SOME_NEW_ERROR', 'broken', 'ERR_SOME_NEW_ERROR'],
    ['constructor', 'broken', 'unknown error'],
    ['failed on key-1234', 'broken', 'unknown error'],
    ['', 'broken', 'unknown error'],
  ])('%s may have arrived', (message, reason, detail) => {
    expect(netFailure(message, true, 'nss')).toEqual({
      problem: { code: 'no-answer', reason, detail },
      mayHaveArrived: true,
    })
  })

  it.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'offline'],
    ['net::ERR_ADDRESS_UNREACHABLE', 'offline'],
    ['net::ERR_CONNECTION_REFUSED', 'refused'],
    ['net::ERR_CERT_DATE_INVALID', 'tls'],
  ])('%s without a network: %s', (message, reason) => {
    expect(netFailure(message, false, 'nss')).toMatchObject({ problem: { reason }, mayHaveArrived: false })
  })

  it('having no network by now doesn’t mean that nothing has arrived', () => {
    expect(netFailure('net::ERR_NETWORK_CHANGED', false, 'nss')).toMatchObject({
      problem: { code: 'no-answer' },
      mayHaveArrived: true,
    })
  })
})
