// Runs the built app and records everything that crosses between its windows and main.
import { app, ipcMain } from 'electron'

/** @type {{ way: 'in' | 'out', channel: string, text: string }[]} */
const traffic = []
Object.assign(globalThis, { ipcTraffic: traffic })

/** @type {(way: 'in' | 'out', channel: string, message: unknown) => void} */
function record(way, channel, message) {
  traffic.push({ way, channel, text: JSON.stringify(message, readable) })
}

/** @type {(key: string, value: unknown) => unknown} */
function readable(_key, value) {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
}

const handle = ipcMain.handle.bind(ipcMain)
ipcMain.handle = (channel, listener) => {
  handle(channel, async (event, input) => {
    record('in', channel, [input])
    /** @type {unknown} */
    const reply = await listener(event, input)
    record('out', channel, reply)
    return reply
  })
}

app.on('web-contents-created', (_event, contents) => {
  const send = contents.send.bind(contents)
  contents.send = (channel, payload) => {
    record('out', channel, payload)
    send(channel, payload)
  }
})

await import(new URL('../../out/main/index.js', import.meta.url).href)
