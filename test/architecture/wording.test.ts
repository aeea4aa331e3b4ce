/** What a user reads is said in electron/shared/wording alone; here the syntax trees of all other code are searched. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { straysInCode, straysInComponent } from '../support/stray-words'

const ROOT = resolve(import.meta.dirname, '../..')
const WORDING = 'electron/shared/wording'

/** Literals that read like a sentence but are not shown, or are not language: where, and why. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  'electron/core/app/diagnostics.ts': 'a report for engineers, in the words of the code',
  'electron/core/base/error-facts.ts': 'the name of a JavaScript class',
  'electron/core/session/auth-response.ts': 'a status that Chromium’s proxy code stands for',
  'electron/core/session/http-date.ts': 'months as HTTP writes them',
  'electron/core/session/renewals.ts': 'the reason of an abort, which nobody reads',
  'electron/core/transfer/json-cursor.ts': 'an exception’s own text, caught beside it',
  'electron/shared/gateway-formats.ts': 'what shells and API clients read',
  'electron/gateway': 'names and values of HTTP headers; what tools read is in wording/gateway.ts',
  'electron/main/adapters/bus-notifier.ts': 'names of D-Bus methods',
  'electron/main/adapters/gateway-process.ts': 'the process’s name in the system’s list',
  'electron/main/adapters/http-auth-api.ts': 'details for the log',
  'electron/main/adapters/http-update-feed.ts': 'details for the log',
  'electron/main/adapters/desktop-support.ts': 'a D-Bus method',
  'electron/main/adapters/system-clipboard.ts': 'a format’s name',
  'electron/main/platform/keyring-service.ts': 'names of D-Bus methods and properties',
  'electron/main/platform/net-error.ts': 'details for the log',
  'electron/main/platform/screen-lock.ts': 'names of D-Bus signals',
  'electron/main/platform/session-bus.ts': 'a D-Bus method, and a detail for the log',
  'electron/main/uncaught.ts': 'lines of the log',
  'electron/shared/copy-format.ts': 'commands for a shell',
  'electron/shared/uncaught.ts': 'the name of a JavaScript class',
  'src/app/uncaught.ts': 'a browser’s message, and classes of CSS',
  'src/base/app-context.ts': 'a symbol’s name',
  'src/features/palette/use-view-commands.ts': 'keys of a list',
  'src/features/quick-pick/shortcut-of.ts': 'keys as Electron’s accelerators name them',
  'src/ui/dialog/open-dialogs.ts': 'a symbol’s name',
}

function filesOf(floor: string): string[] {
  return readdirSync(join(ROOT, floor), { recursive: true, encoding: 'utf8' })
    .map((file) => `${floor}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(?:ts|vue)$/u.test(file) && !file.startsWith(WORDING))
}

function straysOf(file: string): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8')
  const strays = file.endsWith('.vue') ? straysInComponent(source) : straysInCode(source)
  return strays.map(({ line, text }) => `${file}:${String(line)} ${text}`)
}

function mayHold(file: string): boolean {
  return Object.keys(NOT_SHOWN).some((known) => file === known || file.startsWith(`${known}/`))
}

describe('each sentence that a user reads', () => {
  it.each(['src', 'electron'])('stands in the wording, none in %s', (floor) => {
    expect(
      filesOf(floor)
        .filter((file) => !mayHold(file))
        .flatMap(straysOf),
    ).toEqual([])
  })

  it('has no exception for code that needs none', () => {
    const files = ['src', 'electron'].flatMap(filesOf)
    const needless = Object.keys(NOT_SHOWN).filter(
      (known) => !files.some((file) => file.startsWith(known) && straysOf(file).length > 0),
    )
    expect(needless).toEqual([])
  })
})

describe('planted in a component', () => {
  it.each([
    ['a text', '<p>Nothing to see</p>'],
    ['one word', '<th>Name</th>'],
    ['a text after a value', '<p>{{ count }} accounts</p>'],
    ['a literal in a value', "<p>{{ open ? 'Hide' : 'Show' }}</p>"],
    ['a label', '<button aria-label="Close" />'],
    ['a small label', '<input placeholder="name" />'],
    ['a title', '<button title="Close (Esc)" />'],
    ['a component’s property', '<ListState heading="Nothing found" />'],
    ['a bound label', '<button :aria-label="`Remove ${name}`" />'],
    ['what a click says', '<button @click="say(\'All is well\')" />'],
  ])('%s is found', (_, planted) => {
    expect(straysInComponent(`<template>\n  ${planted}\n</template>\n`)).not.toEqual([])
  })

  it('in its script it is found, on its line', () => {
    const source = `<script setup lang="ts">\nconst options = [{ value: 'a', label: 'none' }]\n</script>\n\n<template><p /></template>\n`
    expect(straysInComponent(source)).toEqual([{ line: 2, text: 'none' }])
  })

  it.each([
    ['what is styled', '<p class="Card wide" />'],
    ['a value', "<p>{{ kind === 'live' ? words : '' }}</p>"],
    ['a name from the wording', '<p :title="BUTTONS.close">{{ BUTTONS.close }}</p>'],
    ['a comment', '<!-- Always there, so that it is read out. -->'],
  ])('%s is none', (_, fine) => {
    expect(straysInComponent(`<template>\n  ${fine}\n</template>\n`)).toEqual([])
  })
})

describe('planted in code', () => {
  it.each([
    ['a message', "messages.say('Diagnostics copied')"],
    ['a template', 'say(`JWT of ${name} copied`)'],
    ['a word in a message’s field', "dialog.show({ title: 'Oops' })"],
    ['a property with a label', "const command = { label: open ? 'hide' : 'show' }"],
  ])('%s is found', (_, planted) => {
    expect(straysInCode(planted)).not.toEqual([])
  })

  it.each([
    ['an exception', "throw new Error('no such account')"],
    ['an import', "import { it } from './Some file here'"],
    ['a key of the keyboard', "const isDone = event.key === 'Enter' || event.key === 'Escape'"],
    ['a code', "const problem = { code: 'key-refused' }"],
  ])('%s is none', (_, fine) => {
    expect(straysInCode(fine)).toEqual([])
  })
})
