import { describe, expect, it } from 'vitest'
import { ClipboardRefusedError } from '../../../../electron/core/base/errors'
import type { AccountId } from '../../../../electron/shared/account'
import { BackOffice, unwrap } from '../../../support/back-office'
import { aJwtOf } from '../../../support/builders'
import { settle } from '../../../support/fakes/fake-time'

const ABOUT = { version: '1', electron: '2', chromium: '3', node: '4', system: 'test', profile: '/home/x' }

describe('what is copied', () => {
  it('is marked as a secret when it is a JWT or a claim', async () => {
    const office = await BackOffice.open()
    office.service.jwtOf = () => aJwtOf({ sub: 'somebody' })
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, 'header'))
    expect(office.clipboard.isConcealed).toBe(true)
    unwrap(await office.useCases.diagnostics.copy(ABOUT))
    expect(office.clipboard.isConcealed).toBe(false)
    unwrap(await office.jwts.copyClaim(id, 'sub'))
    expect(office.clipboard).toMatchObject({ text: 'somebody', isConcealed: true })
  })

  it('is gone when the app ends, even where it may stay as long as that runs', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.settingsStore.change({ clipboardClearMs: null })
    unwrap(await office.jwts.copy(id, null))
    await office.quit()
    expect(office.clipboard.text).toBe('')
  })

  it('stays when the app ends where it is no secret', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    unwrap(await office.useCases.diagnostics.copy(ABOUT))
    await office.quit()
    expect(office.clipboard.text).toContain('TokenDesk 1')
  })
})

describe('what the clipboard refuses', () => {
  it('is said, and never counted as copied', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    const usage = office.useCases.accounts.summary(id)?.usage
    office.clipboard.writeSecret = () => Promise.reject(new ClipboardRefusedError())
    office.clipboard.writeText = () => Promise.reject(new Error('no clipboard'))
    const refused = { ok: false, error: { code: 'clipboard-refused' } }
    expect(await office.jwts.copy(id, 'header')).toEqual(refused)
    expect(await office.useCases.diagnostics.copy(ABOUT)).toEqual(refused)
    expect(office.useCases.accounts.summary(id)?.usage).toEqual(usage)
    // What was there before is still there, and still cleared in its time.
    await office.time.advance(office.settingsStore.current.clipboardClearMs ?? 0)
    expect(office.clipboard.text).toBe('')
  })
})

describe('a clipboard that could not be cleared', () => {
  const SECOND = 1_000

  /** With a JWT in a clipboard that another program holds from now on. */
  async function withStuckClipboard(): Promise<{ office: BackOffice; id: AccountId; free: () => void }> {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    office.clipboard.isHeldByOther = true
    const free = (): void => {
      office.clipboard.isHeldByOther = false
    }
    return { office, id, free }
  }

  async function untilItIsToBeCleared(office: BackOffice): Promise<void> {
    await office.time.advance(office.settingsStore.current.clipboardClearMs ?? 0)
  }

  it('is tried again, and said to the window until it is cleared', async () => {
    const { office, free } = await withStuckClipboard()
    await untilItIsToBeCleared(office)
    expect(office.clipboardSeen).toEqual({ clearsAt: null, couldNotClear: true })
    free()
    await office.time.advance(SECOND)
    expect(office.clipboard.text).toBe('')
    expect(office.clipboardSeen).toEqual({ clearsAt: null, couldNotClear: false })
    expect(office.notifier.shown).toEqual([])
  })

  it('counts as not cleared also where the desktop says nothing and does nothing', async () => {
    const { office, free } = await withStuckClipboard()
    free()
    const clear = office.clipboard.clear.bind(office.clipboard)
    office.clipboard.clear = () => Promise.resolve()
    await untilItIsToBeCleared(office)
    expect(office.clipboardSeen?.couldNotClear).toBe(true)
    office.clipboard.clear = clear
    await office.time.advance(SECOND)
    expect(office.clipboard.text).toBe('')
  })

  it('is said by a notification when it lasts, which is taken down when it is over', async () => {
    const { office, free } = await withStuckClipboard()
    await untilItIsToBeCleared(office)
    await office.time.advance(10 * SECOND)
    expect(office.notifier.shown.map(({ title }) => title)).toEqual(['Couldn’t clear the clipboard'])
    free()
    await office.time.advance(60 * SECOND)
    expect(office.notifier.onScreen.size).toBe(0)
  })

  it('is retried at once when one of our windows is used', async () => {
    const { office, free } = await withStuckClipboard()
    office.useCases.clipboard.used()
    await untilItIsToBeCleared(office)
    await office.time.advance(60 * SECOND)
    free()
    office.useCases.clipboard.used()
    office.useCases.clipboard.used()
    await settle()
    expect(office.clipboard.text).toBe('')
  })

  it('is not tried for ever', async () => {
    const { office } = await withStuckClipboard()
    let tries = 0
    office.clipboard.whileReading = () => (tries += 1)
    await untilItIsToBeCleared(office)
    await office.time.advance(24 * 3_600 * SECOND)
    expect(tries).toBe(9)
  })

  it('is tried once more when the app ends', async () => {
    const { office, free } = await withStuckClipboard()
    await untilItIsToBeCleared(office)
    await office.time.advance(3_600 * SECOND)
    free()
    await office.quit()
    expect(office.clipboard.text).toBe('')
  })

  it('is tried a few times at the end of the app, and then said', async () => {
    const { office, free } = await withStuckClipboard()
    const ended = office.quit()
    await office.time.advance(SECOND / 2)
    free()
    await office.time.advance(SECOND)
    await ended
    expect(office.clipboard.text).toBe('')

    const other = await withStuckClipboard()
    const otherEnded = other.office.quit()
    await other.office.time.advance(2 * SECOND)
    await otherEnded
    expect([...other.office.notifier.onScreen].map(({ title }) => title)).toEqual([
      'Couldn’t clear the clipboard',
    ])
  })

  it('is no matter any more once something else is in it', async () => {
    const { office, id, free } = await withStuckClipboard()
    await untilItIsToBeCleared(office)
    free()
    unwrap(await office.jwts.copy(id, null))
    expect(office.clipboardSeen).toMatchObject({ couldNotClear: false })
    await office.time.advance(2 * SECOND)
    expect(office.clipboard.text).not.toBe('')
  })
})
