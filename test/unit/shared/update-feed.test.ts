import { describe, expect, it } from 'vitest'
import { settingsChangeSchema } from '../../../electron/shared/settings'
import { readUpdateFeed } from '../../../electron/shared/update-feed'

describe('an update feed', () => {
  it('names a version, and may say where to get it and what is new', () => {
    expect(readUpdateFeed('{"version":"1.2.3","url":"https://example.com/a","notes":"New."}')).toEqual({
      version: '1.2.3',
      url: 'https://example.com/a',
      notes: 'New.',
    })
    expect(readUpdateFeed('{"version":"1.2.3"}')).toEqual({ version: '1.2.3', url: null, notes: null })
  })

  it('with an invalid address or notes still names its version', () => {
    for (const url of [
      'http://example.com',
      'javascript:alert(1)',
      'file:///etc/passwd',
      7,
      `https://${'x'.repeat(3000)}`,
    ]) {
      expect(readUpdateFeed(JSON.stringify({ version: '1.2.3', url }))).toMatchObject({ url: null })
    }
    expect(readUpdateFeed(JSON.stringify({ version: '1.2.3', notes: 'x'.repeat(2001) }))).toMatchObject({
      notes: null,
    })
  })

  it('without a version is none', () => {
    for (const text of [
      '',
      '<html>',
      'null',
      '[]',
      '{}',
      '{"version":"latest"}',
      '{"version":"1.2"}',
      '{"version":"1.02.3"}',
      '{"version":1}',
    ]) {
      expect(readUpdateFeed(text)).toBeNull()
    }
  })
})

describe('the setting of the feed', () => {
  it.each([
    'http://updates.example.com/feed.json',
    'updates.example.com',
    'file:///feed.json',
    'https://a:b@example.com',
  ])('refuses %s', (updateFeedUrl) => {
    expect(settingsChangeSchema.safeParse({ updateFeedUrl }).success).toBe(false)
  })

  it.each(['https://updates.example.com/feed.json', 'http://127.0.0.1:8080/feed.json', null])(
    'takes %s',
    (updateFeedUrl) => {
      expect(settingsChangeSchema.safeParse({ updateFeedUrl }).success).toBe(true)
    },
  )
})
