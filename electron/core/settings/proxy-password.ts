/**
 * The user name and password of a proxy: asked for once, in memory until the app ends, and saved only encrypted by a
 * keyring. Nothing waits for a person: requests fail meanwhile and are retried when there is an answer.
 */
import * as z from 'zod/mini'
import type { Result } from '../../shared/ipc/contract'
import type { ProxyQuestion, ProxyStatus } from '../../shared/proxy'
import { Secret } from '../../shared/secret'
import type { AppEmitter } from '../base/app-events'
import type { Cipher, Log, ProxyGate, StateStore } from '../base/ports'
import { done, toResult } from '../base/results'
import type { Vault } from '../vault/vault'

const fileSchema = z.object({ version: z.literal(1), host: z.string(), sealed: z.string() })
const loginSchema = z.object({ userName: z.string(), password: z.string() })

export interface ProxyPasswordDeps {
  readonly gate: ProxyGate
  readonly store: StateStore
  readonly cipher: Pick<Cipher, 'seal' | 'open'>
  readonly vault: Pick<Vault, 'storage'>
  readonly events: AppEmitter
  readonly log: Log
}

export interface ProxyAnswer {
  readonly host: string
  readonly userName: string
  readonly password: Secret
  readonly remember: boolean
}

export class ProxyPassword {
  #asks: ProxyQuestion | null = null
  #uses: string | null = null
  #isSaved = false

  constructor(private readonly deps: ProxyPasswordDeps) {
    deps.gate.whenAsked((question) => {
      this.#asked(question)
    })
  }

  get status(): ProxyStatus {
    const canSave = this.deps.vault.storage.mode === 'keyring'
    return { asks: this.#asks, uses: this.#uses, isSaved: this.#isSaved, canSave }
  }

  /** Takes what is saved, as soon as the keyring is open. */
  async load(): Promise<void> {
    if (this.#uses !== null || this.deps.vault.storage.mode !== 'keyring') return
    const saved = this.#read()
    if (saved === null) return
    const opened = await this.deps.cipher.open(saved.sealed)
    const login = opened.ok ? loginSchema.safeParse(parsed(opened.text)) : null
    if (login?.success !== true) {
      this.deps.log.warn('the saved password of the proxy can not be opened')
      return
    }
    const { userName, password } = login.data
    this.deps.gate.use({ host: saved.host, userName, password: new Secret(password) })
    this.#uses = saved.host
    this.#isSaved = true
    const wasAsked = this.#asks?.host === saved.host
    if (wasAsked) this.#asks = null
    this.#changed()
    if (wasAsked) this.deps.events.emit('proxyAnswered', undefined)
  }

  /** From now on the proxy gets these, whether they can be saved or not. */
  async answer({ host, userName, password, remember }: ProxyAnswer): Promise<Result<undefined>> {
    this.deps.gate.use({ host, userName, password })
    this.#asks = null
    this.#uses = host
    const kept = await toResult('proxy-password', async () => {
      if (remember && this.status.canSave) {
        const text = JSON.stringify({ userName, password: password.reveal() })
        this.deps.store.write({ version: 1, host, sealed: await this.deps.cipher.seal(text, 'keyring') })
        this.#isSaved = true
      } else this.#remove()
      return done(undefined)
    })
    this.#changed()
    this.deps.events.emit('proxyAnswered', undefined)
    return kept
  }

  /** The proxy gets nothing from now on, and nothing of it stays on the disk. */
  async forget(): Promise<Result<undefined>> {
    this.deps.gate.use(null)
    this.#uses = null
    const removed = await toResult('proxy-password', () => {
      this.#remove()
      return done(undefined)
    })
    this.#changed()
    return removed
  }

  #asked(question: ProxyQuestion | null): void {
    if (isSame(this.#asks, question)) return
    this.#asks = question
    if (question !== null) {
      this.deps.log.info('a proxy wants a user name and a password', { refused: question.isRefused })
    }
    this.#changed()
  }

  #read(): z.output<typeof fileSchema> | null {
    const stored = this.deps.store.read()
    if (stored.kind !== 'text') return null
    const file = fileSchema.safeParse(parsed(stored.text))
    return file.success ? file.data : null
  }

  /** Throws `StorageUnwritableError`. */
  #remove(): void {
    if (this.deps.store.read().kind !== 'missing') this.deps.store.remove()
    this.#isSaved = false
  }

  #changed(): void {
    this.deps.events.emit('proxyChanged', { proxy: this.status })
  }
}

function isSame(a: ProxyQuestion | null, b: ProxyQuestion | null): boolean {
  return a?.host === b?.host && a?.isRefused === b?.isRefused
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
