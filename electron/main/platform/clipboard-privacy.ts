/**
 * Asks clipboard managers to keep a secret out of their history, by extra formats that each platform defines. A program
 * may ignore them and still read the text.
 */
type Formats = Readonly<Record<string, string>>

const DWORD_0 = '\0\0\0\0'

/** By name, with the content that the platform expects. */
const FORMATS: Partial<Record<NodeJS.Platform, Formats>> = {
  // learn.microsoft.com/windows/win32/dataxchg/clipboard-formats, "Cloud Clipboard and Clipboard History Formats".
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: '1',
    CanIncludeInClipboardHistory: DWORD_0,
    CanUploadToCloudClipboard: DWORD_0,
  },
  // nspasteboard.org. Only its presence counts.
  darwin: { 'org.nspasteboard.ConcealedType': '1' },
  // Defined by KDE's Klipper; others have followed.
  linux: { 'x-kde-passwordManagerHint': 'secret' },
}

export function concealingFormats(platform: NodeJS.Platform): Formats {
  return FORMATS[platform] ?? {}
}
