/** Waiting for an answer of the service, until the user no longer wants to. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
}

/** As `work`, or rejects with `CancelledError` as soon as `signal` is aborted; what `work` brings is dropped then. */
export async function unlessCancelled<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return await work
  let cancel = (): void => undefined
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => {
      reject(new CancelledError())
    }
  })
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  try {
    return await Promise.race([cancelled, work])
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** Cancels all that was begun with its signal so far. */
export class Cancellation {
  #controller = new AbortController()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  cancel(): void {
    this.#controller.abort()
    this.#controller = new AbortController()
  }
}
