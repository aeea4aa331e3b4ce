/** What people do with environments. */
import { checkName, nameKey } from '../shared/account'
import { checkBaseUrl } from '../shared/base-url'
import type { Environment, EnvironmentId } from '../shared/environment'
import type { FieldProblem, Result } from '../shared/ipc/contract'
import type { AppState } from './app-state'
import { answering, badFields, done } from './results'

export interface NewEnvironment {
  readonly name: string
  readonly baseUrl: string
  readonly production: boolean
}

export class EnvironmentService {
  constructor(
    private readonly state: AppState,
    private readonly newId: () => string,
  ) {}

  async add(typed: NewEnvironment): Promise<Result<Environment>> {
    const name = checkName(typed.name)
    const url = checkBaseUrl(typed.baseUrl)
    const problems: FieldProblem[] = []
    if (!name.ok) problems.push({ field: 'name', reason: name.reason })
    else if (this.#isTaken(name.value)) problems.push({ field: 'name', reason: 'duplicate' })
    if (!url.ok) problems.push({ field: 'baseUrl', reason: url.reason })
    if (!name.ok || !url.ok || problems.length > 0) return badFields(problems)

    return await answering(() => {
      const environment: Environment = {
        id: this.newId() as EnvironmentId,
        name: name.value,
        baseUrl: url.value.baseUrl,
        production: typed.production,
        colour: this.state.freeColour(typed.production),
        zonelessTimesAre: 'UTC',
        clockSkewMs: null,
      }
      this.state.addEnvironment(environment)
      return done(environment)
    })
  }

  #isTaken(name: string): boolean {
    return this.state.environments.some((each) => nameKey(each.name) === nameKey(name))
  }
}
