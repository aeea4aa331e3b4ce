import type { TouchId } from '../../../electron/core/base/ports'

/** A Mac without a sensor, until a test says otherwise. */
export class MemoryTouchId implements TouchId {
  there = false
  /** Whether the next finger is the owner's. */
  owner = true
  /** Called while the system asks. */
  whileAsking: () => unknown = () => undefined

  isThere(): boolean {
    return this.there
  }

  async isOwner(): Promise<boolean> {
    await this.whileAsking()
    return this.owner
  }
}
