/** Generates messages from a schema, so that a new call is covered as it is added. */
import fc from 'fast-check'
import type * as z from 'zod/mini'

/** Possible values of a field of this name, so that some messages match existing data. */
export type Words = (field: string) => readonly string[]

/** Those of its checks, so that a few numbers together can be right. */
function boundsOf(schema: z.core.$ZodType): { readonly min: number; readonly max: number } {
  const checks = (schema._zod.def.checks ?? []).map((check) => check._zod.def as Bound)
  const least = checks.find(({ check }) => check === 'greater_than')?.value
  const most = checks.find(({ check }) => check === 'less_than')?.value
  return { min: least ?? -(2 ** 31), max: Math.min(most ?? Infinity, 2 ** 31 - 1) }
}

interface Bound {
  readonly check: string
  readonly value?: number
}

export function messageOf(schema: z.core.$ZodType, words: Words, field = ''): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const inner = (of: z.core.$ZodType): fc.Arbitrary<unknown> => messageOf(of, words, field)
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- zod has more types than the contract uses
  switch (def.type) {
    case 'string':
      return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words(field)) }, fc.string())
    case 'number':
      return fc.oneof(fc.integer(), fc.constantFrom(0, 10_000, 3_600_000, 86_400_000), {
        weight: 4,
        arbitrary: fc.integer(boundsOf(schema)),
      })
    case 'boolean':
      return fc.boolean()
    case 'undefined':
      return fc.constant(undefined)
    case 'literal':
      return fc.constantFrom(...def.values)
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries))
    case 'union':
      return fc.oneof(...def.options.map(inner))
    case 'array':
      return fc.array(inner(def.element), { maxLength: 4 })
    case 'nullable':
      return fc.option(inner(def.innerType))
    case 'optional':
      return fc.option(inner(def.innerType), { nil: undefined })
    case 'readonly':
      return inner(def.innerType)
    case 'pipe':
      return inner(def.in)
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(def.shape).map(([name, of]) => [name, messageOf(of, words, name)])),
      )
    case 'custom':
      // The only class that crosses: a file's bytes.
      return fc
        .oneof(fc.constantFrom(...words(field)), fc.string())
        .map((text) => new TextEncoder().encode(text))
    default:
      throw new Error(`No message can be made for a schema of the type ${def.type}: teach this file how.`)
  }
}
