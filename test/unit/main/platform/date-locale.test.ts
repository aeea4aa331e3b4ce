import { expect, test } from 'vitest'
import { dateLocale } from '../../../../electron/main/platform/date-locale'
import { date, moment, writeDatesAs } from '../../../../electron/shared/wording'

const EVENING = Date.UTC(2026, 11, 24, 20, 5)

/** As the window writes them on such a system. */
function written(env: Record<string, string>): string {
  writeDatesAs(dateLocale('linux', env, 'en-US'))
  const text = `${date(EVENING, 'UTC')}, ${moment(EVENING, EVENING, 'UTC')}`
  writeDatesAs('en-GB')
  // Some versions of ICU write a narrow space before PM.
  return text.replaceAll('\u202f', ' ')
}

test.each([
  [
    'LC_TIME, apart from the language',
    { LANG: 'en_US.UTF-8', LC_TIME: 'de_DE.UTF-8' },
    '24.12.2026, today at 20:05',
  ],
  ['English with 24 hours', { LANG: 'en_US.UTF-8', LC_TIME: 'en_GB.UTF-8' }, '24 Dec 2026, today at 20:05'],
  ['LANG where LC_TIME is not set', { LANG: 'en_GB.UTF-8' }, '24 Dec 2026, today at 20:05'],
  ['LANG where LC_TIME is empty', { LANG: 'en_GB.UTF-8', LC_TIME: '' }, '24 Dec 2026, today at 20:05'],
  ['LC_ALL before all', { LC_ALL: 'en_GB.UTF-8', LC_TIME: 'en_US.UTF-8' }, '24 Dec 2026, today at 20:05'],
  ['Chromium’s where nothing is set', {}, 'Dec 24, 2026, today at 8:05 PM'],
  ['Chromium’s where it is the C locale', { LC_ALL: 'C.UTF-8' }, 'Dec 24, 2026, today at 8:05 PM'],
  ['Chromium’s where it is POSIX', { LANG: 'POSIX' }, 'Dec 24, 2026, today at 8:05 PM'],
])('dates and times follow %s', (_name, env, text) => {
  expect(written(env)).toBe(text)
})

test('elsewhere the system says it itself', () => {
  for (const platform of ['darwin', 'win32'] as const) {
    expect(dateLocale(platform, { LC_TIME: 'de_DE.UTF-8' }, 'fr-FR')).toBe('fr-FR')
  }
})
