import type { Plugin } from 'vite'

/** Bundles other code in the place of modules: `modules` names each with the code. */
export function instead(modules: Readonly<Record<string, string>>): Plugin {
  const prefix = '\0instead:'
  return {
    name: 'tokendesk:instead',
    enforce: 'pre',
    resolveId: (id) => (Object.hasOwn(modules, id) ? `${prefix}${id}` : null),
    load: (id) => (id.startsWith(prefix) ? (modules[id.slice(prefix.length)] ?? null) : null),
  }
}
