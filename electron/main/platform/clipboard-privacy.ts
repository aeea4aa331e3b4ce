/**
 * What tells the programs that keep a history of the clipboard to leave a secret out of it: formats that lie beside
 * the text, each platform's own. Asking is all that can be done; a program that doesn't care still sees the text.
 */
type Formats = Readonly<Record<string, string>>

const DWORD_0 = '\0\0\0\0'

/** By their names and with the content that the platform knows. */
const FORMATS: Partial<Record<NodeJS.Platform, Formats>> = {
  // learn.microsoft.com/windows/win32/dataxchg/clipboard-formats, "Cloud Clipboard and Clipboard History Formats".
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: '1',
    CanIncludeInClipboardHistory: DWORD_0,
    CanUploadToCloudClipboard: DWORD_0,
  },
  // nspasteboard.org. That it is there is what counts.
  darwin: { 'org.nspasteboard.ConcealedType': '1' },
  // KDE's Klipper; others have followed.
  linux: { 'x-kde-passwordManagerHint': 'secret' },
}

export function concealingFormats(platform: NodeJS.Platform): Formats {
  return FORMATS[platform] ?? {}
}
