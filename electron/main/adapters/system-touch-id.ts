import type { SystemPreferences } from 'electron'
import type { TouchId } from '../../core/base/ports'
import { TOUCH_ID_REASON } from '../../shared/wording/desktop'

/** macOS puts it after “TokenDesk is trying to”. */

/** Elsewhere than on a Mac Electron has neither function. */
export function createTouchId(
  preferences: Pick<SystemPreferences, 'canPromptTouchID' | 'promptTouchID'>,
  platform: NodeJS.Platform,
): TouchId {
  return {
    isThere: () => platform === 'darwin' && preferences.canPromptTouchID(),
    isOwner: () =>
      preferences.promptTouchID(TOUCH_ID_REASON).then(
        () => true,
        () => false,
      ),
  }
}
