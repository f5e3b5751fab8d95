import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buildIfStale } from '../../../server/platform/build.ts'
import { ROOT, runCommand } from './command.ts'

const MAX_LINES = 300
const PROJECTS = ['shared', 'server', 'client', 'client/sw', 'test']

export async function lint(): Promise<undefined> {
  await runCommand('biome', ['check', '--error-on-warnings', '.'])
}

/** No source file is longer than one can keep in mind. */
export async function checkSizes(): Promise<undefined> {
  const tooLong: string[] = []
  for (const root of ['client', 'server', 'shared']) {
    for (const entry of readdirSync(join(ROOT, root), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:ts|vue|css)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length
      if (lines > MAX_LINES)
        tooLong.push(`${relative(ROOT, path)} has ${lines} lines, more than ${MAX_LINES}.`)
    }
  }
  if (tooLong.length > 0) throw new Error(tooLong.join('\n'))
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
