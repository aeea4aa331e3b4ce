import type { Plugin } from 'vite'

/** Bundles without these modules: whoever uses them after all finds `undefined`. `modules`: each with what it exports. */
export function leaveOut(modules: Readonly<Record<string, readonly string[]>>): Plugin {
  const prefix = '\0left-out:'
  return {
    name: 'leave-out',
    enforce: 'pre',
    resolveId: (id) => (Object.hasOwn(modules, id) ? `${prefix}${id}` : null),
    load(id) {
      const names = id.startsWith(prefix) ? modules[id.slice(prefix.length)] : undefined
      return names
        ?.map((name) => `export { nothing as ${name} }\n`)
        .join('')
        .concat('const nothing = undefined\n')
    },
  }
}
