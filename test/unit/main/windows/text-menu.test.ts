import type { ContextMenuParams } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { textMenu } from '../../../../electron/main/windows/text-menu'

vi.mock('electron', () => ({ app: null, BrowserWindow: null, Menu: null, webContents: null }))

const ALL: ContextMenuParams['editFlags'] = {
  canUndo: true,
  canRedo: true,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: true,
}

/** The labels; what can't be used is in brackets. */
const menuOf = (parts: Partial<Parameters<typeof textMenu>[0]>): string[] =>
  textMenu({ isEditable: true, editFlags: ALL, selectionText: '', ...parts })
    .filter(({ type }) => type !== 'separator')
    .map(({ label, enabled }) => (enabled === false ? `[${String(label)}]` : String(label)))

describe('the context menu', () => {
  it('of a text field has cut, copy, paste and select all', () => {
    expect(menuOf({ selectionText: 'ACME' })).toEqual(['Cut', 'Copy', 'Paste', 'Select all'])
  })

  it('shows what can’t be done now, as of a password field or an empty clipboard', () => {
    expect(menuOf({ editFlags: { ...ALL, canCut: false, canCopy: false, canPaste: false } })).toEqual([
      '[Cut]',
      '[Copy]',
      '[Paste]',
      'Select all',
    ])
  })

  it('of selected text has copy alone', () => {
    expect(menuOf({ isEditable: false, selectionText: 'https://auth.example.com' })).toEqual(['Copy'])
  })

  it('of anything else is none', () => {
    expect(menuOf({ isEditable: false })).toEqual([])
  })

  it('acts by the roles of the system, so that the page can’t tell a paste by mouse from one by key', () => {
    const roles = textMenu({ isEditable: true, editFlags: ALL, selectionText: '' }).map(({ role }) => role)
    expect(roles).toEqual(['cut', 'copy', 'paste', undefined, 'selectAll'])
  })
})
