/**
 * The single handler of uncaught errors in this page: main logs each by kind and position, and the user is told once,
 * in plain words. The message is shown outside of the app, which may be what has failed.
 */
import type { App } from 'vue'
import { kindOf, placeOf, type UncaughtInPage } from '../../electron/shared/uncaught'
import { WENT_WRONG } from '../../electron/shared/wording/uncaught'
import type { Bridge } from '../base/bridge'
import { BUTTONS } from '../../electron/shared/wording'

/** More errors tell nothing new. */
const REPORTED_AT_MOST = 20

export interface UncaughtParts {
  readonly bridge: Pick<Bridge, 'reportUncaught' | 'on'>
  readonly window: Pick<Window, 'addEventListener'>
  readonly document: Pick<Document, 'createElement' | 'body'>
}

export function catchUncaught(app: App, { bridge, window: page, document: shown }: UncaughtParts): void {
  let reported = 0
  let isReported = false

  function tell(): void {
    if (isReported) return
    isReported = true
    shown.body.append(bar(shown))
  }

  function caught(how: UncaughtInPage, error: unknown): void {
    tell()
    reported += 1
    if (reported > REPORTED_AT_MOST) return
    bridge.reportUncaught({ how, error: kindOf(error), place: placeOf(error) }).catch(() => undefined)
  }

  app.config.errorHandler = (error) => {
    caught('render', error)
  }
  page.addEventListener('error', ({ error, message }) => {
    // Chromium reports a layout that took more than one round this way; nothing has failed.
    if (error == null && message.startsWith('ResizeObserver loop')) return
    caught('error', error)
  })
  page.addEventListener('unhandledrejection', ({ reason }) => {
    caught('rejection', reason)
  })
  // An uncaught error outside this page.
  bridge.on('somethingWentWrong', tell)
}

function bar(shown: UncaughtParts['document']): HTMLElement {
  const whole = shown.createElement('div')
  whole.className = 'uncaught'
  whole.setAttribute('role', 'alert')
  const words = shown.createElement('p')
  words.textContent = WENT_WRONG
  const dismiss = shown.createElement('button')
  dismiss.type = 'button'
  dismiss.className = 'button small'
  dismiss.textContent = BUTTONS.dismiss
  dismiss.addEventListener('click', () => {
    whole.remove()
  })
  whole.append(words, dismiss)
  return whole
}
