import { contextBridge, ipcRenderer } from 'electron'
import { CALL_NAMES, callChannel, eventChannel, isEventName } from '../shared/ipc/channels'
import type { Bridge, CallName } from '../shared/ipc/contract'

const invokers = Object.fromEntries(
  CALL_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(callChannel(name), input)]),
) as Pick<Bridge, CallName>

const on: Bridge['on'] = (name, listener) => {
  if (!isEventName(name)) throw new TypeError(`unknown event: ${String(name)}`)
  const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => {
    listener(payload)
  }
  ipcRenderer.on(eventChannel(name), receive)
  return () => {
    ipcRenderer.removeListener(eventChannel(name), receive)
  }
}

contextBridge.exposeInMainWorld('tokenDesk', { ...invokers, on } satisfies Bridge)
