import { describe, expect, it } from 'vitest'
import { Emitter } from '../../../../electron/core/base/emitter'
import { MemoryLog } from '../../../support/fakes/memory-log'

interface Numbers {
  readonly first: number
  readonly second: number
}

function anEmitter() {
  const log = new MemoryLog()
  return { log, events: new Emitter<Numbers>(log) }
}

describe('an event', () => {
  it('reaches its listeners in the order in which they were added, before emit returns', () => {
    const { events } = anEmitter()
    const heard: string[] = []
    events.on('first', (number) => heard.push(`one ${String(number)}`))
    events.on('first', (number) => heard.push(`two ${String(number)}`))
    events.on('second', () => heard.push('another event'))
    events.emit('first', 1)
    expect(heard).toEqual(['one 1', 'two 1'])
  })

  it('that a listener emits comes after the one that it listens to, for every listener', () => {
    const { events } = anEmitter()
    const heard: string[] = []
    events.on('first', (number) => {
      heard.push(`one: first ${String(number)}`)
      if (number === 1) events.emit('first', 2)
      if (number === 1) events.emit('second', 3)
    })
    events.on('first', (number) => heard.push(`two: first ${String(number)}`))
    events.on('second', (number) => heard.push(`two: second ${String(number)}`))
    events.emit('first', 1)
    expect(heard).toEqual(['one: first 1', 'two: first 1', 'one: first 2', 'two: first 2', 'two: second 3'])
  })
})

describe('a listener that throws', () => {
  it('stops neither the emitter nor other listeners, and is logged without its words', () => {
    const { events, log } = anEmitter()
    const heard: number[] = []
    events.on('first', () => {
      throw new TypeError('secret words')
    })
    events.on('first', (number) => heard.push(number))
    expect(() => {
      events.emit('first', 1)
      events.emit('first', 2)
    }).not.toThrow()
    expect(heard).toEqual([1, 2])
    const line = { level: 'error', message: 'a listener failed' }
    const fields = { event: 'first', error: 'TypeError', code: null }
    expect(log.lines).toEqual([
      { ...line, fields },
      { ...line, fields },
    ])
  })
})
