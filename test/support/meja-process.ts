// The real server as a process of its own, for what only a process can show: kills, memory, sockets.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshFolder, removeFolders } from './folders.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'server', 'main.ts')
const READY_WITHIN_MS = 30_000
/** Where Node keeps what it compiled, for every process of ours: half of what a start costs. */
export const COMPILE_CACHE = join(tmpdir(), 'meja-compile-cache')
const PEPPER = Buffer.alloc(32, 7).toString('base64')

/** Gone with this process, or with the file of tests that made it. */
export function makeFolder(name: string): string {
  return freshFolder(tmpdir(), `meja-${name}-`)
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Pages that count as built and hold nothing: these tests talk to the door, not to the screens. */
export function emptyDist(): string {
  const dist = makeFolder('dist')
  mkdirSync(join(dist, 'staff'))
  writeFileSync(join(dist, 'index.html'), '<div id="app"><!--boot--></div>')
  writeFileSync(join(dist, 'staff', 'staff.html'), '<div id="app"></div>')
  const stamp = join(dist, '.built')
  writeFileSync(stamp, '')
  const later = new Date(Date.now() + 86_400_000)
  utimesSync(stamp, later, later)
  return dist
}

export type MejaOptions = {
  readonly dataDir: string
  readonly distDir: string
  readonly port: number
  readonly databaseUrl?: string
  readonly env?: Readonly<Record<string, string>>
  /** Arguments of Node itself, such as --cpu-prof. */
  readonly nodeArgs?: readonly string[]
}

export type MejaProcess = {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  readonly pid: number
  /** Milliseconds from the start of the process to its "ready". */
  readonly readyMs: number
  /** What it has written so far, both outputs. */
  output(): string
  hasExited(): boolean
  /** The key with which this machine may act as the house. */
  consoleKey(): string
  stop(signal?: NodeJS.Signals): Promise<void>
}

const running = new Set<ChildProcess>()
/** A test or bench that fails half-way leaves neither a server nor a folder behind. */
export function endEverything(): void {
  for (const child of running) child.kill('SIGKILL')
  removeFolders()
}
process.once('exit', endEverything)

let isPrimed = false
// A killed process keeps nothing of what it compiled, so one that ends by itself does it for all.
function primeCompileCache(): void {
  if (isPrimed) return
  isPrimed = true
  const env = { PATH: process.env.PATH, PORT: 'none', NODE_COMPILE_CACHE: COMPILE_CACHE }
  spawnSync(process.execPath, [MAIN], { env, stdio: 'ignore' })
}

function waitUntilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready in time:\n${output()}`)), READY_WITHIN_MS)
    const settle = (use: () => void) => {
      clearTimeout(timer)
      use()
    }
    child.stdout?.on('data', () => {
      if (output().includes('Manager: ')) settle(resolve)
    })
    child.once('exit', (code, signal) => {
      settle(() => reject(new Error(`The server ended (${code ?? signal}):\n${output()}`)))
    })
  })
}

/** Starts server/main.ts on 127.0.0.1 with limits that one machine cannot reach, and waits for "ready". */
export async function startMeja(options: MejaOptions): Promise<MejaProcess> {
  primeCompileCache()
  const startedMs = performance.now()
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), MAIN], {
    cwd: join(MAIN, '..', '..'),
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(options.port),
      DATA_DIR: options.dataDir,
      DIST_DIR: options.distDir,
      LIMIT_SCALE: '100000',
      LOG_LEVEL: 'warn',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      PEPPER,
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  let text = ''
  const collect = (chunk: Buffer) => {
    if (text.length < 200_000) text += chunk
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await waitUntilReady(child, () => text)
  return {
    url: `http://127.0.0.1:${options.port}`,
    port: options.port,
    dataDir: options.dataDir,
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedMs,
    output: () => text,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    consoleKey: () => JSON.parse(readFileSync(join(options.dataDir, 'console.json'), 'utf8')).key,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await exited
    },
  }
}
