/**
 * Makes a schema when it is first asked for, and keeps it. Making the contract's 650 took a start 18 ms, and it needs a
 * third of them.
 */
export function lazy<Made extends object>(make: () => Made): () => Made {
  let made: Made | null = null
  return () => (made ??= make())
}
