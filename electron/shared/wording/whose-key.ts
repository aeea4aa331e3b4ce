import type { JwtSubject, KeyQuestion } from '../subject'
import { isolated } from './messages'

export const KEEP_SESSION = 'Keep current session'
export const REPLACE_SESSION = 'Replace session'

/** The question for the account of this name. */
export function keyQuestionTitle(account: string): string {
  return `Replace the session of ${isolated(account)}?`
}

export function keyQuestionInWords(account: string, { reason }: KeyQuestion): string {
  return reason === 'other-subject'
    ? `This API key logs in as someone other than ${isolated(account)}. It may be another account’s API key.`
    : `This API key brings no refresh token, but ${isolated(account)} has one that is still valid.`
}

/** What replacing does that can't be undone. */
export function keyQuestionMeans({ losesRefreshToken }: KeyQuestion): string {
  return losesRefreshToken
    ? 'Replacing deletes the current JWT and refresh token. The new session has none, so it renews only with an API key.'
    : 'Replacing deletes the current JWT and refresh token.'
}

/** `ACME Payroll (7Q2f), issued by https://auth.example.com` */
export function subjectInWords(subject: JwtSubject | null): string {
  if (subject === null) return 'Not named in the JWT'
  const { name, subject: id, issuer } = subject
  const who = name === null || name === id ? shortened(id) : `${shortened(name)} (${shortened(id)})`
  return issuer === null ? who : `${who}, issued by ${shortened(issuer)}`
}

export function sessionKept(account: string): string {
  return `${isolated(account)} keeps its session`
}

const LONGEST = 120

function shortened(text: string): string {
  const letters = Array.from(text)
  return isolated(letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : text)
}
