import path from 'node:path'

/** Debian's `nobody`: a compositor that refuses root needs another user. */
const NOBODY = 65534

/**
 * @typedef {object} Compositor
 * @property {(folder: string) => string[]} arguments of the program of this name
 * @property {string} configuration is written to `<folder>/config`
 * @property {(folder: string) => Readonly<Record<string, string>>} env of it, and of what runs on it
 * @property {readonly string[]} asks a command that succeeds once it is ready
 */

/**
 * Wayland without a screen. sway has a keyboard and a clipboard that other programs may look into; weston has neither
 * keyboard nor pointer.
 * @type {Readonly<Record<'weston' | 'sway', Compositor>>}
 */
export const COMPOSITORS = {
  weston: {
    arguments: () => [
      '--backend=headless-backend.so',
      ...['--width=1280', '--height=800', '--no-config', '--socket=wayland-1'],
    ],
    configuration: '',
    env: () => ({}),
    asks: [],
  },
  sway: {
    arguments: (folder) => ['--config', path.join(folder, 'config')],
    configuration: [
      'xwayland disable',
      'output HEADLESS-1 resolution 1280x800',
      'seat * fallback true',
      '',
    ].join('\n'),
    env: (folder) => ({
      SWAYSOCK: path.join(folder, 'sway.sock'),
      WLR_BACKENDS: 'headless',
      WLR_LIBINPUT_NO_DEVICES: '1',
      WLR_RENDERER: 'pixman',
      XDG_CURRENT_DESKTOP: 'sway',
    }),
    asks: ['swaymsg', '--type', 'get_outputs'],
  },
}

/**
 * @param {keyof typeof COMPOSITORS} name
 * @param {number | undefined} uid of who starts it
 * @returns {number | null} who it has to run as; null: nobody else
 */
export function ownerOf(name, uid) {
  return name === 'sway' && uid === 0 ? NOBODY : null
}
