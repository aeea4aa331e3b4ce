/** Viewing a JWT's claims, and identifying a JWT. */
import { counted } from './counts'

export const CLAIMS = {
  title: 'JWT claims',
  table: 'Claims',
  claim: 'Claim',
  value: 'Value',
  raw: 'Raw JSON',
  header: 'Header',
  payload: 'Payload',
  jwt: 'JWT',
  reveal: 'Reveal',
  hide: 'Hide',
  revealMeans: 'Anyone who sees it can use it. It’s shown for 30 seconds.',
  local: 'local',
} as const

export function moreClaims(count: number): string {
  return `${counted(count, 'more claim')} in the payload below.`
}

export function copyClaim(claim: string): string {
  return `Copy ${claim}`
}

export const IDENTIFY = {
  title: 'Identify JWT',
  means: 'Paste a JWT to find its account and check whether it’s live. It isn’t saved.',
  jwt: 'JWT',
  identify: 'Identify',
  showAccount: 'Show account',
} as const

export const CONFIRM_PRODUCTION = 'Copy a production JWT?'
