import type { WebContents } from 'electron'
import { eventChannel } from '../../shared/ipc/channels'
import { events, type EventName, type EventPayload } from '../../shared/ipc/contract'

export type Publish = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void

/** Sends events to the window, when there is one. Undeclared keys are dropped, as for answers. */
export function createPublish(window: () => WebContents | null): Publish {
  return (name, payload) => {
    const contents = window()
    if (contents === null || contents.isDestroyed()) return
    contents.send(eventChannel(name), events[name].parse(payload))
  }
}
