/** Over a real socket, with a compositor that says what it is told to. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemTimers } from '../../electron/main/adapters/system-clock'
import { waylandSocket, watchSelection } from '../../electron/main/platform/wayland-selection'
import { request, takeEvent } from '../../electron/main/platform/wayland-wire'

const REGISTRY = 2
const DEVICE = 6
const OFFER = 0xff000001

let folder = ''
let path = ''
let server: Server | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokendesk-compositor-'))
  path = join(folder, 'wayland-0')
})

afterEach(async () => {
  server?.close()
  server = null
  await rm(folder, { recursive: true })
})

/** Events have the form of requests. Callbacks are answered in order: the globals, then what `ready` says. */
async function startCompositor(
  globals: readonly string[],
  ready: readonly Buffer[] = [],
): Promise<{ client: Promise<Socket> }> {
  let found: (socket: Socket) => void = () => undefined
  const client = new Promise<Socket>((resolve) => {
    found = resolve
  })
  server = createServer((socket) => {
    found(socket)
    let arrived = Buffer.alloc(0)
    let syncs = 0
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      arrived = Buffer.concat([arrived, bytes])
      for (let taken = takeEvent(arrived); taken !== null; taken = takeEvent(arrived)) {
        arrived = Buffer.from(taken.rest)
        const { object, opcode, body } = taken.event
        if (object !== 1 || opcode !== 0) continue
        syncs += 1
        const listed = globals.map((name, index) => request(REGISTRY, 0, index + 1, name, 1))
        for (const each of syncs === 1 ? listed : ready) socket.write(each)
        socket.write(request(body.readUInt32LE(0), 0, 0))
      }
    })
  })
  server.listen(path)
  await once(server, 'listening')
  return { client }
}

function offered(...formats: readonly string[]): Buffer[] {
  return [
    request(DEVICE, 0, OFFER),
    ...formats.map((format) => request(OFFER, 0, format)),
    request(DEVICE, 1, OFFER),
  ]
}

const EMPTIED = request(DEVICE, 1, 0)
const MANAGED = ['wl_compositor', 'wl_seat', 'zwlr_data_control_manager_v1']

describe('the clipboard as the compositor shows it', () => {
  it('is seen as it is, and as it changes', async () => {
    const { client } = await startCompositor(MANAGED, offered('text/html', 'text/plain'))
    const watch = await watchSelection(path, systemTimers)
    expect(watch?.seen).toEqual([['text/html', 'text/plain']])
    const isEmptied = watch?.comes(1, (selection) => selection === null, 5_000)
    ;(await client).write(EMPTIED)
    expect(await isEmptied).toBe(true)
    const comesBack = watch?.comes(2, (selection) => selection?.includes('image/png') === true, 5_000)
    // In pieces, as a stream may.
    const bytes = Buffer.concat(offered('image/png'))
    ;(await client).write(bytes.subarray(0, 13))
    ;(await client).write(bytes.subarray(13))
    expect(await comesBack).toBe(true)
    watch?.close()
  })

  it('does not count as changed by what was there before', async () => {
    await startCompositor(MANAGED, offered('text/plain'))
    const watch = await watchSelection(path, systemTimers)
    expect(await watch?.comes(1, () => true, 0)).toBe(false)
    watch?.close()
  })

  it('is shown by newer compositors under another name', async () => {
    await startCompositor(['wl_seat', 'ext_data_control_manager_v1'])
    const watch = await watchSelection(path, systemTimers)
    expect(watch).not.toBeNull()
    watch?.close()
  })

  it('is waited for no longer when the compositor is gone', async () => {
    const { client } = await startCompositor(MANAGED)
    const watch = await watchSelection(path, systemTimers)
    const comes = watch?.comes(0, () => true, 3_600_000)
    ;(await client).destroy()
    expect(await comes).toBe(false)
  })

  it.each([
    ['shows it to nobody', ['wl_compositor', 'wl_seat']],
    ['has no seat', ['wl_compositor', 'zwlr_data_control_manager_v1']],
  ])('is not seen where the compositor %s', async (_why, globals) => {
    await startCompositor(globals)
    expect(await watchSelection(path, systemTimers)).toBeNull()
  })

  it('is not seen where nobody answers, or nonsense comes', async () => {
    expect(await watchSelection(join(folder, 'nobody'), systemTimers)).toBeNull()
    server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
    })
    server.listen(path)
    await once(server, 'listening')
    expect(await watchSelection(path, systemTimers)).toBeNull()
  })
})

it('is where the session says', () => {
  expect(waylandSocket({ WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: '/run/user/1' })).toBe(
    '/run/user/1/wayland-1',
  )
  expect(waylandSocket({ WAYLAND_DISPLAY: '/run/other/wayland-0' })).toBe('/run/other/wayland-0')
  expect(waylandSocket({ XDG_RUNTIME_DIR: '/run/user/1' })).toBeNull()
  expect(waylandSocket({ WAYLAND_DISPLAY: 'wayland-1' })).toBeNull()
})
