/** Finds user-facing sentences outside electron/shared/wording, by the syntax trees. */
import { parse as parseComponent } from 'vue/compiler-sfc'
import ts from 'typescript'

export interface Stray {
  readonly line: number
  readonly text: string
}

/** Attributes that no user reads. */
const SILENT_ATTRIBUTES = new Set([
  'class',
  'id',
  'role',
  'type',
  'name',
  'value',
  'tone',
  'style',
  'lang',
  'dir',
  'autocomplete',
  'inputmode',
  'spellcheck',
  'src',
  'href',
  'd',
  'viewBox',
  'fill',
  'stroke',
  'folds',
  'kind',
  'slot',
  'is',
  'as',
  'align',
  'section',
  'page',
])

/** Names of keys, of HTTP, of the product: the same in each language, and no sentences. */
const NAMES = new Set([
  'Alt',
  'AltGraph',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'Backspace',
  'CapsLock',
  'ContextMenu',
  'Control',
  'Dead',
  'Delete',
  'End',
  'Enter',
  'Escape',
  'Home',
  'Meta',
  'OS',
  'PageDown',
  'PageUp',
  'Process',
  'Shift',
  'Space',
  'Tab',
  'TokenDesk',
  'UTC',
  'Ctrl',
  'Esc',
  'F2',
])

interface Node {
  readonly type: number
  readonly loc: { readonly start: { readonly line: number } }
  readonly content?: unknown
  readonly children?: readonly Node[]
  readonly props?: readonly Property[]
  readonly tag?: string
}
interface Property {
  readonly type: number
  readonly name: string
  readonly rawName?: string
  readonly loc: { readonly start: { readonly line: number } }
  readonly value?: { readonly content: string }
  readonly exp?: Expression
  readonly arg?: { readonly content?: string }
}
interface Expression {
  readonly content: string
  readonly loc: { readonly start: { readonly line: number } }
}

const ELEMENT = 1
const TEXT = 2
const INTERPOLATION = 5
const ATTRIBUTE = 6
const WORD = /\p{L}{2}/u

/** In a component: its template's texts and attributes, and its script. */
export function straysInComponent(source: string): Stray[] {
  const { descriptor } = parseComponent(source)
  const strays: Stray[] = []
  const walk = (node: Node): void => {
    const { line } = node.loc.start
    if (
      node.type === TEXT &&
      typeof node.content === 'string' &&
      WORD.test(node.content) &&
      !NAMES.has(node.content.trim())
    ) {
      strays.push({ line, text: node.content.replaceAll(/\s+/gu, ' ').trim() })
    }
    if (node.type === INTERPOLATION) strays.push(...inExpression(node.content as Expression, true))
    for (const property of node.props ?? []) strays.push(...inProperty(property))
    for (const child of node.type === ELEMENT || node.type === 0 ? (node.children ?? []) : []) walk(child)
  }
  const { template, scriptSetup, script } = descriptor
  if (template?.ast !== undefined) walk(template.ast as unknown as Node)
  for (const block of [script, scriptSetup]) {
    if (block === null) continue
    const before = block.loc.start.line - 1
    strays.push(...straysInCode(block.content).map(({ line, text }) => ({ line: line + before, text })))
  }
  return strays
}

function inProperty(property: Property): Stray[] {
  const { line } = property.loc.start
  if (property.type === ATTRIBUTE) {
    const text = property.value?.content ?? ''
    return !SILENT_ATTRIBUTES.has(property.name) && isShown(property.name, text) ? [{ line, text }] : []
  }
  const bound = property.arg?.content ?? ''
  if (property.exp === undefined || (property.name === 'bind' && SILENT_ATTRIBUTES.has(bound))) return []
  if (property.name !== 'bind') return inExpression(property.exp, false)
  return inExpression(property.exp, isLabel(bound))
}

/** The value of an attribute: a label always counts, any other only if it reads as a sentence. */
function isShown(name: string, text: string): boolean {
  return WORD.test(text) && (isLabel(name) || isSentence(text))
}

function isLabel(name: string): boolean {
  return /^(?:aria-(?:label|description|roledescription|valuetext)|title|placeholder|alt|label|help|headline|rest|text|under|words|hint|legend|also|body|detail|message|lead)$/u.test(
    name,
  )
}

function inExpression({ content, loc }: Expression, shown: boolean): Stray[] {
  const before = loc.start.line - 1
  return literalsIn(`(${content})`)
    .filter(
      ({ text, compared, handed }) =>
        !compared && !NAMES.has(text) && (shown && !handed ? WORD.test(text) : isSentence(text)),
    )
    .map(({ line, text }) => ({ line: line + before, text }))
}

/** In TypeScript: literals that read as sentences or labels. */
export function straysInCode(source: string): Stray[] {
  return literalsIn(source)
    .filter(
      ({ text, compared, shown }) =>
        !compared && (isSentence(text) || (shown && WORD.test(text) && !NAMES.has(text))),
    )
    .map(({ line, text }) => ({ line, text }))
}

/** Begins with a capital letter followed by lower case, or has words with spaces between them. */
function isSentence(text: string): boolean {
  if (NAMES.has(text)) return false
  return (
    /^\p{Lu}\p{Ll}+(?:[ .,…:?!]|$)/u.test(text) || /(?:^|\s)[\p{L}’]{2,}[,.:;?!…]? [\p{L}’(]{2,}/u.test(text)
  )
}

interface Literal extends Stray {
  /** It is the value of something shown: `{ label: '…' }`, `textContent = '…'`. */
  readonly shown: boolean
  /** It is an argument of a function, which may use it for anything. */
  readonly handed: boolean
  /** It is an identifier rather than a text: compared with, imported, a type, a key. */
  readonly compared: boolean
}

function literalsIn(source: string): Literal[] {
  const file = ts.createSourceFile('it.ts', source, ts.ScriptTarget.Latest, true)
  const found: Literal[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isExportDeclaration(node)) return
    if (isForEngineers(node)) return
    if (ts.isStringLiteralLike(node)) add(node, node.text)
    if (ts.isTemplateExpression(node)) {
      add(node, [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'))
    }
    ts.forEachChild(node, visit)
  }
  const add = (node: ts.Node, text: string): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
    found.push({
      line,
      text,
      compared: isCompared(node),
      shown: isValueOfShown(node),
      handed: isHanded(node),
    })
  }
  visit(file)
  return found
}

function isCompared(node: ts.Node): boolean {
  const { parent } = node
  return (
    ts.isCaseClause(parent) ||
    (ts.isBinaryExpression(parent) &&
      [
        ts.SyntaxKind.EqualsEqualsEqualsToken,
        ts.SyntaxKind.ExclamationEqualsEqualsToken,
        ts.SyntaxKind.InKeyword,
      ].includes(parent.operatorToken.kind)) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  )
}

/** Through conditions, as in `{ label: isOpen ? 'hide' : 'show' }`. */
function isValueOfShown(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && isValueOfShown(parent)
  return ts.isPropertyAssignment(parent) && parent.initializer === node && isLabel(parent.name.getText())
}

function isHanded(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isBinaryExpression(parent) || ts.isConditionalExpression(parent)) return isHanded(parent)
  return ts.isCallExpression(parent) && parent.expression !== node
}

/** An exception's text goes to a log at most, and a log line isn't part of the window. */
function isForEngineers(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return /(?:Error|Exception|RegExp)$/u.test(node.expression.getText())
  return (
    ts.isCallExpression(node) &&
    /(?:^|\.)(?:log|debug|info|warn|error|querySelector|querySelectorAll|closest|matches|getElementById)$/u.test(
      node.expression.getText(),
    )
  )
}
