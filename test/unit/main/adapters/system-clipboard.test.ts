import { describe, expect, it } from 'vitest'
import {
  createSystemClipboard,
  type ElectronClipboard,
} from '../../../../electron/main/adapters/system-clipboard'
import { Secret } from '../../../../electron/shared/secret'

type Formats = Record<string, string>

/** As Electron 45 declares it: the fake below can be no other than what is shipped. */
type Declared = Pick<Electron.Clipboard, 'readText' | 'writeText' | 'write' | 'clear'>

/** Electron's clipboard since version 44: answers come later, and several formats are written in one go. */
function recentElectron({ marks = 'taken' }: { marks?: 'taken' | 'refused' | 'unmade' | 'lost' } = {}) {
  let content: Formats = {}
  const made = new Map<object, object>()
  class ClipboardItem implements Electron.ClipboardItem {
    readonly types: string[]
    constructor(formats: ConstructorParameters<typeof Electron.ClipboardItem>[0]) {
      if (marks === 'unmade') throw new TypeError('no such type')
      made.set(this, formats)
      this.types = Object.keys(formats)
    }
    getType(): Promise<never> {
      return Promise.reject(new Error('nobody asks'))
    }
  }
  const clipboard: Declared = {
    readText: () => Promise.resolve(content['text/plain'] ?? ''),
    writeText: (text) => {
      content = { 'text/plain': text }
      return Promise.resolve()
    },
    write: (items) => {
      if (marks === 'refused') return Promise.reject(new Error('no such format'))
      if (marks === 'taken') content = Object.assign({}, ...items.map((item) => made.get(item))) as Formats
      return Promise.resolve()
    },
    clear: () => {
      content = {}
    },
  }
  const electron: ElectronClipboard = { ClipboardItem, clipboard }
  return { electron, content: () => content }
}

/** As it was before: it answers at once, and knows of no items. */
function earlierElectron() {
  let content = ''
  const electron: ElectronClipboard = {
    clipboard: {
      readText: () => content,
      writeText: (text) => {
        content = text
      },
      write: () => {
        throw new Error('expects { text }')
      },
      clear: () => {
        content = ''
      },
    },
  }
  return { electron, content: () => content }
}

function raw(format: string): string {
  return `electron application/osclipboard;format="${format}"`
}

const SECRET = new Secret('jwt-1')

describe('a secret in the clipboard', () => {
  it.each<[NodeJS.Platform, Formats]>([
    [
      'win32',
      {
        [raw('ExcludeClipboardContentFromMonitorProcessing')]: '1',
        [raw('CanIncludeInClipboardHistory')]: '\0\0\0\0',
        [raw('CanUploadToCloudClipboard')]: '\0\0\0\0',
      },
    ],
    ['darwin', { [raw('org.nspasteboard.ConcealedType')]: '1' }],
    ['linux', { [raw('x-kde-passwordManagerHint')]: 'secret' }],
  ])('is marked as one on %s, in one go with its text', async (platform, marks) => {
    const { electron, content } = recentElectron()
    await createSystemClipboard(electron, platform).writeSecret(SECRET)
    expect(content()).toEqual({ 'text/plain': 'jwt-1', ...marks })
  })

  it.each(['refused', 'unmade', 'lost'] as const)('is copied even where the mark is %s', async (marks) => {
    const { electron, content } = recentElectron({ marks })
    await createSystemClipboard(electron, 'win32').writeSecret(SECRET)
    expect(content()).toEqual({ 'text/plain': 'jwt-1' })
  })

  it('is copied by an Electron that can not mark it', async () => {
    const { electron, content } = earlierElectron()
    await createSystemClipboard(electron, 'linux').writeSecret(SECRET)
    expect(content()).toBe('jwt-1')
  })
})

it('leaves other text unmarked', async () => {
  const { electron, content } = recentElectron()
  await createSystemClipboard(electron, 'darwin').writeText('diagnostics')
  expect(content()).toEqual({ 'text/plain': 'diagnostics' })
})

it.each([recentElectron(), earlierElectron()])(
  'is read and emptied in either shape',
  async ({ electron }) => {
    const clipboard = createSystemClipboard(electron, 'linux')
    await clipboard.writeSecret(SECRET)
    expect(await clipboard.readText()).toBe('jwt-1')
    await clipboard.clear()
    expect(await clipboard.readText()).toBe('')
  },
)
