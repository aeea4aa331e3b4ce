import { describe, expect, it } from 'vitest'
import { BackOffice, unwrap } from '../../support/back-office'
import { aJwtOf } from '../../support/builders'

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
    office.state.changeSettings({ clipboardClearMs: null })
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
