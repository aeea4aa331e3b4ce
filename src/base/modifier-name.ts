export function modifierName(): '⌘' | 'Ctrl' {
  return isMac() ? '⌘' : 'Ctrl'
}

export function hasModifier(event: KeyboardEvent | MouseEvent): boolean {
  return isMac() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
}

export function isMac(): boolean {
  return /mac/iu.test(navigator.userAgent)
}
