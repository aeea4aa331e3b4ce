import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../electron/shared/secret'

const CANARY = 'canary-secret-0123456789'
const secret = new Secret(CANARY)

describe('a secret', () => {
  it('gives its text to who asks for it in so many words', () => {
    expect(secret.reveal()).toBe(CANARY)
  })

  it.each<[string, () => unknown]>([
    ['as text', () => String(secret)],
    ['in a template', () => `${secret.toString()} of ACME`],
    ['joined', () => [secret, 'x'].join()],
    ['as JSON', () => JSON.stringify({ deep: [{ secret }] })],
    ['inspected, hidden fields and all', () => inspect({ secret }, { showHidden: true, depth: 9 })],
    ['in an error', () => inspect(new Error('refused', { cause: { secret } }))],
    ['cloned, as for a message', () => JSON.stringify(structuredClone({ secret }))],
    ['copied field by field', () => JSON.stringify(Object.assign({}, secret))],
    ['by its keys', () => Reflect.ownKeys(secret).map(String).join()],
  ])('%s shows nothing of it', (_how, print) => {
    expect(String(print())).not.toContain(CANARY)
  })

  it('says where it would have stood', () => {
    expect(JSON.stringify({ apiKey: secret })).toBe('{"apiKey":"[secret]"}')
    expect(inspect(secret)).toBe('[secret]')
  })

  it('equals another of the same text, and no other, in tests', () => {
    expect(new Secret('a')).toEqual(new Secret('a'))
    expect(new Secret('a')).not.toEqual(new Secret('b'))
    expect({ jwt: new Secret('a') }).not.toMatchObject({ jwt: new Secret('b') })
  })
})
