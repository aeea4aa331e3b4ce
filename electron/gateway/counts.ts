/** How many exchanges of a kind ended in which hour: never a path, a query or a header. */
import type { AccountId } from '../shared/account'
import { COUNTED_METHODS, type CountedMethod, type CountedResult, type GatewayCount } from '../shared/gateway'

const HOUR_MS = 3_600_000
/** Gathered for as long, so that main isn't woken by each request. */
const TOLD_AFTER_MS = 2_000

export class Counts {
  readonly #tell: (counts: readonly GatewayCount[]) => void
  readonly #now: () => number
  readonly #untold = new Map<string, GatewayCount>()
  #timer: NodeJS.Timeout | null = null

  constructor(tell: (counts: readonly GatewayCount[]) => void, now: () => number) {
    this.#tell = tell
    this.#now = now
  }

  add(accountId: AccountId, methodName: string, result: CountedResult): void {
    const now = this.#now()
    const hour = now - (now % HOUR_MS)
    const method = isCounted(methodName) ? methodName : 'other'
    const key = [hour, accountId, method, result].join(' ')
    const count = (this.#untold.get(key)?.count ?? 0) + 1
    this.#untold.set(key, { hour, accountId, method, result, count })
    this.#timer ??= setTimeout(() => {
      this.flush()
    }, TOLD_AFTER_MS)
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#untold.size === 0) return
    const counts = [...this.#untold.values()]
    this.#untold.clear()
    this.#tell(counts)
  }
}

export function classOf(status: number): CountedResult {
  if (status < 300) return '2xx'
  if (status < 400) return '3xx'
  return status < 500 ? '4xx' : '5xx'
}

function isCounted(method: string): method is CountedMethod {
  return COUNTED_METHODS.some((known) => known === method && known !== 'other')
}
