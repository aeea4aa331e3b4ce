/** What a page of documentation names and must exist: files, folders, scripts and tests. */
import path from 'node:path'

export interface Repository {
  /** All tracked files, with `/`. */
  readonly files: readonly string[]
  readonly scripts: readonly string[]
  readonly read: (file: string) => string
}

const CODE = /\.(?:ts|vue|mjs|cjs|js|yml|css|html|py|md)$/u
const ENDINGS_LEFT_OUT = /(?:\.test|\.spec)?\.(?:ts|vue|mjs|js|css)$/u

/** As written on the page. */
export function namesOfNothing(page: string, text: string, repository: Repository): readonly string[] {
  return [
    ...codeSpans(text).filter((span) => isPath(span, repository) && !isThere(span, repository)),
    ...links(text).filter((link) => !isLinked(page, link, repository)),
    ...scripts(text).flatMap((script) => (repository.scripts.includes(script) ? [] : [`npm run ${script}`])),
    ...titles(text).flatMap(([title, file]) => (hasTest(file, title, repository) ? [] : [`"${title}"`])),
  ]
}

function codeSpans(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/gu)].map(([, span = '']) => span)
}

function isPath(span: string, { files }: Repository): boolean {
  if (!/^\w?[\w@./-]*$/u.test(span) || span.startsWith('/')) return false
  if (CODE.test(span)) return true
  // Build output (out/) and packages (zod/mini) begin with no folder of ours.
  const [first, ...rest] = span.split('/')
  return (
    rest.length > 0 &&
    files.some((file) =>
      file
        .split('/')
        .slice(0, -1)
        .includes(first ?? ''),
    )
  )
}

/** Whole, from any folder on, as a folder, or without its extension. */
function isThere(span: string, { files }: Repository): boolean {
  const wanted = `/${span.replace(/\/$/u, '')}`
  return files.some((file) => {
    const known = `/${file}`
    return (
      known.endsWith(wanted) ||
      known.includes(`${wanted}/`) ||
      known.replace(ENDINGS_LEFT_OUT, '').endsWith(wanted)
    )
  })
}

function links(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/gu)].flatMap(([, link = '']) =>
    /^(?:[a-z]+:|#)/u.test(link) ? [] : [link],
  )
}

function isLinked(page: string, link: string, { files }: Repository): boolean {
  const [file = ''] = link.split('#')
  const target = path.posix.join(path.posix.dirname(page), file)
  return files.some((known) => known === target || known.startsWith(`${target}/`))
}

function scripts(text: string): readonly string[] {
  return [...text.matchAll(/npm run (?:--silent )?([\w:]+)/gu)].map(([, script = '']) => script)
}

/** As docs/RELIABILITY.md cites them: "title" in `file`. */
function titles(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/"([^"\n]+)" in `(test\/[^`\n]+)`/gu)].map(
    ([, title = '', file = '']) => [title, file] as const,
  )
}

function hasTest(file: string, title: string, { files, read }: Repository): boolean {
  return (
    files.includes(file) &&
    new RegExp(`\\b(?:test|it)\\(\\s*(['"\`])${escaped(title)}\\1`, 'u').test(read(file))
  )
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}-]/gu, String.raw`\$&`)
}
