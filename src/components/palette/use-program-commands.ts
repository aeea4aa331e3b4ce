import { BookOpen, ClipboardList, Power } from '@lucide/vue'
import { asSentence, DIAGNOSTICS_COPIED, toldOfCall } from '../../../electron/shared/wording'
import { useDesk } from '../../desk'
import { useMessages } from '../../stores/messages'
import type { CommandParts } from './command-parts'

/** What main is asked for straight away. */
export function useProgramCommands(): readonly CommandParts[] {
  const { bridge } = useDesk()
  const messages = useMessages()

  async function asks(call: () => ReturnType<typeof bridge.quit>, done?: string): Promise<void> {
    const result = await call().catch(() => null)
    if (result?.ok !== true)
      messages.say(asSentence(toldOfCall(result?.error ?? { code: 'internal' })), 'bad')
    else if (done !== undefined) messages.say(done)
  }

  return [
    {
      key: 'diagnostics',
      label: 'Copy diagnostics',
      also: 'support ticket log versions',
      icon: ClipboardList,
      run: () => void asks(() => bridge.copyDiagnostics(undefined), DIAGNOSTICS_COPIED),
    },
    {
      key: 'guide',
      label: 'User guide',
      also: 'help manual documentation',
      icon: BookOpen,
      run: () => void asks(() => bridge.openGuide(undefined)),
    },
    {
      key: 'quit',
      label: 'Quit',
      also: 'exit close tokendesk',
      icon: Power,
      run: () => void asks(() => bridge.quit(undefined)),
    },
  ]
}
