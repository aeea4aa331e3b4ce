/** No file imports itself by way of others, also not for a type: each can be read without what uses it. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const code = file.endsWith('.vue') ? (/<script[^>]*>(.*)<\/script>/su.exec(text)?.[1] ?? '') : text
  return ts.preProcessFile(code, true, true).importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith('.')) return []
    const path = join(dirname(file), fileName)
    return ['', '.ts', '.vue', '.mjs', '/index.ts']
      .map((end) => path + end)
      .filter(isFile)
      .slice(0, 1)
  })
}

function isFile(path: string): boolean {
  return /\.(ts|vue|mjs|js)$/u.test(path) && existsSync(join(ROOT, path))
}

/** The first circle that there is, from a file back to itself; null when there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const clear = new Set<string>()
  const from = (file: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (clear.has(file)) return null
    for (const next of graph.get(file) ?? []) {
      const circle = from(next, [...way, file])
      if (circle !== null) return circle
    }
    clear.add(file)
    return null
  }
  for (const file of graph.keys()) {
    const circle = from(file, [])
    if (circle !== null) return circle
  }
  return null
}

describe('imports', () => {
  const files = execFileSync('git', ['ls-files', 'electron', 'src', 'test', 'scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(isFile)
  const graph = new Map(files.map((file) => [file, importsOf(file)]))

  it('are found in all kinds of files, types and components included', () => {
    expect(graph.get('electron/shared/renewal-times.ts')).toContain('electron/shared/account.ts')
    expect(graph.get('src/app/App.vue')?.length).toBeGreaterThan(1)
  })

  it('of a circle are noticed', () => {
    const circle = new Map([...graph, ['electron/shared/account.ts', ['electron/shared/renewal-times.ts']]])
    expect(circleIn(circle)).toEqual([
      'electron/shared/account.ts',
      'electron/shared/renewal-times.ts',
      'electron/shared/account.ts',
    ])
  })

  it('have no circle', () => {
    expect(circleIn(graph)).toBeNull()
  })
})
