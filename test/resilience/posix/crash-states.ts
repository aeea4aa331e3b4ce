/**
 * What POSIX allows to be found after a crash: any of the names that were not synced done or undone, in any order, and
 * of bytes that were not synced any pages there or not, the others zero or as before.
 */
import type { Random } from '../../support/random'
import {
  copyOfTree,
  digest,
  fingerprint,
  PAGE,
  ROOT,
  settled,
  type Edit,
  type FileNode,
  type FolderNode,
  type Tree,
} from './tree'

/** So many edits of a folder, and pages of a file, are gone through in full; of more, samples are taken. */
const EDITS_IN_FULL = 3
const PAGES_IN_FULL = 4
const SAMPLES = 24

type Names = ReadonlyMap<string, number>

/** At most `most` of them, each once. The first is the one in which nothing happened that was not synced. */
export function crashStates(tree: Tree, random: Random, most: number): readonly Tree[] {
  const states = new Map<string, Tree>()
  const folders = [...tree.nodes].flatMap(([number, node]) =>
    node.kind === 'folder' ? [{ number, choices: namesAfter(node, random) }] : [],
  )
  for (const names of combinations(
    folders.map(({ choices }) => choices),
    most,
    random,
  )) {
    const named = withNames(
      tree,
      folders.map(({ number }, at) => [number, names[at] ?? new Map<string, number>()] as const),
    )
    const dirty = reachable(named).flatMap((number) => {
      const node = named.nodes.get(number)
      return node?.kind === 'file' ? [{ number, choices: bytesAfter(node, random) }] : []
    })
    for (const bytes of combinations(
      dirty.map(({ choices }) => choices),
      most,
      random,
    )) {
      const state = copyOfTree(named)
      for (const [at, { number }] of dirty.entries()) {
        const node = state.nodes.get(number)
        if (node?.kind === 'file') node.current = bytes[at] ?? node.durable
      }
      const after = withoutLostNodes(settled(state))
      states.set(fingerprint(after), after)
      if (states.size >= most * 2) return sampled([...states.values()], most, random)
    }
  }
  return sampled([...states.values()], most, random)
}

/** The names that a folder may be found with. */
export function namesAfter(folder: FolderNode, random: Random): readonly Names[] {
  const { pending, durable } = folder
  const found = new Map<string, Names>()
  const keep = (edits: readonly Edit[]): void => {
    const names = new Map(durable)
    for (const edit of edits) apply(names, edit)
    found.set([...names].sort().join(), names)
  }
  const orders = pending.length <= EDITS_IN_FULL ? inAnyOrder(pending) : sampledOrders(pending, random)
  for (const order of orders) {
    keep(order)
    // Caught between the halves of a rename: there under both names.
    for (const [at, edit] of order.entries()) {
      if (edit.sets.length > 0 && edit.drops.length > 0) keep(order.with(at, { ...edit, drops: [] }))
    }
  }
  return [...found.values()]
}

function apply(names: Map<string, number>, { sets, drops }: Edit): void {
  for (const name of drops) names.delete(name)
  for (const [name, number] of sets) names.set(name, number)
}

/** Every subset in every order. */
function inAnyOrder(edits: readonly Edit[]): Edit[][] {
  return [
    [],
    ...edits.flatMap((first, at) =>
      inAnyOrder(edits.filter((_, other) => other !== at)).map((rest) => [first, ...rest]),
    ),
  ]
}

function sampledOrders(edits: readonly Edit[], random: Random): Edit[][] {
  return [
    [],
    [...edits],
    ...Array.from({ length: SAMPLES }, () =>
      random.shuffled(edits).filter(() => random.next() < random.pick([0.3, 0.6, 0.9])),
    ),
    // In their order, broken off.
    ...edits.map((_, count) => edits.slice(0, count)),
  ]
}

/** The bytes that a file may be found with. */
export function bytesAfter({ durable, current }: FileNode, random: Random): readonly Buffer[] {
  if (durable === current) return [durable]
  const found = new Map<string, Buffer>()
  const keep = (bytes: Buffer): void => void found.set(digest(bytes), bytes)
  keep(durable)
  keep(current)
  keep(Buffer.alloc(0))
  const pages = Math.ceil(current.length / PAGE)
  for (let count = 1; count < pages; count += 1) keep(current.subarray(0, count * PAGE))
  for (const written of subsets(pages, random)) keep(torn(durable, current, written))
  return [...found.values()]
}

/** As long as `current`, with those pages of it that were written. */
function torn(durable: Buffer, current: Buffer, written: readonly number[]): Buffer {
  const bytes = Buffer.alloc(current.length)
  durable.copy(bytes)
  for (const page of written) current.copy(bytes, page * PAGE, page * PAGE, (page + 1) * PAGE)
  return bytes
}

function subsets(count: number, random: Random): number[][] {
  const all = Array.from({ length: count }, (_, page) => page)
  if (count > PAGES_IN_FULL) {
    return [[], ...Array.from({ length: SAMPLES }, () => all.filter(() => random.next() < 0.5))]
  }
  return Array.from({ length: 2 ** count }, (_, bits) => all.filter((page) => ((bits >> page) & 1) === 1))
}

/** One choice of each: all of them, or samples where they would be too many. */
export function* combinations<Choice>(
  choices: readonly (readonly Choice[])[],
  most: number,
  random: Random,
): Generator<readonly Choice[]> {
  const count = choices.reduce((product, { length }) => product * length, 1)
  if (count > most) {
    // What they begin with is the state in which nothing happened.
    yield choices.flatMap(([first]) => (first === undefined ? [] : [first]))
    for (let n = 1; n < most; n += 1) yield choices.map((each) => random.pick(each))
    return
  }
  for (let n = 0; n < count; n += 1) {
    let rest = n
    yield choices.map((each) => {
      const chosen = each[rest % each.length]
      rest = Math.floor(rest / each.length)
      if (chosen === undefined) throw new Error('a choice without a way')
      return chosen
    })
  }
}

function withNames(tree: Tree, folders: readonly (readonly [number, Names])[]): Tree {
  const copy = copyOfTree(tree)
  for (const [number, names] of folders) {
    const node = copy.nodes.get(number)
    if (node?.kind === 'folder') node.current = new Map(names)
  }
  return copy
}

function reachable(tree: Tree): readonly number[] {
  const seen = new Set<number>()
  const visit = (number: number): void => {
    if (seen.has(number)) return
    seen.add(number)
    const node = tree.nodes.get(number)
    if (node?.kind === 'folder') for (const child of node.current.values()) visit(child)
  }
  visit(ROOT)
  return [...seen]
}

/** What no name leads to any more is freed when the machine starts. */
function withoutLostNodes(tree: Tree): Tree {
  const kept = new Set(reachable(tree))
  for (const number of tree.nodes.keys()) if (!kept.has(number)) tree.nodes.delete(number)
  return tree
}

function sampled(states: readonly Tree[], most: number, random: Random): readonly Tree[] {
  const [first, ...others] = states
  if (first === undefined || states.length <= most) return states
  return [first, ...random.shuffled(others).slice(0, most - 1)]
}
