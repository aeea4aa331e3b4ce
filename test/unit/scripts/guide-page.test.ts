import { describe, expect, test } from 'vitest'
import { guideHtml } from '../../../scripts/lib/guide-page'

const TEXT = '# Guide\n\n![The "list" & more](images/list.png)\n'

describe('the guide as a page', () => {
  test('has each picture as in light and in dark mode', () => {
    const { html, images } = guideHtml(TEXT, ['list.png', 'list-dark.png'])
    expect(images).toEqual(['list.png', 'list-dark.png'])
    expect(html).toContain(
      '<picture><source srcset="images/list-dark.png" media="(prefers-color-scheme: dark)"><img src="images/list.png" alt="The &quot;list&quot; &amp; more"></picture>',
    )
  })

  test.each([
    ['in light mode', ['list-dark.png'], 'docs/images/list.png is missing.'],
    ['in dark mode', ['list.png'], 'docs/images/list-dark.png is missing.'],
  ])('is not made without a picture %s', (_case, available, why) => {
    expect(() => guideHtml(TEXT, available)).toThrow(why)
  })

  test('links only to headings that are there', () => {
    expect(() => guideHtml('# Guide\n\n[Lock](#lock)\n', [])).toThrow('links to #lock')
  })
})
