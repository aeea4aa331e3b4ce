/** Nothing runs, loads or is sent in the window but its own files (point 7 of docs/SECURITY-CHECKLIST.md). */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { HOME, ready } from '../support/built-window'
import { expect, test } from '../support/served-app'

test('7: the content security policy lets nothing run, load or be sent but the window’s own files', async ({
  launch,
  server,
}) => {
  const { window } = await launch()
  await ready(window)
  await window.evaluate(`globalThis.ran = []; globalThis.violated = new Set();
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.add(effectiveDirective))`)
  // Later, and so out of the debugger's evaluation, which would lift the ban on eval.
  await window.evaluate(`void setTimeout(() => {
    const remote = ${JSON.stringify(server.url)}
    const attempt = (act) => { try { return act() } catch { return undefined } }
    const add = (name, fields) => attempt(() => {
      const element = document.createElement(name)
      for (const [key, value] of Object.entries(fields)) element.setAttribute(key, value)
      if (fields.text !== undefined) element.textContent = fields.text
      document.body.append(element)
      return element
    })
    attempt(() => eval("ran.push('eval')"))
    attempt(() => new Function("ran.push('Function')")())
    attempt(() => setTimeout("ran.push('timer')"))
    add('script', { text: "ran.push('inline')" })
    add('script', { src: remote + '/x.js' })
    add('script', { src: "data:text/javascript,ran.push('data')" })
    add('script', { src: URL.createObjectURL(new Blob(["ran.push('blob')"])) })
    add('button', { onclick: "ran.push('attribute')" })?.click()
    add('a', { href: "javascript:ran.push('address')" })?.click()
    add('style', { text: 'body { outline: 1px solid }' })
    add('p', { style: 'color: red' })
    add('link', { rel: 'stylesheet', href: remote + '/x.css' })
    add('img', { src: remote + '/x.png' })
    add('img', { src: 'file:///etc/hostname' })
    add('video', { src: remote + '/x.mp4' })
    add('iframe', { src: remote })
    add('iframe', { src: 'app://tokendesk/guide.html' })
    add('iframe', { src: 'file:///etc/hostname' })
    add('object', { data: remote + '/x.pdf' })
    add('embed', { src: remote + '/x.pdf' })
    attempt(() => new FontFace('x', 'url(' + remote + '/x.woff2)').load().catch(() => undefined))
    add('base', { href: remote })
    const form = add('form', { action: remote, method: 'post' })
    attempt(() => form.submit())
    attempt(() => void fetch(remote).then(() => ran.push('fetch'), () => undefined))
    attempt(() => void fetch('app://tokendesk/index.html').then(() => ran.push('fetch of ours'), () => undefined))
    attempt(() => void fetch('file:///etc/hostname').then(() => ran.push('fetch of a file'), () => undefined))
    attempt(() => { const request = new XMLHttpRequest(); request.open('GET', remote); request.send() })
    attempt(() => { new WebSocket(remote.replace('http', 'ws')).onopen = () => ran.push('socket') })
    attempt(() => { new EventSource(remote).onopen = () => ran.push('events') })
    attempt(() => navigator.sendBeacon(remote, 'x'))
    attempt(() => new Worker(URL.createObjectURL(new Blob(["postMessage('x')"]))))
    attempt(() => new Worker('data:text/javascript,1'))
    attempt(() => void navigator.serviceWorker?.register('x.js').then(() => ran.push('service worker'), () => undefined))
    attempt(() => void import(remote + '/x.js').catch(() => undefined))
    globalThis.tried = true
  })`)
  await expect
    .poll(() => window.evaluate(`[...violated].sort()`))
    .toEqual([
      'base-uri',
      'connect-src',
      'font-src',
      'form-action',
      'frame-src',
      'img-src',
      'media-src',
      'object-src',
      'script-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-attr',
      'style-src-elem',
      'worker-src',
    ])
  expect(await window.evaluate(`[tried, ran]`)).toEqual([true, []])
  expect(server.stats.connections).toBe(0)
  expect(window.url()).toBe(HOME)
})

test('7: what no policy covers gets no packet out either: WebRTC, early connections, pings', async ({
  launch,
  server,
}) => {
  const packets: Buffer[] = []
  const stun = createSocket('udp4').on('message', (packet) => packets.push(packet))
  stun.bind(0, '127.0.0.1')
  await once(stun, 'listening')
  const { window } = await launch()
  await ready(window)
  await window.evaluate(`for (const rel of ['preconnect', 'prefetch', 'modulepreload', 'preload', 'icon']) {
    const link = document.createElement('link')
    Object.assign(link, { rel, href: ${JSON.stringify(server.url)} + '/' + rel, as: 'script' })
    document.head.append(link)
  }
  const link = document.createElement('a')
  Object.assign(link, { href: '#ping', ping: ${JSON.stringify(server.url)} })
  document.body.append(link)
  link.click()`)
  const servers = [
    { urls: `stun:127.0.0.1:${String(stun.address().port)}` },
    {
      urls: `turn:127.0.0.1:${new URL(server.url).port}?transport=tcp`,
      username: 'user',
      credential: 'password',
    },
  ]
  // Done when all ways that there might be have been tried.
  const candidates = await window.evaluate(`(async () => {
    const connection = new RTCPeerConnection({ iceServers: ${JSON.stringify(servers)} })
    const candidates = []
    const done = new Promise((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        if (candidate === null) resolve()
        else if (candidate.candidate !== '') candidates.push(candidate.candidate)
      }
    })
    connection.createDataChannel('out')
    await connection.setLocalDescription(await connection.createOffer())
    await done
    return candidates
  })()`)
  expect(candidates).toEqual([])
  expect(packets).toEqual([])
  expect(server.stats.connections).toBe(0)
  stun.close()
})
