import { describe, expect, it } from 'vitest'
import { ViewStore } from '../../../../electron/core/settings/view-store'
import type { AccountId } from '../../../../electron/shared/account'
import type { KeptView } from '../../../../electron/shared/kept-view'
import { anId } from '../../../support/builders'
import { FakeTime } from '../../../support/fakes/fake-time'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { MemoryState } from '../../../support/fakes/memory-state'

const VIEW: KeptView = {
  view: { kind: 'partners' },
  collapsed: [anId('a') as AccountId],
  detailsOf: anId('b') as AccountId,
}
const OTHER: KeptView = { view: { kind: 'tag', key: 'vip', name: 'VIP' }, collapsed: [], detailsOf: null }

function open(store = new MemoryState()) {
  const [timers, log] = [new FakeTime(), new MemoryLog()]
  const view = new ViewStore({ store, timers, log })
  view.load()
  return { view, store, timers, log }
}

describe('what the window showed', () => {
  it('is nothing at the first start', () => {
    const { view, log } = open()
    expect(view.current).toBeNull()
    expect(log.lines).toEqual([])
  })

  it('is written once for many changes, half a minute later, and read by the next start', async () => {
    const { view, store, timers } = open()
    view.keep(OTHER)
    view.keep(VIEW)
    expect(store.writes).toBe(0)
    await timers.advance(30_000)
    expect(store.writes).toBe(1)
    expect(open(store).view.current).toEqual(VIEW)
  })

  it('is written at the end, unless it is on the disk already', () => {
    const { view, store } = open()
    view.keep(VIEW)
    view.save()
    view.save()
    expect(store.writes).toBe(1)
    expect(open(store).view.current).toEqual(VIEW)
  })

  it('stays in memory where the disk refuses it', () => {
    const { view, store } = open()
    store.full = true
    view.keep(VIEW)
    view.save()
    expect(view.current).toEqual(VIEW)
    store.full = false
    view.save()
    expect(open(store).view.current).toEqual(VIEW)
  })

  it.each([
    ['damaged', '{"version":1,"view"'],
    ['of another shape', '{"version":1,"view":{"kind":"x"},"collapsed":[],"detailsOf":null}'],
    ['with ids that are none', '{"version":1,"view":{"kind":"all"},"collapsed":["../x"],"detailsOf":null}'],
    ['of a newer version', '{"version":9}'],
  ])('is forgotten where its file is %s, and replaced by the next change', (_, text) => {
    const store = new MemoryState()
    store.text = text
    const { view } = open(store)
    expect(view.current).toBeNull()
    view.keep(VIEW)
    view.save()
    expect(open(store).view.current).toEqual(VIEW)
  })
})
