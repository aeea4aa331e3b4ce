import type { Clipboard } from '../../../electron/core/base/ports'
import type { Secret } from '../../../electron/shared/secret'

export class MemoryClipboard implements Clipboard {
  text = ''
  /** Marked as a secret. */
  isConcealed = false
  /** Another program has it open: it can't be read or cleared. */
  isHeldByOther = false
  /** Called during a read. */
  whileReading: () => unknown = () => undefined

  writeText(text: string): Promise<void> {
    this.text = text
    this.isConcealed = false
    return Promise.resolve()
  }

  writeSecret(secret: Secret): Promise<void> {
    this.text = secret.reveal()
    this.isConcealed = true
    return Promise.resolve()
  }

  async readText(): Promise<string> {
    const { text } = this
    this.whileReading()
    await Promise.resolve()
    if (this.isHeldByOther) throw new Error('held by another program')
    return text
  }

  clear(): Promise<void> {
    if (this.isHeldByOther) return Promise.reject(new Error('held by another program'))
    this.text = ''
    return Promise.resolve()
  }
}
