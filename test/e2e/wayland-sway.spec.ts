/** Natively on sway, a tiling compositor that minimises nothing. */
import { test } from '../support/electron-app'
import { windowsCome } from '../support/wayland-windows'

test.use({ wayland: 'sway' })

windowsCome()
