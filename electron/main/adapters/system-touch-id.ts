import type { SystemPreferences } from 'electron'
import type { TouchId } from '../../core/base/ports'
import { TOUCH_ID_REASON } from '../../shared/wording/desktop'

/** macOS shows it after “TokenDesk is trying to”. */

/** Electron has neither function on other systems. */
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
