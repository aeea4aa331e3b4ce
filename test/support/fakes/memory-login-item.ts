import type { LoginItem } from '../../../electron/core/base/ports'

export class MemoryLoginItem implements LoginItem {
  on = false
  followed = 0
  failure: Error | undefined

  isOn(): boolean {
    return this.on
  }

  set(on: boolean): void {
    if (this.failure) throw this.failure
    this.on = on
  }

  follow(): void {
    if (this.failure) throw this.failure
    this.followed += 1
  }
}
