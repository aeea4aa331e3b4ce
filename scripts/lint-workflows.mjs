// A program of its own, since the linter's Go runtime adds to this process's globals. Started by `npm run check`.
import path from 'node:path'
import process from 'node:process'
import { ROOT } from './lib/run.mjs'
import { workflowProblems, workflowsIn } from './lib/workflows.mjs'

const workflows = workflowsIn(path.join(ROOT, '.github', 'workflows'))
const problems = await workflowProblems(workflows)
for (const problem of problems) console.error(problem)
console.log(`${String(workflows.length)} workflows, ${String(problems.length)} problems.`)
process.exitCode = problems.length === 0 && workflows.length > 0 ? 0 : 1
