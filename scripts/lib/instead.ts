import type { Plugin } from 'vite'

const PREFIX = '\0instead:'

/** Bundles other code in the place of modules: `modules` names each with the code. */
export function instead(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'tokendesk:instead',
    enforce: 'pre',
    resolveId: (id) => (Object.hasOwn(modules, id) ? `${PREFIX}${id}` : null),
    load: (id) => (id.startsWith(PREFIX) ? (modules[id.slice(PREFIX.length)] ?? null) : null),
  }
}

/** The same for modules of Node, and only where files that match `importer` import them. */
export function insteadOfNode(importer: RegExp, modules: Readonly<Record<string, string>>): Plugin {
  const name = (id: string): string => `instead-of-node:${id}`
  const code = new Map(Object.entries(modules).map(([id, text]) => [name(id), text]))
  return {
    name: 'tokendesk:instead-of-node',
    enforce: 'pre',
    // By another name, since what is Node's is left out of the bundle before any plugin is asked.
    transform: (text, file) =>
      importer.test(file)
        ? Object.keys(modules).reduce((all, id) => all.replaceAll(`from '${id}'`, `from '${name(id)}'`), text)
        : null,
    resolveId: (id) => (code.has(id) ? `\0${id}` : null),
    load: (id) => code.get(id.slice(1)) ?? null,
  }
}
