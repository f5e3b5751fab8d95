import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const SOURCES = ['client', 'shared', 'public', 'vite.config.ts', 'package.json', 'package-lock.json']

function newestMs(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    stat.mtimeMs,
  )
}

/** Builds the pages when a source is newer than the last build. Throws when the build fails. */
export function buildIfStale(distDir: string): void {
  const stamp = join(distDir, '.built')
  const sourceMs = Math.max(...SOURCES.map((source) => newestMs(join(ROOT, source))))
  if (existsSync(stamp) && statSync(stamp).mtimeMs > sourceMs) return
  process.stdout.write('Building the pages (once, about half a minute) …\n')
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  for (const args of [
    ['build', '--outDir', distDir, '--emptyOutDir'],
    ['build', '--mode', 'staff', '--outDir', join(distDir, 'staff'), '--emptyOutDir'],
  ]) {
    const run = spawnSync(process.execPath, [vite, ...args, '--logLevel', 'warn'], {
      cwd: ROOT,
      stdio: 'inherit',
    })
    if (run.status !== 0) throw new Error('The pages could not be built; the lines above say why.')
  }
  writeFileSync(stamp, new Date().toISOString())
}
