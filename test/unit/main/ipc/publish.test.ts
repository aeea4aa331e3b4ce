import type { BrowserWindow } from 'electron'
import { describe, expect, it } from 'vitest'
import { createPublish } from '../../../../electron/main/ipc/publish'
import {
  events,
  EVENTS_WHEN_LOCKED,
  type EventName,
  type EventPayload,
} from '../../../../electron/shared/ipc/contract'
import { DEFAULT_SETTINGS } from '../../../../electron/shared/settings'
import { anAccount, anEnvironment } from '../../../support/builders'

const PAYLOADS: { readonly [Name in EventName]: EventPayload<Name> } = {
  accountsChanged: { changed: [anAccount()], removed: [] },
  removalEnded: { id: anAccount().id, name: 'ACME', isDeleted: true },
  environmentsChanged: { environments: [anEnvironment()] },
  settingsChanged: { settings: DEFAULT_SETTINGS },
  storageChanged: { storage: { backend: 'gnome_libsecret', protected: true, mode: 'keyring' } },
  clipboardChanged: { clearsAt: null, couldNotClear: false },
  proxyChanged: { proxy: { asks: null, uses: null, isSaved: false, canSave: true } },
  importProgressed: {
    total: 1,
    done: 0,
    added: 0,
    updated: 0,
    failed: 0,
    skipped: 0,
    isPaused: false,
    waitsUntil: null,
  },
  importEnded: {},
  servicePaused: { environmentId: anEnvironment().id, until: null },
  lockChanged: { lock: { isSet: true, isLocked: true, isUnusable: false, opensByTouch: false, waitMs: 0 } },
  productionRefused: { id: anAccount().id },
  noticesFound: { notices: [] },
  navigate: { target: { at: 'list' } },
  somethingWentWrong: {},
}

/** What gets to a window. */
function told(isLocked: boolean): string[] {
  const sent: string[] = []
  const window = { isDestroyed: () => false, webContents: { send: (channel: string) => sent.push(channel) } }
  const publish = createPublish(
    () => [window as unknown as BrowserWindow, null],
    () => isLocked,
  )
  for (const name of Object.keys(events) as EventName[]) publish(name, PAYLOADS[name])
  return sent.map((channel) => channel.replace('event:', '')).toSorted()
}

describe('what main tells', () => {
  it('is each event, to each window that is there', () => {
    expect(told(false)).toEqual(Object.keys(events).toSorted())
  })

  it('has no name in it while the app is locked', () => {
    expect(told(true)).toEqual(['lockChanged', 'settingsChanged', 'somethingWentWrong'])
    expect(told(true)).toEqual([...EVENTS_WHEN_LOCKED].toSorted())
  })

  it('drops what the contract does not name', () => {
    const sent: unknown[] = []
    const webContents = { send: (_: string, payload: unknown) => sent.push(payload) }
    const window = { isDestroyed: () => false, webContents } as unknown as BrowserWindow
    const publish = createPublish(
      () => [window],
      () => false,
    )
    const removed = { ...PAYLOADS.accountsChanged, jwt: 'secret' }
    publish('accountsChanged', removed)
    publish('accountsChanged', {
      ...removed,
      changed: [{ ...anAccount(), refreshToken2: 'secret' } as never],
    })
    expect(sent).toEqual([PAYLOADS.accountsChanged, PAYLOADS.accountsChanged])
  })
})
