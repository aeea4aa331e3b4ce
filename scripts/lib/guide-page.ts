// Turns docs/USER-GUIDE.md into a page of the app, so that what is read there and on the web is one text.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Marked } from 'marked'
import type { Plugin } from 'vite'

/** Adds `guide.html`, its stylesheet and its pictures to the window's files, and serves them while developing. */
export function guidePage(docs: string): Plugin {
  return {
    name: 'tokendesk:guide-page',
    generateBundle() {
      for (const [fileName, source] of guideFiles(docs)) this.emitFile({ type: 'asset', fileName, source })
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost')
        const content = guideFiles(docs).get(pathname.slice(1))
        if (content === undefined) {
          next()
          return
        }
        response.setHeader('Content-Type', TYPES[path.extname(pathname)] ?? 'application/octet-stream')
        response.end(content)
      })
    },
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
}

/** By their paths as the page names them; pictures keep the ones that the Markdown has. */
function guideFiles(docs: string): ReadonlyMap<string, string | Buffer> {
  const folder = path.join(docs, 'images')
  const { html, images } = guideHtml(
    readFileSync(path.join(docs, 'USER-GUIDE.md'), 'utf8'),
    readdirSync(folder),
  )
  return new Map<string, string | Buffer>([
    ['guide.html', html],
    ['guide.css', readFileSync(path.join(docs, 'guide.css'))],
    ...images.map((name) => [`images/${name}`, readFileSync(path.join(folder, name))] as const),
  ])
}

export interface Guide {
  readonly html: string
  /** Names of the pictures that it shows. */
  readonly images: readonly string[]
}

interface Heading {
  readonly id: string
  readonly html: string
}

/**
 * A whole page without scripts, inline styles or anything from elsewhere, with each picture as in light and in dark
 * mode. Throws when the text shows a picture that isn't among `available`, in both, or links to a heading that isn't
 * there.
 */
export function guideHtml(markdown: string, available: readonly string[]): Guide {
  const headings: Heading[] = []
  const ids = new Set<string>()
  const links: string[] = []
  const images = new Set<string>()
  const body = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens)
        const id = anchor(this.parser.parseInline(tokens, this.parser.textRenderer))
        if (ids.has(id)) throw new Error(`The guide has the heading #${id} twice.`)
        ids.add(id)
        if (depth === 2) headings.push({ id, html })
        return `<h${String(depth)} id="${id}">${html}</h${String(depth)}>\n`
      },
      link({ href }) {
        links.push(href)
        return false
      },
      image({ href, text }) {
        const dark = darkPicture(href)
        images.add(href).add(dark)
        const [light, alternative] = [escaped(href), escaped(text)]
        return `<picture><source srcset="${escaped(dark)}" media="(prefers-color-scheme: dark)"><img src="${light}" alt="${alternative}"></picture>`
      },
    },
  }).parse(markdown, { async: false })

  for (const href of links) {
    if (!href.startsWith('#') || !ids.has(href.slice(1))) throw new Error(`The guide links to ${href}.`)
  }
  const names = [...images].map((href) => href.replace(/^images\//u, ''))
  for (const name of names) if (!available.includes(name)) throw new Error(`docs/images/${name} is missing.`)
  return { html: page(body, headings), images: names }
}

/** The name of the same picture in dark mode. */
export function darkPicture(name: string): string {
  return name.replace(/\.png$/u, '-dark.png')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** As GitHub makes them of headings, so that links work there too. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/&[^;]+;|[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-')
}

function page(body: string, headings: readonly Heading[]): string {
  const contents = headings.map(({ id, html }) => `<li><a href="#${id}">${html}</a></li>`)
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>TokenDesk user guide</title>
    <link rel="stylesheet" href="guide.css" />
  </head>
  <body>
    <nav aria-labelledby="contents">
      <h2 id="contents">Contents</h2>
      <ul>
${contents.join('\n')}
      </ul>
    </nav>
    <main>
${body}
    </main>
  </body>
</html>
`
}
