import { expect, it } from 'vitest'
import { firstProxy } from '../../../electron/main/platform/proxy-list'

it.each([
  ['DIRECT', 'direct'],
  ['', 'direct'],
  ['nonsense', 'direct'],
  ['PROXY a.example:8080; DIRECT', 'http a.example 8080'],
  ['proxy a.example:8080', 'http a.example 8080'],
  ['HTTPS a.example:443', 'https a.example 443'],
  ['SOCKS a.example:1080', 'socks4 a.example 1080'],
  ['SOCKS5 [::1]:1080;PROXY b.example:1', 'socks5 ::1 1080'],
  ['QUIC a.example:443; PROXY b.example:1', 'http b.example 1'],
  ['DIRECT; PROXY b.example:1', 'direct'],
  ['PROXY a.example', 'direct'],
])('%j is %s', (list, expected) => {
  const proxy = firstProxy(list, () => null)
  expect(proxy.kind === 'direct' ? 'direct' : `${proxy.kind} ${proxy.host} ${String(proxy.port)}`).toBe(
    expected,
  )
})
