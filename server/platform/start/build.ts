import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ConfigError } from '../config.ts'
import { writeSmallCopies } from '../http/small-copies.ts'
import { makeFolder } from '../storage/make-folder.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const SOURCES = ['client', 'shared', 'public', 'vite.config.ts', 'package.json', 'package-lock.json']

/** Its time says when the build began, and its lines what the build wrote. */
const STAMP = '.built'
/** Folder of a build that holds the hashed files of the builds before it, under the paths that they had. */
export const EARLIER = 'earlier'
/** For so long after it was replaced a hashed file is still answered. */
export const EARLIER_KEEPS_MS = 7 * 86_400_000
/** What was replaced longest ago goes first when all of it together is larger. */
const EARLIER_MAX_BYTES = 64 * 1024 * 1024
const ABANDONED_MS = 60 * 60_000

function newestMs(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    stat.mtimeMs,
  )
}

/** Paths of all files below the folder, with `/` between their parts; `counts` says what else is one. */
export function filesBelow(folder: string, counts = (entry: Dirent) => entry.isFile()): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const below = entry.isDirectory() ? filesBelow(join(folder, entry.name), counts) : []
    return [...(counts(entry) ? [entry.name] : []), ...below.map((path) => `${entry.name}/${path}`)]
  })
}

/** True for a file whose name says its content, so that it may be kept for ever. */
export function isHashed(path: string): boolean {
  return /(?:^|\/)assets\//.test(path)
}

/**
 * A phone that holds yesterday's page asks for yesterday's file names. They are carried from build to
 * build, apart from the new ones; a file's time says since when it is not part of the pages any more.
 */
function carryOver(before: string, next: string, nowMs: number): void {
  const replaced = filesBelow(before)
    .filter(isHashed)
    .map((path) => {
      const { mtimeMs, size } = statSync(join(before, path))
      const isEarlier = path.startsWith(`${EARLIER}/`)
      const name = isEarlier ? path.slice(EARLIER.length + 1) : path
      return { path, name, size, atMs: isEarlier ? mtimeMs : nowMs }
    })
    .filter(({ name, atMs }) => nowMs - atMs < EARLIER_KEEPS_MS && !existsSync(join(next, name)))
    .sort((one, other) => other.atMs - one.atMs)
  let bytes = 0
  for (const { path, name, size, atMs } of replaced) {
    bytes += size
    if (bytes > EARLIER_MAX_BYTES) return
    const to = join(next, EARLIER, name)
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(join(before, path), to)
    utimesSync(to, atMs / 1000, atMs / 1000)
  }
}

/** What builds wrote before they listed it: then the note is a date alone. */
const UNLISTED =
  /^(?:earlier\/)?(?:staff\/)?(?:assets\/[^/]+|(?:index|staff)\.html|(?:sw|sw-tombstone|retry)\.js|robots\.txt)$/

/** What systems leave in folders that somebody looks into. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/** Throws when there is anything that no build wrote: it would be gone with the folder. */
function refuseForeign(distDir: string): void {
  const stamp = join(distDir, STAMP)
  const [, ...listed] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split('\n') : []
  const own = new Set([STAMP, ...listed])
  const isOwn = (path: string) => own.has(path) || (listed.length === 0 && UNLISTED.test(path))
  const foreign = filesBelow(distDir, (entry) => !entry.isDirectory() && !LITTER.has(entry.name)).find(
    (path) => !isOwn(path),
  )
  if (foreign === undefined) return
  throw new ConfigError(
    `DIST_DIR: no build wrote "${join(distDir, foreign)}", and one would replace it. Move it away, or give another folder.`,
  )
}

/** A rename where the file system can; layers of a container cannot, and get a copy. */
function moveFolder(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    cpSync(from, to, { recursive: true, preserveTimestamps: true })
    rmSync(from, { recursive: true })
  }
}

/** Puts back what a build that was killed between its two renames had taken away, and clears up behind it. */
function clearAbandoned(parent: string, scratchName: string, distDir: string, nowMs: number): void {
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent).filter((each) => each.startsWith(scratchName))) {
    const old = join(parent, name, 'old', basename(distDir))
    if (!existsSync(distDir) && existsSync(old)) moveFolder(old, distDir)
    if (nowMs - statSync(join(parent, name)).mtimeMs > ABANDONED_MS) {
      rmSync(join(parent, name), { recursive: true, force: true })
    }
  }
}

/**
 * Lets `make` fill a fresh folder and puts it in the place of `distDir` with the hashed files that it
 * replaces, in two renames. A build that fails leaves `distDir` as it was. It takes the place of what a
 * build wrote alone, which is listed in its note. A server that runs goes on
 * with the pages that it read when it started.
 */
export function replaceBuild(distDir: string, make: (folder: string) => void, nowMs: number): void {
  const parent = dirname(distDir)
  const scratchName = `.${basename(distDir)}-build-`
  clearAbandoned(parent, scratchName, distDir, nowMs)
  refuseForeign(distDir)
  const scratch = join(parent, `${scratchName}${process.pid}`)
  const next = join(scratch, 'new', basename(distDir))
  const old = join(scratch, 'old', basename(distDir))
  try {
    makeFolder(next)
    makeFolder(dirname(old))
  } catch {
    throw new ConfigError(
      `DIST_DIR: cannot write beside "${distDir}". Give a folder that this user may write to.`,
    )
  }
  try {
    make(next)
    carryOver(distDir, next, nowMs)
    const stamp = join(next, STAMP)
    writeFileSync(stamp, [new Date(nowMs).toISOString(), ...filesBelow(next)].join('\n'))
    // The time at which it began: a source that was saved meanwhile makes it stale again.
    utimesSync(stamp, nowMs / 1000, nowMs / 1000)
    refuseForeign(distDir)
    if (existsSync(distDir)) moveFolder(distDir, old)
    moveFolder(next, distDir)
  } finally {
    if (!existsSync(distDir) && existsSync(old)) moveFolder(old, distDir)
    rmSync(scratch, { recursive: true, force: true })
  }
}

function runVite(folder: string): void {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  for (const args of [
    ['build', '--outDir', folder, '--emptyOutDir'],
    ['build', '--mode', 'staff', '--outDir', join(folder, 'staff'), '--emptyOutDir'],
  ]) {
    const run = spawnSync(process.execPath, [vite, ...args, '--logLevel', 'warn'], {
      cwd: ROOT,
      stdio: 'inherit',
    })
    if (run.status !== 0) throw new Error('The pages could not be built; the lines above say why.')
  }
  // Only of files whose name changes with their content: no copy can be older than its file.
  writeSmallCopies(folder, [...filesBelow(folder)].filter(isHashed))
}

/** Builds the pages of both apps. Throws when the build fails, and nothing has changed then. */
export function buildPages(distDir: string): void {
  replaceBuild(distDir, runVite, Date.now())
}

/** Builds the pages when a source is newer than the last build. Throws when the build fails. */
export function buildIfStale(distDir: string): void {
  const stamp = join(distDir, STAMP)
  const sourceMs = Math.max(...SOURCES.map((source) => newestMs(join(ROOT, source))))
  if (existsSync(stamp) && statSync(stamp).mtimeMs > sourceMs) return
  const make = (folder: string) => {
    process.stdout.write('Building the pages (once, about half a minute) …\n')
    runVite(folder)
  }
  replaceBuild(distDir, make, Date.now())
}
