import type { PortProblem } from '../gateway'
import type { Message } from './message'

/** What is wrong with the port, and what to do. */
export function gatewayPortProblem(port: number, problem: PortProblem): Message {
  const what: Readonly<Record<PortProblem, string>> = {
    taken: `Another program uses port ${String(port)}, so the gateway’s addresses don’t work.`,
    'not-allowed': `The system doesn’t let TokenDesk use port ${String(port)}, so the gateway’s addresses don’t work.`,
    other: `The gateway couldn’t start on port ${String(port)}, so its addresses don’t work.`,
  }
  return {
    what: what[problem],
    todo: 'Close that program and open the gateway again, or use another port, which changes all addresses.',
  }
}
