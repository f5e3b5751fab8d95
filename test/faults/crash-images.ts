// From a trace of what a process wrote and synced, the states in which a power cut may leave the disk:
// what was synced is there; of what was not, each write is kept whole, torn at sectors, or lost.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

const SECTOR = 512

type Write = { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
type Truncate = { readonly kind: 'truncate'; readonly file: string; readonly length: number }
type Operation =
  | Write
  | Truncate
  | { readonly kind: 'sync' | 'unlink'; readonly file: string }
  | { readonly kind: 'acknowledge'; readonly orderId: string }

export type CrashImage = {
  /** Bytes of each file that starts with the database's name. */
  readonly files: ReadonlyMap<string, Buffer>
  /** The orders that had been acknowledged by then. */
  readonly acknowledged: readonly string[]
}

const fromHex = (text: string) => Buffer.from(text.replaceAll('\\x', ''), 'hex')
const nameOf = (hexPath: string) => basename(fromHex(hexPath).toString())

/** What `strace -xx -e trace=openat,close,pwrite64,write,fsync,fdatasync,ftruncate,unlink` saw of these files. */
export function readTrace(path: string, database: string, acknowledgements: string): Operation[] {
  const open = new Map<string, string>()
  const operations: Operation[] = []
  const isOurs = (file: string | undefined): file is string => file?.startsWith(database) === true
  const patterns: readonly (readonly [RegExp, (match: RegExpMatchArray) => void])[] = [
    [/^openat\([^,]+, "([^"]+)".*= (\d+)$/, (m) => open.set(m[2] ?? '', nameOf(m[1] ?? ''))],
    [/^close\((\d+)\)/, (m) => open.delete(m[1] ?? '')],
    [
      /^pwrite64\((\d+), "([^"]*)", \d+, (\d+)\)/,
      (m) => {
        const file = open.get(m[1] ?? '')
        if (isOurs(file))
          operations.push({ kind: 'write', file, at: Number(m[3]), bytes: fromHex(m[2] ?? '') })
      },
    ],
    [
      /^f(?:data)?sync\((\d+)\)\s+= 0/,
      (m) => {
        const file = open.get(m[1] ?? '')
        if (isOurs(file)) operations.push({ kind: 'sync', file })
      },
    ],
    [
      /^ftruncate\((\d+), (\d+)\)/,
      (m) => {
        const file = open.get(m[1] ?? '')
        if (isOurs(file)) operations.push({ kind: 'truncate', file, length: Number(m[2]) })
      },
    ],
    [
      /^unlink\("([^"]+)"\)\s+= 0/,
      (m) => {
        const file = nameOf(m[1] ?? '')
        if (isOurs(file)) operations.push({ kind: 'unlink', file })
      },
    ],
    [
      /^write\((\d+), "([^"]*)"/,
      (m) => {
        if (open.get(m[1] ?? '') !== acknowledgements) return
        operations.push({
          kind: 'acknowledge',
          orderId: fromHex(m[2] ?? '')
            .toString()
            .trim(),
        })
      },
    ],
  ]
  for (const line of readFileSync(path, 'latin1').split('\n')) {
    for (const [pattern, use] of patterns) {
      const match = line.match(pattern)
      if (match) {
        use(match)
        break
      }
    }
  }
  return operations
}

/** A file's bytes, with room to grow: traces hold thousands of writes. */
class FileBytes {
  private room: Buffer
  private length: number

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.room = Buffer.alloc(Math.max(65_536, bytes.length * 2))
    this.room.set(bytes)
    this.length = bytes.length
  }

  bytes(): Buffer {
    return this.room.subarray(0, this.length)
  }

  put(at: number, bytes: Buffer): void {
    const end = at + bytes.length
    if (end > this.room.length) {
      const wider = Buffer.alloc(end * 2)
      wider.set(this.bytes())
      this.room = wider
    }
    this.room.set(bytes, at)
    this.length = Math.max(this.length, end)
  }

  truncate(length: number): void {
    if (length < this.length) this.room.fill(0, length, this.length)
    this.length = Math.min(this.length, length)
  }
}

type Files = Map<string, FileBytes>

function fileOf(files: Files, name: string): FileBytes {
  const known = files.get(name)
  if (known) return known
  const made = new FileBytes()
  files.set(name, made)
  return made
}

function applyWhole(files: Files, operation: Write | Truncate): void {
  const file = fileOf(files, operation.file)
  if (operation.kind === 'truncate') file.truncate(operation.length)
  else file.put(operation.at, operation.bytes)
}

function applyPerhaps(files: Files, operation: Write | Truncate, random: () => number): void {
  const chance = random()
  if (chance < (operation.kind === 'truncate' ? 0.5 : 0.35)) applyWhole(files, operation)
  else if (operation.kind === 'write' && chance < 0.6) {
    for (let from = 0; from < operation.bytes.length; from += SECTOR) {
      if (random() < 0.5) continue
      const bytes = operation.bytes.subarray(from, from + SECTOR)
      applyWhole(files, { ...operation, at: operation.at + from, bytes })
    }
  }
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** About `count` images at random points after the first acknowledgement; the shared-memory file is lost in all. */
export function* crashImages(
  operations: readonly Operation[],
  count: number,
  seed: number,
): Generator<CrashImage> {
  const random = randomFrom(seed)
  const first = operations.findIndex((operation) => operation.kind === 'acknowledge')
  const share = count / (operations.length - first)
  const synced: Files = new Map()
  const acknowledged: string[] = []
  let pending: (Write | Truncate)[] = []
  for (const [index, operation] of operations.entries()) {
    if (index >= first && random() < share) {
      const files: Files = new Map()
      for (const [name, file] of synced) files.set(name, new FileBytes(file.bytes()))
      for (const each of pending) applyPerhaps(files, each, random)
      const kept = [...files].filter(([name]) => !name.endsWith('-shm'))
      yield {
        files: new Map(kept.map(([name, file]) => [name, file.bytes()])),
        acknowledged: [...acknowledged],
      }
    }
    if (operation.kind === 'acknowledge') acknowledged.push(operation.orderId)
    else if (operation.kind === 'write' || operation.kind === 'truncate') pending.push(operation)
    else {
      if (operation.kind === 'unlink') synced.delete(operation.file)
      else for (const each of pending) if (each.file === operation.file) applyWhole(synced, each)
      pending = pending.filter((each) => each.file !== operation.file)
    }
  }
}
