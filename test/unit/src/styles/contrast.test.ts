import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../../../src/styles/tokens.css', import.meta.url), 'utf8')

const pairs = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/gu)].map(
    ([, name, light, dark]) => [name ?? '', { light: light ?? '', dark: dark ?? '' }],
  ),
)

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function colour(name: string, theme: 'light' | 'dark'): string {
  const pair = pairs.get(name)
  if (pair === undefined) throw new Error(`No token --${name}`)
  return pair[theme]
}

const GROUNDS = ['bg', 'rail', 'raised', 'hover', 'sel'] as const
const TEXTS = ['text', 'muted', 'faint', 'danger', 'soon'] as const
const ENVIRONMENTS = ['orange', 'teal', 'violet', 'blue', 'green', 'pink'] as const

const texts = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...ENVIRONMENTS.map((name) => [name, `${name}-bg`] as const),
  ['text', 'danger-bg'],
  ['text', 'soon-bg'],
  ['text', 'track'],
  ['muted', 'card'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ['danger-ink', 'danger'],
] as const

const shapes = [
  ['live', 'bg'],
  ['live', 'sel'],
  ['field-line', 'bg'],
  ['field-line', 'raised'],
  ['focus', 'bg'],
  ['focus', 'sel'],
  ['focus', 'raised'],
  ['accent', 'rail'],
] as const

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  test.each(texts)('--%s can be read on --%s (4.5)', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(shapes)('--%s can be seen on --%s (3)', (shape, ground) => {
    expect(contrast(colour(shape, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
  })
})
