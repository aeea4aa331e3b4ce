import type { Clipboard } from '../../../electron/core/ports'

export class MemoryClipboard implements Clipboard {
  text = ''

  writeText(text: string): Promise<void> {
    this.text = text
    return Promise.resolve()
  }

  readText(): Promise<string> {
    return Promise.resolve(this.text)
  }

  clear(): Promise<void> {
    this.text = ''
    return Promise.resolve()
  }
}
