import type { LoginItem } from '../../../electron/core/base/ports'

export class MemoryLoginItem implements LoginItem {
  on = false

  isOn(): boolean {
    return this.on
  }

  set(on: boolean): void {
    this.on = on
  }
}
