import type { PortProblem } from '../gateway'
import type { Message } from './message'

/** What is wrong with the port, and what to do. */
export function gatewayPortProblem(port: number, problem: PortProblem): Message {
  const why = problem === 'taken' ? 'is used by another program' : 'can’t be used'
  return {
    what: `Port ${String(port)} ${why}, so the gateway doesn’t work.`,
    todo: 'Open it again once the port is free, or use another port.',
  }
}
