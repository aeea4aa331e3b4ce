import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { catchUncaught, Uncaught } from '../../../electron/main/uncaught'
import { kindOf, placeOf } from '../../../electron/shared/uncaught'
import { MemoryLog } from '../../support/fakes/memory-log'

const SECRET = 'eyJhbGciOiJub25lIn0'

/** An error whose text quotes a secret, and imitates positions in files. */
function anError(): Error {
  const error = new TypeError(`${SECRET}\n    at ${SECRET}.js:1:1\n    at x (/elsewhere/${SECRET}.js:2:2)`)
  error.stack = `TypeError: ${error.message}
    at read (node:fs:441:20)
    at Object.<anonymous> (/opt/TokenDesk/resources/app.asar/out/main/composition.js:120:33)
    at async file:///opt/TokenDesk/resources/app.asar/out/main/index.js:7:1`
  return error
}

function watched() {
  const main = new EventEmitter()
  const app = new EventEmitter()
  const uncaught = new Uncaught((file) => ['composition.js', 'index.js'].includes(file))
  catchUncaught(uncaught, { process: main as never, app: app as never })
  const log = new MemoryLog()
  const tell = vi.fn()
  return { main, app, uncaught, log, tell }
}

describe('uncaught errors', () => {
  it.each([
    ['uncaughtException', 'exception'],
    ['unhandledRejection', 'rejection'],
  ])('in main (%s) are logged by kind and position, never by their text, and reported', (event, how) => {
    const { main, uncaught, log, tell } = watched()
    uncaught.attach({ log, tell })
    main.emit(event, anError())
    expect(log.lines.map(({ level, fields }) => ({ level, fields }))).toEqual([
      {
        level: 'error',
        fields: { in: 'main', how, error: 'TypeError', code: null, place: 'composition.js:120:33' },
      },
    ])
    expect(JSON.stringify(log.lines)).not.toContain(SECRET)
    expect(tell).toHaveBeenCalledOnce()
  })

  it('before there is a log waits for it', () => {
    const { main, uncaught, log, tell } = watched()
    main.emit('unhandledRejection', `a ${SECRET} that was thrown`)
    uncaught.attach({ log, tell })
    expect(log.lines).toMatchObject([{ fields: { error: 'string', code: null, place: null } }])
    expect(JSON.stringify(log.lines)).not.toContain(SECRET)
    expect(tell).toHaveBeenCalledOnce()
  })

  it('is reported once, and does not fill the log when it comes in a loop', () => {
    const { main, uncaught, log, tell } = watched()
    uncaught.attach({ log, tell })
    for (let n = 0; n < 500; n += 1) main.emit('uncaughtException', anError())
    expect(tell).toHaveBeenCalledOnce()
    expect(log.lines).toHaveLength(100)
  })

  it('in the page is logged with a place of ours at most', () => {
    const { uncaught, log, tell } = watched()
    uncaught.attach({ log, tell })
    uncaught.inPage({ how: 'render', error: 'TypeError', place: 'index.js:1:2' })
    uncaught.inPage({ how: 'error', error: 'Error', place: `${SECRET}.js:1:2` })
    uncaught.inPage({ how: 'rejection', error: 'string', place: null })
    expect(log.lines.map(({ fields }) => fields)).toEqual([
      { in: 'page', how: 'render', error: 'TypeError', place: 'index.js:1:2' },
      { in: 'page', how: 'error', error: 'Error', place: null },
      { in: 'page', how: 'rejection', error: 'string', place: null },
    ])
    // The page itself has shown it.
    expect(tell).not.toHaveBeenCalled()
  })

  it('and a process of ours that ended: a helper restarts on its own, a page is reported', () => {
    const { app, uncaught, log, tell } = watched()
    uncaught.attach({ log, tell })
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit', exitCode: 0 })
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed', exitCode: 5 })
    expect(tell).not.toHaveBeenCalled()
    app.emit('render-process-gone', {}, {}, { reason: 'oom', exitCode: 9 })
    expect(log.lines.map(({ fields }) => fields)).toEqual([
      { type: 'Utility', reason: 'crashed', exitCode: 5 },
      { type: 'page', reason: 'oom', exitCode: 9 },
    ])
    expect(tell).toHaveBeenCalledOnce()
  })
})

describe('the place of an error', () => {
  it('is the topmost line of its stack in our own files, as pages and main write them', () => {
    const error = new Error('x')
    error.stack = 'Error: x\n    at f (app://tokendesk/assets/index-B0T8QSSG.js:12:345)\n    at a.js:1:1'
    expect(placeOf(error)).toBe('index-B0T8QSSG.js:12:345')
    error.stack = 'Error: x\n    at new Promise (<anonymous>)'
    expect(placeOf(error)).toBeNull()
    expect(placeOf('no error')).toBeNull()
  })

  it('and its kind is a plain word', () => {
    expect(kindOf(new RangeError('x'))).toBe('RangeError')
    expect(kindOf(Object.assign(new Error('x'), { name: `A ${SECRET}` }))).toBe('Error')
    expect(kindOf(undefined)).toBe('undefined')
  })
})
