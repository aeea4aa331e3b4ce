/**
 * What a POSIX file system holds, twice over: as programs see it, and as it would be found after the power went. A
 * file's bytes are durable when the file was synced; a name is durable when its folder was. Nothing else is promised.
 */
import { createHash } from 'node:crypto'

/** What a disk writes at once: a file is torn at these places and nowhere else. */
export const PAGE = 4096
export const ROOT = 1

export interface FileNode {
  readonly kind: 'file'
  mode: number
  /** Increases with each write in the whole tree: a substitute for the time of the last one. */
  writtenAt: number
  current: Buffer
  durable: Buffer
  /** A sync of it has failed. What was to be written is gone from the cache, and a later sync reports success over it. */
  isSpoilt: boolean
}

/** What one call changed about a folder's names. A rename does both; a disk may be caught between its two halves. */
export interface Edit {
  readonly sets: readonly (readonly [string, number])[]
  readonly drops: readonly string[]
}

export interface FolderNode {
  readonly kind: 'folder'
  mode: number
  writtenAt: number
  current: Map<string, number>
  durable: Map<string, number>
  /** Not synced yet, the oldest first. */
  pending: Edit[]
}

export type Node = FileNode | FolderNode

export interface Tree {
  readonly nodes: Map<number, Node>
  lastNode: number
  writes: number
}

export function emptyTree(): Tree {
  return { nodes: new Map([[ROOT, folderNode(0)]]), lastNode: ROOT, writes: 0 }
}

export function folderNode(writtenAt: number, mode = 0o700): FolderNode {
  return { kind: 'folder', mode, writtenAt, current: new Map(), durable: new Map(), pending: [] }
}

export function fileNode(writtenAt: number, mode: number): FileNode {
  const nothing = Buffer.alloc(0)
  return { kind: 'file', mode, writtenAt, current: nothing, durable: nothing, isSpoilt: false }
}

/** Bytes are never changed in place, so both trees can share them. */
export function copyOfTree(tree: Tree): Tree {
  return {
    ...tree,
    nodes: new Map(
      Array.from(tree.nodes, ([number, node]) => [
        number,
        node.kind === 'file'
          ? { ...node }
          : {
              ...node,
              current: new Map(node.current),
              durable: new Map(node.durable),
              pending: [...node.pending],
            },
      ]),
    ),
  }
}

/** All that programs see is durable: as after a `sync` of everything, or when a machine has started again. */
export function settled(tree: Tree): Tree {
  const copy = copyOfTree(tree)
  for (const node of copy.nodes.values()) {
    if (node.kind === 'file') {
      node.durable = node.current
      node.isSpoilt = false
    } else {
      node.durable = new Map(node.current)
      node.pending = []
    }
  }
  return copy
}

/** Every file by its path, as programs see it. */
export function* files(tree: Tree, number = ROOT, path = ''): Generator<readonly [string, FileNode]> {
  const node = tree.nodes.get(number)
  if (node?.kind !== 'folder') return
  for (const [name, child] of node.current) {
    const found = tree.nodes.get(child)
    if (found?.kind === 'file') yield [`${path}/${name}`, found]
    else yield* files(tree, child, `${path}/${name}`)
  }
}

/** Drafts have names by chance: two states that differ by these alone are one. */
const BY_CHANCE = /\.tmp-[0-9a-f]+$/u

/** The same for two trees in which programs see the same. */
export function fingerprint(tree: Tree): string {
  const lines = Array.from(
    files(tree),
    ([path, { current }]) => `${path.replace(BY_CHANCE, '.tmp')} ${digest(current)}`,
  )
  return createHash('sha1').update(lines.sort().join('\n')).digest('base64')
}

const digests = new WeakMap<Buffer, string>()

export function digest(bytes: Buffer): string {
  const known = digests.get(bytes) ?? createHash('sha1').update(bytes).digest('base64')
  digests.set(bytes, known)
  return known
}
