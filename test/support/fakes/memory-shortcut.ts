import type { GlobalShortcut } from '../../../electron/core/base/ports'

/** A desktop on which other programs use some shortcuts already. */
export class MemoryShortcut implements GlobalShortcut {
  readonly taken = new Set<string>()
  readonly registered = new Map<string, () => void>()

  register(accelerator: string, pressed: () => void): 'set' | 'invalid' | 'taken' {
    if (!accelerator.includes('+')) return 'invalid'
    if (this.taken.has(accelerator)) return 'taken'
    this.registered.set(accelerator, pressed)
    return 'set'
  }

  unregister(accelerator: string): void {
    this.registered.delete(accelerator)
  }
}
