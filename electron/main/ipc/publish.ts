import type { BrowserWindow } from 'electron'
import { eventChannel } from '../../shared/ipc/channels'
import { events, EVENTS_WHEN_LOCKED, type EventName, type EventPayload } from '../../shared/ipc/contract'

export type Publish = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void

/** Sends events to the open windows. Undeclared keys are dropped, as in responses. */
export function createPublish(
  windows: () => readonly (BrowserWindow | null)[],
  isLocked: () => boolean,
): Publish {
  return (name, payload) => {
    if (isLocked() && !EVENTS_WHEN_LOCKED.has(name)) return
    const parsed = events[name]().parse(payload)
    for (const window of windows()) {
      if (window !== null && !window.isDestroyed()) window.webContents.send(eventChannel(name), parsed)
    }
  }
}
