import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ProxyStatus } from '../../electron/shared/proxy'
import type { CallError } from '../../electron/shared/ipc/contract'
import { useApp } from '../base/app-context'

/** The proxy that wants a user name and a password, and the dialog that asks for them. */
export const useProxy = defineStore('proxy', () => {
  const { bridge } = useApp()
  const status = shallowRef<ProxyStatus | null>(null)
  const isOpen = shallowRef(false)
  /** The question that the dialog has already come up for: closed without an answer, it doesn't come up again. */
  const offeredFor = shallowRef<string | null>(null)

  const host = computed(() => status.value?.asks?.host ?? status.value?.uses ?? null)
  const isToOffer = computed(() => {
    const asks = status.value?.asks ?? null
    return asks !== null && asks.host !== offeredFor.value
  })

  function replace(next: ProxyStatus): void {
    status.value = next
    // The next question is another one.
    if (next.asks === null) offeredFor.value = null
    if (host.value === null) isOpen.value = false
  }

  function open(): void {
    if (host.value === null) return
    offeredFor.value = host.value
    isOpen.value = true
  }

  function close(): void {
    isOpen.value = false
  }

  /** Null where it is used and, if wanted, saved. */
  async function answer(typed: {
    readonly host: string
    readonly userName: string
    readonly password: string
    readonly remember: boolean
  }): Promise<CallError | null> {
    const result = await bridge.answerProxy(typed)
    return result.ok ? null : result.error
  }

  async function forget(): Promise<CallError | null> {
    const result = await bridge.forgetProxyPassword(undefined)
    return result.ok ? null : result.error
  }

  return { status, isOpen, host, isToOffer, replace, open, close, answer, forget }
})
