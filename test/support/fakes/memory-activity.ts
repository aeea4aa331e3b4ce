import type { ActivityFile } from '../../../electron/core/base/ports'

export class MemoryActivity implements ActivityFile {
  text = ''

  read(): Promise<string> {
    return Promise.resolve(this.text)
  }

  append(text: string): Promise<void> {
    this.text += text
    return Promise.resolve()
  }

  replace(text: string): Promise<void> {
    this.text = text
    return Promise.resolve()
  }
}
