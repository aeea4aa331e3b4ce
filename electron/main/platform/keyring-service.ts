/**
 * Whether the keyring that Chromium would ask is there and open, found out on the session bus before Chromium asks: its
 * first try is its last (`os_crypt` remembers a refusal for as long as the process lives), and main stands still while
 * the user answers.
 */
import type { Timers } from '../../core/base/ports'
import { activatableNames, askBus, BUS, BusError, type SessionBus } from './session-bus'

export interface KeyringService {
  /** With `mayPrompt` the user may be asked to unlock it, which is waited for. `unknown`: nobody here can tell. */
  look(mayPrompt: boolean): Promise<'open' | 'absent' | 'locked' | 'unknown'>
  /** Calls `run` when it has appeared, or may have been unlocked. */
  whenItAppears(run: () => void): void
}

const SECRETS = 'org.freedesktop.secrets'
const SERVICE = 'org.freedesktop.Secret.Service'
const COLLECTION = 'org.freedesktop.Secret.Collection'
const PROMPT = 'org.freedesktop.Secret.Prompt'
const PROPERTIES = 'org.freedesktop.DBus.Properties'
/** How the Secret Service says that there is no such thing. */
const NONE = '/'
/** Nobody sits before a question for so long. */
const PROMPT_LIMIT_MS = 10 * 60_000

/** KWallet by its name on the bus, and what starts it where the bus can't. */
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

/** Any that speaks the Secret Service's protocol: GNOME Keyring, KeePassXC, KWallet's own. */
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
      // Starts it, where the bus knows how.
      const [found] = await this.#ask(SERVICE, 'ReadAlias', 's', ['default'])
      // With no default keyring Chromium has one made.
      if (typeof found !== 'string' || found === NONE || !(await this.#isLocked(found))) return 'open'
      if (mayPrompt) await this.#unlock(found)
      return mayPrompt && !(await this.#isLocked(found)) ? 'open' : 'locked'
    })
  }

  whenItAppears(run: () => void): void {
    onOwner(this.bus, SECRETS, run)
    // So the service tells that a keyring was unlocked; not every provider tells both.
    this.bus.onSignal({ sender: SECRETS, interface: SERVICE, member: 'CollectionChanged' }, run)
    const ofCollection = { interface: PROPERTIES, member: 'PropertiesChanged', arg0: COLLECTION }
    this.bus.onSignal({ sender: SECRETS, ...ofCollection }, run)
  }

  async #isLocked(collection: string): Promise<boolean> {
    const body = [COLLECTION, 'Locked']
    const [locked] = await this.#ask(PROPERTIES, 'Get', 'ss', body, collection)
    return locked === true
  }

  /** Resolves when the user has unlocked it, or thought better of it. */
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
      // No window is named: the question then stands by itself.
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

/** Whether it is unlocked is known to those only whom it lets in, so Chromium has to find out. */
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

/** The name has an owner now, or another one. */
function onOwner(bus: SessionBus, name: string, run: () => void): void {
  bus.onSignal({ sender: BUS, interface: BUS, member: 'NameOwnerChanged', arg0: name }, ([, , owner]) => {
    if (owner !== '') run()
  })
}

/** An error is the bus's word that it isn't there (yet); with no bus at all nothing is known. */
async function orWhyNot<State>(look: () => Promise<State>): Promise<State | 'absent' | 'unknown'> {
  try {
    return await look()
  } catch (error) {
    return error instanceof BusError ? 'absent' : 'unknown'
  }
}
