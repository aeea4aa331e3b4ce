import type { Clipboard } from '../../../electron/core/ports'

export class MemoryClipboard implements Clipboard {
  text = ''
  /** Called while somebody reads it. */
  whileReading: () => unknown = () => undefined

  writeText(text: string): Promise<void> {
    this.text = text
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
