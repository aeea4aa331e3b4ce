/** What accounts and environments are known by. Apart from their vocabulary, so that the window takes no zod along. */
import * as z from 'zod/mini'
import type { Brand } from './brand'
import { UUID } from './uuid'

export type AccountId = Brand<string, 'AccountId'>
export type EnvironmentId = Brand<string, 'EnvironmentId'>

const id = z.string().check(z.regex(UUID))

export const accountId = z.pipe(
  id,
  z.transform((text) => text as AccountId),
)
export const environmentId = z.pipe(
  id,
  z.transform((text) => text as EnvironmentId),
)
