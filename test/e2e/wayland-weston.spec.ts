/** Natively on weston, which has neither keyboard nor tray. */
import { test } from '../support/electron-app'
import { windowsCome } from '../support/wayland-windows'

test.use({ wayland: 'weston' })

windowsCome()
