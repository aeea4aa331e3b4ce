import type { Clipboard } from '../../../electron/core/ports'
import type { Secret } from '../../../electron/shared/secret'

export class MemoryClipboard implements Clipboard {
  text = ''
  /** Marked as a secret. */
  isConcealed = false
  /** Called while somebody reads it. */
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
    return text
  }

  clear(): Promise<void> {
    this.text = ''
    return Promise.resolve()
  }
}
