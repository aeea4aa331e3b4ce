import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../scripts/lib/run.mjs'
import { workflowProblems, workflowsIn } from '../../../scripts/lib/workflows.mjs'

const SOUND = `on: push
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@v4
      - run: npm run check
`

async function problemsOf(text: string): Promise<readonly string[]> {
  return await workflowProblems([{ name: 'some.yml', text }])
}

describe('the linter for workflows', () => {
  it('is content with a sound one', async () => {
    expect(await problemsOf(SOUND)).toEqual([])
  })

  it.each([
    ['an unknown runner', 'ubuntu-24.04', 'ubunt-24.04', 'label "ubunt-24.04" is unknown'],
    ['an unknown key', 'timeout-minutes: 5', 'timeout-minutes: 5\n    time: 5', 'unexpected key "time"'],
    ['an undefined variable', 'npm run check', 'echo ${{ matrx.os }}', 'undefined variable "matrx"'],
    [
      'a permission that does not exist',
      'contents: read',
      'content: read',
      'unknown permission scope "content"',
    ],
    ['no permissions', 'permissions:\n  contents: read\n', '', 'names no permissions'],
    ['no limit of time', '    timeout-minutes: 5\n', '', 'no job with a limit of time'],
    [
      'an action by a tag that can be moved',
      'actions/checkout@v4',
      'someone/setup@v1',
      'uses someone/setup@v1',
    ],
  ])('refuses %s', async (_case, sound, broken, problem) => {
    expect((await problemsOf(SOUND.replace(sound, broken))).join('\n')).toContain(problem)
  })
})

describe('the workflows of this repository', () => {
  const workflows = workflowsIn(path.join(ROOT, '.github', 'workflows'))

  it('are sound', async () => {
    expect(workflows.map(({ name }) => name).sort()).toEqual(['ci.yml', 'nightly.yml', 'release.yml'])
    expect(await workflowProblems(workflows)).toEqual([])
  })

  it('may write nothing but the draft of a release', () => {
    const writes = workflows.flatMap(({ name, text }) =>
      [...text.matchAll(/^ *(\S+: write)/gmu)].map(([, scope = '']) => `${name} ${scope}`),
    )
    expect(writes).toEqual(['release.yml contents: write'])
  })

  it('run tests as root on Linux, where else some would be skipped and nothing could be installed', () => {
    const commands = workflows.flatMap(({ text }) =>
      [...text.matchAll(/^.*\n.*run: .*npm (?:test|run check|run test:long).*$/gmu)].map(([lines]) => lines),
    )
    expect(commands).toHaveLength(6)
    for (const lines of commands)
      expect(lines).toMatch(/if: runner\.os != 'Linux'|sudo --preserve-env env "PATH=\$PATH" npm/u)
  })

  it('say that they have not yet run', () => {
    for (const { text } of workflows) expect(text).toMatch(/^# Not yet run/u)
  })
})
