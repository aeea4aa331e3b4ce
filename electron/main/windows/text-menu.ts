/** The context menu of fields, and of selected text: pasting by mouse, where Chromium in Electron shows nothing. */
import {
  app,
  BrowserWindow,
  Menu,
  webContents,
  type ContextMenuParams,
  type MenuItemConstructorOptions,
  type WebContents,
} from 'electron'
import { TEXT_MENU } from '../../shared/wording/menu'

/** In all windows, those opened later too. */
export function offerTextMenus(): void {
  webContents.getAllWebContents().forEach(offer)
  app.on('web-contents-created', (_event, contents) => {
    offer(contents)
  })
}

function offer(contents: WebContents): void {
  contents.on('context-menu', (_event, params) => {
    const items = textMenu(params)
    const window = BrowserWindow.fromWebContents(contents)
    if (items.length === 0 || window === null) return
    const byKeyboard = params.menuSourceType === 'keyboard'
    Menu.buildFromTemplate(items).popup({
      window,
      // By mouse it opens at the pointer, whatever the zoom.
      ...(byKeyboard && { x: params.x, y: params.y }),
    })
  })
}

/**
 * Revealed secrets can't be selected, so they have no menu of this kind. Of a password field Chromium itself lets
 * nothing be cut or copied.
 */
export function textMenu({
  isEditable,
  editFlags,
  selectionText,
}: Pick<ContextMenuParams, 'isEditable' | 'editFlags' | 'selectionText'>): MenuItemConstructorOptions[] {
  const copy = { role: 'copy', label: TEXT_MENU.copy, enabled: editFlags.canCopy } as const
  if (!isEditable) return selectionText === '' ? [] : [copy]
  return [
    { role: 'cut', label: TEXT_MENU.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: TEXT_MENU.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: TEXT_MENU.selectAll, enabled: editFlags.canSelectAll },
  ]
}
