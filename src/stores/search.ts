import type { AccountSummary } from '../../electron/shared/account'
import type { Environment } from '../../electron/shared/environment'

/** Letters that Unicode doesn't take apart into a base letter and its marks. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i' }

/** Case-blind and accent-blind. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('en')
    .replace(/[ßøłđæœı]/gu, (letter) => PLAIN[letter] ?? letter)
}

/** Summaries are replaced, never changed, so what was folded once stays right. */
const foldedAccounts = new WeakMap<AccountSummary, string>()
const foldedEnvironments = new WeakMap<Environment, string>()

function remembered<T extends object>(cache: WeakMap<T, string>, key: T, text: string): string {
  const known = cache.get(key)
  if (known !== undefined) return known
  const folded = fold(text)
  cache.set(key, folded)
  return folded
}

/** Tells whether an account has every word of `query` in its name, its environment's name or its key's hint. */
export function matcher(
  query: string,
  environmentOf: (account: AccountSummary) => Environment | null,
): ((account: AccountSummary) => boolean) | null {
  const words = fold(query).split(/\s+/u).filter(Boolean)
  if (words.length === 0) return null
  return (account) => {
    const own = remembered(foldedAccounts, account, `${account.name}\n${account.apiKeyHint ?? ''}`)
    const environment = environmentOf(account)
    const place = environment === null ? '' : remembered(foldedEnvironments, environment, environment.name)
    return words.every((word) => own.includes(word) || place.includes(word))
  }
}
