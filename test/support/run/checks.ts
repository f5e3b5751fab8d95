import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buildIfStale } from '../../../server/platform/start/build.ts'
import { ROOT, runCommand } from './command.ts'

/** Of a source file, a component, a file of tests. */
const MAX_LINES = { source: 300, component: 200, test: 420 }
const MAX_FILES = 12
/** Peers that nobody would look for one level deeper; README's decisions name the same. */
const WIDE_FOLDERS = new Set([
  ...['client/board/ticket', 'client/pages/customer', 'client/payment/bill', 'client/sync'],
  ...['server/menu', 'server/migrations', 'test/e2e', 'test/faults', 'test/support'],
])
const PROJECTS = ['shared', 'server', 'client', 'client/sw', 'test']

export async function lint(): Promise<undefined> {
  await runCommand('biome', ['check', '--error-on-warnings', '.'])
}

/** No file is longer, and no folder wider, than one can keep in mind. */
export async function checkSizes(): Promise<undefined> {
  const tooLarge: string[] = []
  const filesIn = new Map<string, number>()
  for (const root of ['client', 'server', 'shared', 'test']) {
    for (const entry of readdirSync(join(ROOT, root), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const folder = relative(ROOT, entry.parentPath)
      filesIn.set(folder, (filesIn.get(folder) ?? 0) + 1)
      if (!/\.(?:ts|vue|css)$/.test(entry.name)) continue
      const path = join(folder, entry.name)
      const lines = readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n').length
      const most = mostLinesOf(path)
      if (lines > most) tooLarge.push(`${path} has ${lines} lines, more than ${most}.`)
    }
  }
  for (const [folder, files] of filesIn) {
    const isWide = WIDE_FOLDERS.has(folder)
    if (files > MAX_FILES && !isWide) tooLarge.push(`${folder} holds ${files} files, more than ${MAX_FILES}.`)
    if (files <= MAX_FILES && isWide) tooLarge.push(`${folder} is named as wide, and holds ${files} files.`)
  }
  if (tooLarge.length > 0) throw new Error(tooLarge.join('\n'))
}

function mostLinesOf(path: string): number {
  if (path.startsWith('test')) return MAX_LINES.test
  return path.endsWith('.vue') ? MAX_LINES.component : MAX_LINES.source
}

/** Each root with its own tsconfig: `shared` without DOM and Node, the worker without either. */
export async function checkTypes(): Promise<undefined> {
  const waiting = [...PROJECTS]
  const lane = async () => {
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      await runCommand('vue-tsc', ['--noEmit', '-p', project], { isQuiet: true })
    }
  }
  const lanes = await Promise.allSettled([lane(), lane()])
  const failed = lanes.filter((each) => each.status === 'rejected')
  if (failed.length > 0) throw new Error(failed.map((each) => String(each.reason)).join('\n'))
}

export async function readRules(): Promise<undefined> {
  await runCommand('depcruise', ['--config', '.dependency-cruiser.cjs', 'client', 'server', 'shared', 'test'])
}

/** Builds what the browser is given, unless nothing changed since it was last built. */
export async function buildPages(): Promise<undefined> {
  buildIfStale(join(ROOT, 'dist'))
}
