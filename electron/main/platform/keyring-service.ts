/**
 * Finds out on the session bus whether Chromium's keyring is running and open before Chromium asks it: Chromium asks
 * only once (`os_crypt` remembers a refusal for the process's lifetime), and main is blocked while the user answers.
 */
import type { Timers } from '../../core/base/ports'
import { activatableNames, askBus, BUS, BusError, type SessionBus } from './session-bus'

export interface KeyringService {
  /** With `mayPrompt` the user may be asked to unlock it, and the call waits. `unknown`: nothing here can tell. */
  look(mayPrompt: boolean): Promise<'open' | 'absent' | 'locked' | 'unknown'>
  /** Calls `run` when it has appeared, or may have been unlocked. */
  whenItAppears(run: () => void): void
}

const SECRETS = 'org.freedesktop.secrets'
const SERVICE = 'org.freedesktop.Secret.Service'
const COLLECTION = 'org.freedesktop.Secret.Collection'
const PROMPT = 'org.freedesktop.Secret.Prompt'
const PROPERTIES = 'org.freedesktop.DBus.Properties'
/** The Secret Service's value for "none". */
const NONE = '/'
/** No user takes this long to answer. */
const PROMPT_LIMIT_MS = 10 * 60_000

/** KWallet's names on the bus, and what starts each where the bus can't. */
const WALLETS: Readonly<Record<string, readonly string[]>> = {
  kwallet: ['org.kde.kwalletd', 'org.kde.klauncher'],
  kwallet5: ['org.kde.kwalletd5', 'org.kde.klauncher5'],
  kwallet6: ['org.kde.kwalletd6'],
}

/** Null where the backend is no service on the bus. */
export function createKeyringService(
  bus: SessionBus,
  backend: string,
  timers: Timers,
): KeyringService | null {
  if (backend.startsWith('gnome')) return new SecretService(bus, timers)
  const names = WALLETS[backend]
  return names === undefined ? null : walletService(bus, names)
}

/** Any provider of the Secret Service's protocol: GNOME Keyring, KeePassXC, KWallet's own. */
class SecretService implements KeyringService {
  readonly #answered = new Map<string, () => void>()

  constructor(
    private readonly bus: SessionBus,
    private readonly timers: Timers,
  ) {
    bus.onSignal({ sender: SECRETS, interface: PROMPT, member: 'Completed' }, (_, path) => {
      this.#answered.get(path)?.()
    })
  }

  async look(mayPrompt: boolean): Promise<'open' | 'absent' | 'locked' | 'unknown'> {
    return await orWhyNot(async () => {
      // Starts it, where the bus can.
      const [found] = await this.#ask(SERVICE, 'ReadAlias', 's', ['default'])
      // Without a default keyring, Chromium creates one.
      if (typeof found !== 'string' || found === NONE || !(await this.#isLocked(found))) return 'open'
      if (mayPrompt) await this.#unlock(found)
      return mayPrompt && !(await this.#isLocked(found)) ? 'open' : 'locked'
    })
  }

  whenItAppears(run: () => void): void {
    onOwner(this.bus, SECRETS, run)
    // The service's signal for an unlocked keyring; not every provider sends both.
    this.bus.onSignal({ sender: SECRETS, interface: SERVICE, member: 'CollectionChanged' }, run)
    const ofCollection = { interface: PROPERTIES, member: 'PropertiesChanged', arg0: COLLECTION }
    this.bus.onSignal({ sender: SECRETS, ...ofCollection }, run)
  }

  async #isLocked(collection: string): Promise<boolean> {
    const body = [COLLECTION, 'Locked']
    const [locked] = await this.#ask(PROPERTIES, 'Get', 'ss', body, collection)
    return locked === true
  }

  /** Resolves when the user has unlocked it, or canceled. */
  async #unlock(collection: string): Promise<void> {
    const [, prompt] = await this.#ask(SERVICE, 'Unlock', 'ao', [[collection]])
    if (typeof prompt !== 'string' || prompt === NONE) return
    const answered = new Promise<void>((resolve) => {
      const stopWaiting = this.timers.after(PROMPT_LIMIT_MS, resolve)
      this.#answered.set(prompt, () => {
        stopWaiting()
        resolve()
      })
    })
    try {
      // Without a parent window, so that the prompt has a window of its own.
      await this.#ask(PROMPT, 'Prompt', 's', [''], prompt)
      await answered
    } finally {
      this.#answered.get(prompt)?.()
      this.#answered.delete(prompt)
    }
  }

  #ask(
    of: string,
    member: string,
    signature: 's' | 'ss' | 'ao',
    body: readonly (string | readonly string[])[],
    path = '/org/freedesktop/secrets',
  ): Promise<readonly unknown[]> {
    return this.bus.call({ destination: SECRETS, path, interface: of, member, signature, body })
  }
}

/** It tells only authorized programs whether it is unlocked, so Chromium has to find out. */
function walletService(bus: SessionBus, names: readonly string[]): KeyringService {
  return {
    async look() {
      return await orWhyNot(async () => {
        for (const name of names) if ((await askBus(bus, 'NameHasOwner', name))[0] === true) return 'open'
        const [startable] = await activatableNames(bus)
        return Array.isArray(startable) && names.some((name) => startable.includes(name)) ? 'open' : 'absent'
      })
    },
    whenItAppears(run) {
      for (const name of names) onOwner(bus, name, run)
    },
  }
}

/** The name has got a new owner. */
function onOwner(bus: SessionBus, name: string, run: () => void): void {
  bus.onSignal({ sender: BUS, interface: BUS, member: 'NameOwnerChanged', arg0: name }, ([, , owner]) => {
    if (owner !== '') run()
  })
}

/** An error means that it isn't there (yet); without a bus nothing is known. */
async function orWhyNot<State>(look: () => Promise<State>): Promise<State | 'absent' | 'unknown'> {
  try {
    return await look()
  } catch (error) {
    return error instanceof BusError ? 'absent' : 'unknown'
  }
}
