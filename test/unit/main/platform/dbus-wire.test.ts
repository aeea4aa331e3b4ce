import { describe, expect, it } from 'vitest'
import { callBytes, takeMessage } from '../../../../electron/main/platform/dbus-wire'

const GET = {
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets/collection/login',
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  signature: 'ss',
  body: ['org.freedesktop.Secret.Collection', 'Locked'],
} as const

/** `Get` answered with `v(true)`, serial 5 for our 3, as dbus-daemon sends it. */
const REPLY = Buffer.from(
  '6c02010108000000050000000f000000050175000300000008016700017600000162000001000000',
  'hex',
)

describe('a message of D-Bus', () => {
  it('is read back as it was written', () => {
    const bytes = callBytes(3, GET)
    const taken = takeMessage(bytes)
    expect(taken).toMatchObject({
      serial: 3,
      message: { kind: 'call', path: GET.path, interface: GET.interface, member: 'Get', body: GET.body },
    })
    expect(taken?.rest).toHaveLength(0)
  })

  it('with a list of paths is aligned as the specification says', () => {
    const call = { ...GET, member: 'Unlock', signature: 'ao', body: [['/a', '/b/c']] } as const
    expect(takeMessage(callBytes(1, call))?.message.body).toEqual([['/a', '/b/c']])
  })

  it('with all that a notification is made of is aligned as the specification says', () => {
    const call = {
      ...GET,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: [
        'TokenDesk',
        0,
        '',
        'title',
        'body',
        ['default', '', '0', 'Renew'],
        new Map([
          ['urgency', { type: 'y', value: 1 }],
          ['suppress-sound', { type: 'b', value: true }],
          ['desktop-entry', { type: 's', value: 'tokendesk' }],
        ] as const),
        -1,
      ],
    } as const
    const read = takeMessage(callBytes(1, call))?.message.body
    expect(read?.slice(0, 7)).toEqual([
      ...call.body.slice(0, 6),
      [
        ['urgency', 1],
        ['suppress-sound', true],
        ['desktop-entry', 'tokendesk'],
      ],
    ])
  })

  it('is not written of values that are not of its types', () => {
    for (const wrong of [1, undefined, ['a']]) {
      expect(() => callBytes(1, { ...GET, signature: 's', body: [wrong as unknown as string] })).toThrow(
        'not a string',
      )
    }
    expect(() => callBytes(1, { ...GET, signature: 'u', body: ['1'] })).toThrow('not a number')
    expect(() => callBytes(1, { ...GET, signature: 'ao', body: ['/a'] })).toThrow('not a list')
  })

  it('of a service is read with its variants', () => {
    expect(takeMessage(REPLY)?.message).toMatchObject({ kind: 'reply', replySerial: 3, body: [true] })
  })

  it('is waited for until it is whole, and leaves what follows', () => {
    const both = Buffer.concat([REPLY, REPLY])
    for (let end = 0; end < REPLY.length; end += 1) expect(takeMessage(both.subarray(0, end))).toBeNull()
    const first = takeMessage(both)
    expect(first?.rest).toEqual(REPLY)
  })

  it('that makes no sense is refused, whichever byte is wrong, and never takes memory for its word', () => {
    for (let at = 0; at < REPLY.length; at += 1) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const bytes = Buffer.from(REPLY)
        bytes[at] = value
        try {
          takeMessage(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }
    }
    const huge = Buffer.from(REPLY)
    huge.writeUInt32LE(0x7fffffff, 4)
    expect(() => takeMessage(huge)).toThrow('not a message of D-Bus')
  })
})
