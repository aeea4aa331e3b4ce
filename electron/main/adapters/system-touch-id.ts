import type { SystemPreferences } from 'electron'
import type { TouchId } from '../../core/base/ports'

/** macOS puts it after “TokenDesk is trying to”. */
const REASON = 'unlock itself'

/** Elsewhere than on a Mac Electron has neither function. */
export function createTouchId(
  preferences: Pick<SystemPreferences, 'canPromptTouchID' | 'promptTouchID'>,
  platform: NodeJS.Platform,
): TouchId {
  return {
    isThere: () => platform === 'darwin' && preferences.canPromptTouchID(),
    isOwner: () =>
      preferences.promptTouchID(REASON).then(
        () => true,
        () => false,
      ),
  }
}
