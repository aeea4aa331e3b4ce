import { describe, expect, it } from 'vitest'
import { createKeyringService, type KeyringService } from '../../../../electron/main/platform/keyring-service'
import type { SessionBus, SignalRule } from '../../../../electron/main/platform/session-bus'
import { FakeTime, settle } from '../../../support/fakes/fake-time'

const COLLECTION = '/org/freedesktop/secrets/collection/login'
const PROMPT = '/org/freedesktop/secrets/prompt/p1'

/** A Secret Service with a locked default keyring, whose owner sees the prompt. */
function lockedKeyring() {
  const asked: string[] = []
  const heard: { rule: SignalRule; run: (body: readonly unknown[], path: string) => void }[] = []
  const time = new FakeTime()
  let isLocked = true
  const bus: SessionBus = {
    call({ member }) {
      asked.push(member)
      const answers: Record<string, readonly unknown[]> = {
        ReadAlias: [COLLECTION],
        Get: [isLocked],
        Unlock: [[], PROMPT],
        Prompt: [],
      }
      return Promise.resolve(answers[member] ?? [])
    },
    onSignal: (rule, run) => void heard.push({ rule, run }),
  }
  const answer = (unlocks: boolean): void => {
    isLocked = !unlocks
    for (const { rule, run } of heard) if (rule.member === 'Completed') run([!unlocks, ''], PROMPT)
  }
  const keyring: KeyringService | null = createKeyringService(bus, 'gnome_libsecret', time)
  if (keyring === null) throw new Error('no service')
  return { keyring, asked, answer, time }
}

describe('a keyring that is locked', () => {
  it('asks its owner nothing unless it may', async () => {
    const { keyring, asked } = lockedKeyring()
    expect(await keyring.look(false)).toBe('locked')
    expect(asked).toEqual(['ReadAlias', 'Get'])
  })

  it.each([
    [true, 'open'],
    [false, 'locked'],
  ] as const)('that its owner is asked for (unlocks: %s) is %s', async (unlocks, state) => {
    const { keyring, asked, answer } = lockedKeyring()
    const looked = keyring.look(true)
    await settle()
    expect(asked).toContain('Prompt')
    answer(unlocks)
    expect(await looked).toBe(state)
  })

  it('with an unanswered prompt is given up in the end', async () => {
    const { keyring, time } = lockedKeyring()
    const looked = keyring.look(true)
    await settle()
    await time.advance(10 * 60_000)
    expect(await looked).toBe('locked')
  })
})

it('what is no service on the bus has none', () => {
  const { time } = lockedKeyring()
  const bus: SessionBus = { call: () => Promise.resolve([]), onSignal: () => undefined }
  for (const backend of ['basic_text', 'keychain', 'dpapi', 'unknown'])
    expect(createKeyringService(bus, backend, time)).toBeNull()
})
