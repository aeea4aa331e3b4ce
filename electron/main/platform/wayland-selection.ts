/**
 * The clipboard as the compositor reports it to clipboard managers (data-control: sway and similar ones, KDE, COSMIC;
 * not GNOME). Chromium can't be asked, since it believes what it wrote. Only the offered formats are read; the content
 * would need file descriptors, which Node can't receive.
 */
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Timers } from '../../core/base/ports'
import { request, takeEvent, textAt, wordAt, type WaylandEvent } from './wayland-wire'

/** A running compositor responds within milliseconds. */
const OPENS_WITHIN_MS = 500

/** The offered formats; null is an empty clipboard. */
export type Selection = readonly string[] | null

export interface SelectionWatch {
  /** Every selection since the watch began, starting with the one at that time. */
  readonly seen: readonly Selection[]
  /**
   * Resolves with whether a selection for which `isIt` is true comes within the limit; the first `from` don't count.
   */
  comes(from: number, isIt: (selection: Selection) => boolean, limitMs: number): Promise<boolean>
  close(): void
}

const MANAGERS = ['ext_data_control_manager_v1', 'zwlr_data_control_manager_v1']

// Object ids chosen here, and the opcodes of their requests.
const DISPLAY = 1
const REGISTRY = 2
const LISTED = 3
const SEAT = 4
const MANAGER = 5
const DEVICE = 6
const READY = 7
const SYNC = 0
const GET_REGISTRY = 1
const BIND = 0
const GET_DATA_DEVICE = 1

/** The compositor's socket; null outside of a Wayland session. */
export function waylandSocket(env: Readonly<Record<string, string | undefined>>): string | null {
  const name = env['WAYLAND_DISPLAY'] ?? ''
  if (name.startsWith('/')) return name
  const folder = env['XDG_RUNTIME_DIR'] ?? ''
  return name === '' || folder === '' ? null : join(folder, name)
}

/** Null where the compositor doesn't show its clipboard, or doesn't respond. */
export async function watchSelection(path: string, timers: Timers): Promise<SelectionWatch | null> {
  const client = new SelectionClient(path, timers)
  return (await client.isOpen) ? client : null
}

class SelectionClient implements SelectionWatch {
  readonly seen: Selection[] = []
  readonly isOpen: Promise<boolean>
  readonly #socket
  readonly #globals = new Map<string, number>()
  /** The formats of each offer, by object id. */
  readonly #offers = new Map<number, string[]>()
  readonly #listeners = new Set<() => void>()
  #opened: (isOpen: boolean) => void = () => undefined

  constructor(
    path: string,
    private readonly timers: Timers,
  ) {
    this.#socket = connect(path)
    this.isOpen = new Promise((resolve) => {
      const stop = timers.after(OPENS_WITHIN_MS, () => {
        this.#opened(false)
      })
      this.#opened = (isOpen) => {
        stop()
        if (!isOpen) this.close()
        resolve(isOpen)
      }
    })
    this.#listen()
    this.#socket.write(
      Buffer.concat([request(DISPLAY, GET_REGISTRY, REGISTRY), request(DISPLAY, SYNC, LISTED)]),
    )
  }

  comes(from: number, isIt: (selection: Selection) => boolean, limitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isThere: boolean): void => {
        this.#listeners.delete(look)
        stop()
        resolve(isThere)
      }
      const look = (): void => {
        if (this.seen.slice(from).some(isIt)) settle(true)
        else if (this.#socket.destroyed) settle(false)
      }
      const stop = this.timers.after(limitMs, () => {
        settle(false)
      })
      this.#listeners.add(look)
      look()
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #listen(): void {
    let arrived = Buffer.alloc(0)
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => {
      this.#opened(false)
      for (const each of this.#listeners) each()
    })
    this.#socket.on('data', (bytes: Buffer) => {
      try {
        arrived = Buffer.concat([arrived, bytes])
        for (let taken = takeEvent(arrived); taken !== null; taken = takeEvent(arrived)) {
          arrived = Buffer.from(taken.rest)
          this.#hear(taken.event)
        }
      } catch {
        this.#socket.destroy()
      }
    })
  }

  #hear({ object, opcode, body }: WaylandEvent): void {
    if (object === DISPLAY && opcode === 0) this.#socket.destroy()
    else if (object === REGISTRY && opcode === 0) this.#globals.set(textAt(body, 4), wordAt(body, 0))
    else if (object === LISTED) this.#bind()
    else if (object === READY) this.#opened(true)
    else if (object === DEVICE) this.#hearDevice(opcode, wordAt(Buffer.concat([body, Buffer.alloc(4)]), 0))
    else if (opcode === 0) this.#offers.get(object)?.push(textAt(body, 0))
  }

  #bind(): void {
    const seat = this.#globals.get('wl_seat')
    const name = MANAGERS.find((each) => this.#globals.has(each))
    const manager = name === undefined ? undefined : this.#globals.get(name)
    if (seat === undefined || name === undefined || manager === undefined) {
      this.#opened(false)
      return
    }
    this.#socket.write(
      Buffer.concat([
        request(REGISTRY, BIND, seat, 'wl_seat', 1, SEAT),
        request(REGISTRY, BIND, manager, name, 1, MANAGER),
        request(MANAGER, GET_DATA_DEVICE, DEVICE, SEAT),
        request(DISPLAY, SYNC, READY),
      ]),
    )
  }

  /** The events data_offer, selection and finished; others are ignored. */
  #hearDevice(opcode: number, offer: number): void {
    if (opcode === 0) this.#offers.set(offer, [])
    if (opcode === 2) this.#socket.destroy()
    if (opcode !== 1) return
    this.seen.push(offer === 0 ? null : (this.#offers.get(offer) ?? []))
    for (const each of this.#listeners) each()
  }
}
