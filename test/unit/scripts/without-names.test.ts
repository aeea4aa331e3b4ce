import { describe, expect, it } from 'vitest'
import { withoutNames } from '../../../scripts/lib/without-names'

type Transform = (code: string, id: string) => string | null

const transform = withoutNames().transform as Transform

describe('a component in a build', () => {
  it.each(['"', "'"])('has no name, which the compiler writes between %s', (quote) => {
    const code = `export default defineComponent({\n\t__name: ${quote}AccountRow${quote},\n\tprops: {}\n})`
    expect(transform(code, '/src/AccountRow.vue?vue&type=script&setup=true&lang.ts')).toBe(
      'export default defineComponent({\n\n\tprops: {}\n})',
    )
  })

  it('is left alone where it has none, and so is all other code', () => {
    expect(transform('export default {}', '/src/AccountRow.vue')).toBeNull()
    expect(transform('\t__name: "x",', '/src/stores/ui.ts')).toBeNull()
  })
})
