import type { Plugin } from 'vite'

/** As the compiler of single-file components writes it, on a line of its own. */
const NAME = /^\s*__name: (["'])[^"'\n]*\1,$/mu

/**
 * Leaves the names of components out of a build: only Vue's warnings and developer tools show them, which a build has
 * not, and a component that uses itself needs its own, which none here does.
 */
export function withoutNames(): Plugin {
  return {
    name: 'tokendesk:without-names',
    apply: 'build',
    transform: (code, id) => (/\.vue(?:$|\?)/u.test(id) && NAME.test(code) ? code.replace(NAME, '') : null),
  }
}
