import { APP } from './app'
import { FILES } from './files'
import type { Mutants } from './mutant'
import { SESSIONS } from './sessions'
import { VAULT } from './vault'

export const ALL: readonly Mutants[] = [...SESSIONS, ...VAULT, ...APP, ...FILES]
