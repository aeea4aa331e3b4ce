/** A page on another origin that knows the gateway's address, and tries all that a page can to get a request through. */

/** Each attempt asks for `<base>/<its name>`. Those that tell nobody of their end are simply started. */
const SCRIPT = `
const base = new URLSearchParams(location.search).get('base')
const rebound = new URLSearchParams(location.search).get('rebound')
const isWorker = new URLSearchParams(location.search).has('worker')
const tries = []
const add = (name, tag, attributes) => {
  const element = document.createElementNS(
    tag === 'image' ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml', tag)
  tries.push(new Promise((resolve) => {
    element.addEventListener('load', resolve)
    element.addEventListener('error', resolve)
    element.addEventListener('loadeddata', resolve)
  }))
  for (const [key, value] of Object.entries(attributes(base + '/' + name))) element.setAttribute(key, value)
  ;(tag === 'image' ? document.querySelector('svg') : document.body).append(element)
}
add('img', 'img', (src) => ({ src }))
add('img-no-referrer', 'img', (src) => ({ referrerpolicy: 'no-referrer', src }))
add('img-srcset', 'img', (srcset) => ({ srcset }))
add('img-cors', 'img', (src) => ({ crossorigin: 'anonymous', src }))
add('svg-image', 'image', (href) => ({ href }))
add('script', 'script', (src) => ({ src }))
add('script-module', 'script', (src) => ({ type: 'module', src }))
add('script-no-referrer', 'script', (src) => ({ referrerpolicy: 'no-referrer', src }))
add('style', 'link', (href) => ({ rel: 'stylesheet', href }))
add('iframe', 'iframe', (src) => ({ src }))
add('iframe-no-referrer', 'iframe', (src) => ({ referrerpolicy: 'no-referrer', src }))
add('iframe-sandbox', 'iframe', (src) => ({ sandbox: 'allow-scripts', src }))
add('object', 'object', (data) => ({ type: 'text/html', data }))
add('embed', 'embed', (src) => ({ type: 'text/html', src }))
add('video', 'video', (src) => ({ preload: 'auto', src }))
add('audio', 'audio', (src) => ({ preload: 'auto', src }))
add('preload', 'link', (href) => ({ rel: 'preload', as: 'image', href }))
tries.push(new FontFace('x', 'url(' + base + '/font)').load())
const send = (name, options) => tries.push(fetch(base + '/' + name, options))
send('fetch', {})
send('fetch-no-cors', { mode: 'no-cors' })
send('fetch-no-referrer', { mode: 'no-cors', referrerPolicy: 'no-referrer' })
send('fetch-credentials', { credentials: 'include', mode: 'no-cors' })
send('fetch-text', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{}' })
send('fetch-form', { method: 'POST', body: new URLSearchParams({ a: '1' }) })
send('fetch-multipart', { method: 'POST', body: new FormData() })
send('fetch-post-no-cors', { method: 'POST', mode: 'no-cors', body: 'x' })
send('fetch-put', { method: 'PUT', body: 'x' })
send('fetch-delete', { method: 'DELETE' })
send('fetch-r-auth', { headers: { 'R-Auth': 'x' } })
send('fetch-keepalive', { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' })
for (const [name, method] of [['xhr', 'GET'], ['xhr-post', 'POST']]) {
  const xhr = new XMLHttpRequest()
  xhr.open(method, base + '/' + name)
  tries.push(new Promise((resolve) => { xhr.onloadend = resolve }))
  xhr.send(method === 'POST' ? 'x' : null)
}
tries.push(import(base + '/import'))
tries.push(new Promise((resolve) => {
  const events = new EventSource(base + '/events')
  events.onopen = events.onerror = () => { events.close(); resolve() }
}))
tries.push(new Promise((resolve) => {
  const socket = new WebSocket(base.replace('http', 'ws') + '/socket')
  socket.onopen = socket.onclose = resolve
}))
navigator.sendBeacon(base + '/beacon', 'x')
for (const [name, method, enctype, rel] of [
  ['form-get', 'GET', '', ''], ['form-post', 'POST', '', ''],
  ['form-text', 'POST', 'text/plain', 'noreferrer'], ['form-multipart', 'POST', 'multipart/form-data', ''],
]) {
  const frame = document.createElement('iframe')
  frame.name = name
  const form = document.createElement('form')
  Object.assign(form, { action: base + '/' + name, method, target: name })
  if (enctype) form.enctype = enctype
  if (rel) form.rel = rel
  document.body.append(frame, form)
  tries.push(new Promise((resolve) => frame.addEventListener('load', resolve)))
  form.submit()
}
if (rebound) {
  tries.push(fetch(rebound + '/rebound-fetch', { mode: 'no-cors', referrerPolicy: 'no-referrer' }))
  const frame = document.createElement('iframe')
  Object.assign(frame, { referrerPolicy: 'no-referrer', src: rebound + '/rebound-iframe' })
  tries.push(new Promise((resolve) => frame.addEventListener('load', resolve)))
  document.body.append(frame)
}
if (isWorker) {
  tries.push((async () => {
    await navigator.serviceWorker.register('/worker.js')
    const { active } = await navigator.serviceWorker.ready
    const channel = new MessageChannel()
    const done = new Promise((resolve) => { channel.port1.onmessage = resolve })
    active.postMessage(base + '/worker', [channel.port2])
    await done
  })())
}
Promise.allSettled(tries).then(() => { document.title = 'done ' + tries.length })
`

export const WORKER = `
addEventListener('message', (event) => {
  const [port] = event.ports
  event.waitUntil(fetch(event.data, { mode: 'no-cors', referrerPolicy: 'no-referrer' })
    .catch(() => undefined).then(() => port.postMessage('done')))
})
`

export const PAGE = `<!doctype html><title>trying</title><body><svg></svg><script type="module">${SCRIPT}</script></body>`

/** All that the page tries, as the last part of the paths that it asks for. */
export const ATTEMPTS: readonly string[] = [
  ...SCRIPT.matchAll(/(?:add|send)\('([a-z-]+)'/gu),
  ...SCRIPT.matchAll(/'\/([a-z-]+)'/gu),
  ...SCRIPT.matchAll(/\['((?:xhr|form)[a-z-]*)'/gu),
  ...SCRIPT.matchAll(/\/(font)\)/gu),
]
  .map(([, name = '']) => name)
  .filter((name) => name !== '')
