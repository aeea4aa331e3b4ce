/** Desktop entries, by the Desktop Entry Specification. */
import { LOGIN_ITEM_COMMENT } from '../../shared/wording/desktop'

/** Starts this command at login. */
export function autostartEntry(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=TokenDesk',
    `Comment=${LOGIN_ITEM_COMMENT}`,
    // Where the program has been uninstalled there is nothing to start.
    `TryExec=${escaped(command[0] ?? '')}`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
  ]
  return `${lines.join('\n')}\n`
}

/** A desktop's own settings disable an entry with one of these lines rather than remove it. */
const SWITCHED_OFF = /^(?:Hidden\s*=\s*true|X-(?:GNOME|MATE)-Autostart-enabled\s*=\s*false)\s*$/mu

export function isSwitchedOff(entry: string): boolean {
  return SWITCHED_OFF.test(entry)
}

/** What an entry of ours starts; entries of other programs may be quoted in other ways. */
export function commandOf(entry: string): readonly string[] {
  const exec = /^Exec=(.*)$/mu.exec(entry)?.[1] ?? ''
  const unescaped = exec.replaceAll(/\\([\\n])/gu, (_, code: string) => (code === 'n' ? '\n' : code))
  return [...unescaped.matchAll(/"((?:[^"`$\\]|\\["`$\\])*)"(?: |$)/guy)].map(([, argument = '']) =>
    argument.replaceAll(/\\(["`$\\])/gu, '$1').replaceAll('%%', '%'),
  )
}

/**
 * Quoted for `Exec` by the Desktop Entry Specification: as in a shell, after `%` (field codes are expanded last) and
 * before the escapes of all its strings (undone first).
 */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll('%', '%%').replaceAll(/["`$\\]/gu, (each) => `\\${each}`)
  return `"${escaped(inQuotes)}"`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
