import { describe, expect, it, vi } from 'vitest'
import { themeIn } from '../../../../electron/main/windows/window-background'

vi.mock('electron', () => ({ nativeTheme: {} }))

describe('the theme of the first window', () => {
  it.each(['light', 'dark', 'system'] as const)('is what the file of the settings says: %s', (theme) => {
    expect(themeIn(JSON.stringify({ version: 3, settings: { theme }, environments: [] }))).toBe(theme)
  })

  it.each([null, '', '{', 'null', '[]', '{}', '{"settings":null}', '{"settings":{"theme":"pink"}}', '7'])(
    'is the system’s where the file is %j',
    (text) => {
      expect(themeIn(text)).toBe('system')
    },
  )
})
