import { BookOpen, ClipboardList, Lock, Power } from '@lucide/vue'
import { computed, type ComputedRef } from 'vue'
import { asSentence, DIAGNOSTICS_COPIED, describeCallError, COMMANDS } from '../../../electron/shared/wording'
import { useApp } from '../../base/app-context'
import { modifierName } from '../../base/modifier-name'
import { useMessages } from '../../stores/messages'
import { useSession } from '../../stores/connection'
import type { CommandParts } from './command-parts'

/** Commands that call main directly. */
export function useProgramCommands(): ComputedRef<readonly CommandParts[]> {
  const { bridge } = useApp()
  const messages = useMessages()
  const session = useSession()
  const mod = modifierName()

  async function asks(call: () => ReturnType<typeof bridge.quit>, done?: string): Promise<void> {
    const result = await call().catch(() => null)
    if (result?.ok !== true)
      messages.say(asSentence(describeCallError(result?.error ?? { code: 'internal' })), 'bad')
    else if (done !== undefined) messages.say(done)
  }

  const locking: CommandParts = {
    key: 'lock',
    ...COMMANDS.lock,
    icon: Lock,
    keys: `${mod} L`,
    run: () => void asks(() => bridge.lock(undefined)),
  }

  return computed(() => [
    ...(session.lock?.isSet === true ? [locking] : []),
    {
      key: 'diagnostics',
      ...COMMANDS.diagnostics,
      icon: ClipboardList,
      run: () => void asks(() => bridge.copyDiagnostics(undefined), DIAGNOSTICS_COPIED),
    },
    {
      key: 'guide',
      ...COMMANDS.guide,
      icon: BookOpen,
      run: () => void asks(() => bridge.openGuide(undefined)),
    },
    {
      key: 'quit',
      ...COMMANDS.quit,
      icon: Power,
      run: () => void asks(() => bridge.quit(undefined)),
    },
  ])
}
