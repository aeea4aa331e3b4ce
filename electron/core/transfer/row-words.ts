/** Words that cells may have for a type and for yes or no. */
import type { KindChoice } from '../../shared/account'
import { trimUnseen } from '../../shared/unseen'

/** Null: a word that means nothing here. */
export function kindOf(typed: string): KindChoice | null {
  switch (trimUnseen(typed).toLowerCase()) {
    case '':
    case 'detect':
      return 'detect'
    case 'partner':
      return 'partner'
    case 'company':
      return 'company'
    default:
      return null
  }
}

/** As people mark a cell, and as spreadsheet programs of other languages write true and false. */
const YES =
  /^(?:yes|y|x|1|true|t|on|[✓✔☑]|wahr|ja|j|vrai|oui|o|verdadero|s[íi]?|vero|verdadeiro|sim|waar|prawda|tak|истина|да|д|ano|pravda|igen|igaz|evet|doğru|sant|sand|tosi|kyllä|はい|[○是对예])$/u
const NO =
  /^(?:|no|n|0|false|f|off|[-–✗☐]|falsch|nein|faux|non|falso|n[ãa]o|onwaar|nee|fałsz|nie|ложь|нет|н|ne|nepravda|nem|hamis|hayır|yanlış|nej|nei|falsk|falskt|usand|epätosi|ei|いいえ|[×否不])$/u

/** Null: a word that means nothing here. */
export function flagOf(typed: string): boolean | null {
  const word = trimUnseen(typed).normalize('NFC').toLowerCase()
  if (YES.test(word)) return true
  return NO.test(word) ? false : null
}
