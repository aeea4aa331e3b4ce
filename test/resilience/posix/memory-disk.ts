/**
 * A disk in memory, as a POSIX file system behaves: it forgets what was not synced when its power goes, writes less than
 * it was given when space runs out, and refuses as the kernel does. Small: one folder deep is all that a profile needs.
 */
import { constants } from 'node:fs'
import type { Disk, FileFacts } from '../../../electron/main/files/disk'
import { copyOfTree, emptyTree, fileNode, folderNode, PAGE, ROOT, type Node, type Tree } from './tree'

/** What a call changed, told right after it. */
export type Step = 'open' | 'write' | 'sync' | 'rename' | 'unlink' | 'mkdir' | 'sync folder'

interface Handle {
  readonly number: number
  readonly appends: boolean
  at: number
}

export class MemoryDisk implements Disk {
  /** Called after each call that changed something. */
  stepped: (step: Step) => void = () => undefined
  /** How many pages are free; null: no end of them. */
  freePages: number | null = null
  readonly #handles = new Map<number, Handle>()
  #lastHandle = 2

  constructor(public tree: Tree = emptyTree()) {}

  open(path: string, flags: number, mode = 0o666): number {
    const wantsFolder = (flags & constants.O_DIRECTORY) !== 0
    const creates = (flags & constants.O_CREAT) !== 0
    let number = this.#find(path)
    if (number !== null && creates && (flags & constants.O_EXCL) !== 0) throw refusal('EEXIST', path)
    if (number === null) {
      if (!creates) throw refusal('ENOENT', path)
      number = this.#make(fileNode((this.tree.writes += 1), mode))
      this.#edit(path, { sets: [[nameOf(path), number]], drops: [] })
      this.stepped('open')
    }
    const node = this.#node(number)
    if (wantsFolder && node.kind !== 'folder') throw refusal('ENOTDIR', path)
    if (node.kind === 'folder' && (flags & (constants.O_WRONLY | constants.O_RDWR)) !== 0) {
      throw refusal('EISDIR', path)
    }
    if (node.kind === 'file' && (flags & constants.O_TRUNC) !== 0 && node.current.length > 0) {
      this.#resize(node, Buffer.alloc(0))
      this.stepped('open')
    }
    this.#handles.set((this.#lastHandle += 1), {
      number,
      appends: (flags & constants.O_APPEND) !== 0,
      at: 0,
    })
    return this.#lastHandle
  }

  /** How many bytes were taken: fewer than were given when space runs out, as `write(2)`. */
  write(handle: number, bytes: Uint8Array, offset: number, length: number): number {
    const open = this.#handle(handle)
    const node = this.#node(open.number)
    if (node.kind !== 'file') throw refusal('EISDIR', 'write')
    const at = open.appends ? node.current.length : open.at
    const room = this.#roomFrom(node.current.length, at)
    const count = Math.min(length, room)
    if (count <= 0 && length > 0) throw refusal('ENOSPC', 'write')
    const grown = Buffer.alloc(Math.max(node.current.length, at + count))
    node.current.copy(grown)
    grown.set(bytes.subarray(offset, offset + count), at)
    this.#resize(node, grown)
    open.at = at + count
    node.writtenAt = this.tree.writes += 1
    this.stepped('write')
    return count
  }

  read(handle: number, into: Uint8Array, offset: number, length: number, position: number): number {
    const node = this.#node(this.#handle(handle).number)
    if (node.kind !== 'file') throw refusal('EISDIR', 'read')
    const part = node.current.subarray(position, position + length)
    into.set(part, offset)
    return part.length
  }

  fsync(handle: number): void {
    const node = this.#node(this.#handle(handle).number)
    if (node.kind === 'folder') throw refusal('EINVAL', 'fsync')
    if (!node.isSpoilt) node.durable = node.current
    this.stepped('sync')
  }

  syncFolder(path: string): void {
    const folder = this.#folder(path)
    folder.durable = new Map(folder.current)
    folder.pending = []
    this.stepped('sync folder')
  }

  /** A failed sync: how much of it is on the disk is unknown, and it isn't retried. */
  spoil(handle: number): void {
    const node = this.#node(this.#handle(handle).number)
    if (node.kind === 'file') node.isSpoilt = true
  }

  ftruncate(handle: number, size: number): void {
    const node = this.#node(this.#handle(handle).number)
    if (node.kind !== 'file') throw refusal('EINVAL', 'ftruncate')
    const cut = Buffer.alloc(size)
    node.current.copy(cut)
    this.#resize(node, cut)
    this.stepped('write')
  }

  fstat(handle: number): FileFacts {
    return factsOf(this.#node(this.#handle(handle).number))
  }

  fchmod(handle: number, mode: number): void {
    this.#node(this.#handle(handle).number).mode = mode
  }

  chmod(path: string, mode: number): void {
    this.#node(this.#get(path)).mode = mode
  }

  close(handle: number): void {
    const { number } = this.#handle(handle)
    this.#handles.delete(handle)
    this.#freeIfGone(number)
  }

  rename(from: string, to: string): void {
    const number = this.#get(from)
    const replaced = this.#find(to)
    if (parentOf(from) !== parentOf(to)) throw refusal('EXDEV', from)
    if (replaced !== null && this.#node(replaced).kind !== this.#node(number).kind) {
      throw refusal(this.#node(replaced).kind === 'folder' ? 'EISDIR' : 'ENOTDIR', to)
    }
    this.#edit(from, { sets: [[nameOf(to), number]], drops: [nameOf(from)] })
    if (replaced !== null && replaced !== number) this.#freeIfGone(replaced)
    this.stepped('rename')
  }

  unlink(path: string): void {
    const number = this.#get(path)
    if (this.#node(number).kind === 'folder') throw refusal('EISDIR', path)
    this.#edit(path, { sets: [], drops: [nameOf(path)] })
    this.#freeIfGone(number)
    this.stepped('unlink')
  }

  rmdir(path: string): void {
    const node = this.#node(this.#get(path))
    if (node.kind === 'file') throw refusal('ENOTDIR', path)
    if (node.current.size > 0) throw refusal('ENOTEMPTY', path)
    this.#edit(path, { sets: [], drops: [nameOf(path)] })
    this.stepped('unlink')
  }

  mkdir(path: string, mode: number): void {
    if (this.#find(path) !== null) throw refusal('EEXIST', path)
    const number = this.#make(folderNode((this.tree.writes += 1), mode))
    this.#edit(path, { sets: [[nameOf(path), number]], drops: [] })
    this.stepped('mkdir')
  }

  /** Undefined when nothing is there. */
  lstat(path: string): FileFacts | undefined {
    const number = this.#find(path)
    return number === null ? undefined : factsOf(this.#node(number))
  }

  stat(path: string): FileFacts | undefined {
    return this.lstat(path)
  }

  readdir(path: string): string[] {
    const node = this.#node(this.#get(path))
    if (node.kind === 'file') throw refusal('ENOTDIR', path)
    return [...node.current.keys()]
  }

  /** As it is this moment, for whoever wants to know what a crash would leave. */
  snapshot(): Tree {
    return copyOfTree(this.tree)
  }

  #roomFrom(size: number, at: number): number {
    if (this.freePages === null) return Number.POSITIVE_INFINITY
    return (pagesIn(size) + this.freePages) * PAGE - at
  }

  #resize(node: Node & { kind: 'file' }, bytes: Buffer): void {
    if (this.freePages !== null) this.freePages -= pagesIn(bytes.length) - pagesIn(node.current.length)
    node.current = bytes
  }

  /** A file without a name frees its pages once it is closed everywhere. */
  #freeIfGone(number: number): void {
    const node = this.tree.nodes.get(number)
    if (node?.kind !== 'file' || this.#links(number) > 0) return
    if ([...this.#handles.values()].some((each) => each.number === number)) return
    if (this.freePages !== null) this.freePages += pagesIn(node.current.length)
  }

  #links(number: number): number {
    let links = 0
    for (const node of this.tree.nodes.values()) {
      if (node.kind === 'folder') for (const each of node.current.values()) links += Number(each === number)
    }
    return links
  }

  #make(node: Node): number {
    this.tree.nodes.set((this.tree.lastNode += 1), node)
    return this.tree.lastNode
  }

  #edit(path: string, edit: { sets: [string, number][]; drops: string[] }): void {
    const folder = this.#folder(parentOf(path))
    for (const name of edit.drops) folder.current.delete(name)
    for (const [name, number] of edit.sets) folder.current.set(name, number)
    folder.pending.push(edit)
  }

  #handle(handle: number): Handle {
    const open = this.#handles.get(handle)
    if (open === undefined) throw refusal('EBADF', String(handle))
    return open
  }

  #folder(path: string): Node & { kind: 'folder' } {
    const node = this.#node(this.#get(path))
    if (node.kind === 'file') throw refusal('ENOTDIR', path)
    return node
  }

  #get(path: string): number {
    const number = this.#find(path)
    if (number === null) throw refusal('ENOENT', path)
    return number
  }

  #find(path: string): number | null {
    let number = ROOT
    for (const name of path.split('/').filter((each) => each !== '')) {
      const node = this.tree.nodes.get(number)
      const child = node?.kind === 'folder' ? node.current.get(name) : undefined
      if (child === undefined) return null
      number = child
    }
    return number
  }

  #node(number: number): Node {
    const node = this.tree.nodes.get(number)
    if (node === undefined) throw refusal('EBADF', String(number))
    return node
  }
}

/** An error as Node makes it of the kernel's. */
export function refusal(code: string, what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code })
}

function factsOf(node: Node): FileFacts {
  return {
    size: node.kind === 'file' ? node.current.length : PAGE,
    mode: node.mode | (node.kind === 'file' ? constants.S_IFREG : constants.S_IFDIR),
    mtimeMs: node.writtenAt,
    uid: process.getuid?.() ?? 0,
    isFile: () => node.kind === 'file',
    isDirectory: () => node.kind === 'folder',
    isSymbolicLink: () => false,
  }
}

function pagesIn(size: number): number {
  return Math.ceil(size / PAGE)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
