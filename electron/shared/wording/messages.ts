import { asSentence, type Told } from './problems'

/** `productionEnvironment`: the environment's name when it is production, which must not be missed; else null. */
export function jwtCopied(name: string, productionEnvironment: string | null): string {
  const whose = isolated(name)
  return productionEnvironment === null
    ? `JWT of ${whose} copied`
    : `JWT of ${whose} (${isolated(productionEnvironment)}) copied`
}

/** A name written from right to left must not turn the sentence around it; others stay as they are. */
export function isolated(name: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(name) ? `\u2068${name}\u2069` : name
}

export function accountAdded(name: string): string {
  return `${isolated(name)} added`
}

export function accountRenewed(name: string): string {
  return `${isolated(name)} renewed`
}

export function accountRemoved(name: string): string {
  return `${isolated(name)} removed`
}

export function loggedIn(name: string): string {
  return `${isolated(name)} is logged in`
}

export function failedFor(name: string, words: Told): string {
  return `${isolated(name)}: ${asSentence(words)}`
}
