/** Size, place and state of the main window, kept in `window.json` for the next start. */
import type { BrowserWindow, Rectangle } from 'electron'
import { DelayedWrite } from '../../core/base/delayed-write'
import type { Log, StateStore, Timers } from '../../core/base/ports'

export const MIN_WIDTH = 640
export const MIN_HEIGHT = 420

/** A window that is being moved or resized says so with each pixel. */
const WRITTEN_AFTER_MS = 1_000
/** So much of the window's upper edge must be seen that it can be taken hold of. */
const HANDLE = { width: 100, height: 24 }

export interface Placement {
  /** While it isn't maximized. */
  readonly bounds: Rectangle
  readonly isMaximized: boolean
}

/**
 * Null where there is no text, as at the first start, or it makes no sense: it is replaced when the window is next moved.
 * Without a schema, since the window isn't open yet.
 */
export function parsePlacement(text: string | null): Placement | null {
  if (text === null) return null
  try {
    const { bounds, isMaximized } = JSON.parse(text) as Partial<Placement>
    const { x, y, width, height } = bounds ?? ({} as Partial<Rectangle>)
    if (!isPixels(x) || !isPixels(y) || !isPixels(width) || !isPixels(height)) return null
    return { bounds: { x, y, width, height }, isMaximized: isMaximized === true }
  } catch {
    return null
  }
}

/** What Chromium takes as a coordinate; more would be an overflow. */
function isPixels(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100_000
}

/**
 * Where a window with these bounds can be seen and moved: there, if its upper edge is within a work area and it fits;
 * otherwise in the one that has most of it, or in the middle of the first. `areas`: of each screen, the primary first.
 */
export function inSight(bounds: Rectangle, areas: readonly Rectangle[]): Rectangle {
  const [most] = [...areas].sort((a, b) => shared(bounds, b) - shared(bounds, a))
  if (most === undefined) return bounds
  const width = Math.min(Math.max(bounds.width, MIN_WIDTH), most.width)
  const height = Math.min(Math.max(bounds.height, MIN_HEIGHT), most.height)
  if (width === bounds.width && height === bounds.height && areas.some((area) => isHeldIn(bounds, area)))
    return bounds
  if (shared(bounds, most) === 0) {
    const [primary = most] = areas
    return {
      x: Math.round(primary.x + (primary.width - width) / 2),
      y: Math.round(primary.y + (primary.height - height) / 2),
      width,
      height,
    }
  }
  return {
    x: within(bounds.x, width, most.x, most.width),
    y: within(bounds.y, height, most.y, most.height),
    width,
    height,
  }
}

function isHeldIn({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const seen = overlap({ x, y, width, height: HANDLE.height }, area)
  return y >= area.y && seen.width >= HANDLE.width && seen.height >= HANDLE.height
}

function overlap(a: Rectangle, b: Rectangle): Pick<Rectangle, 'width' | 'height'> {
  return {
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
  }
}

function shared(a: Rectangle, b: Rectangle): number {
  const { width, height } = overlap(a, b)
  return width * height
}

function within(start: number, length: number, from: number, whole: number): number {
  return Math.max(from, Math.min(start, from + whole - length))
}

type Placed = Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized' | 'isVisible' | 'isDestroyed'> & {
  on(event: 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close', listener: () => void): unknown
}

export interface KeptPlacementDeps {
  readonly store: Pick<StateStore, 'write'>
  readonly timers: Timers
  readonly log: Log
}

/** `placed`: what the file has. Writes it a second after it has changed, and when the window closes. Returns what writes at once. */
export function keepPlacement(
  window: Placed,
  placed: Placement | null,
  { store, timers, log }: KeptPlacementDeps,
): () => void {
  let kept = JSON.stringify(placed)
  const write = (): void => {
    // A hidden window is no longer maximized, as far as X11 is concerned.
    if (window.isDestroyed() || !window.isVisible()) return
    const { x, y, width, height } = window.getNormalBounds()
    const placement: Placement = { bounds: { x, y, width, height }, isMaximized: window.isMaximized() }
    const now = JSON.stringify(placement)
    if (now === kept) return
    store.write({ version: 1, ...placement })
    kept = now
  }
  const writing = new DelayedWrite({ timers, log }, { afterMs: WRITTEN_AFTER_MS, write, what: 'window' })
  const changed = (): void => {
    writing.changed()
  }
  const save = (): void => {
    // Also what was moved while it was hidden, of which no event told.
    writing.changed()
    writing.flush()
  }
  window.on('resize', changed)
  window.on('move', changed)
  window.on('maximize', changed)
  window.on('unmaximize', changed)
  window.on('close', save)
  return save
}
