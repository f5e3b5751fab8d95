import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { startJob } from '../jobs.ts'
import type { Log } from '../log.ts'
import { backupFolder } from './backup.ts'
import { timeInName } from './sqlite-file.ts'

const LOOK_EVERY_MS = 10 * 60_000
const DAY_MS = 24 * 60 * 60_000
const WITHIN_MS = 30 * 60_000
const COMMAND = join(import.meta.dirname, '..', '..', 'upkeep', 'backup.ts')

/** Names of the daily backups in `dataDir`, the newest first; those that somebody made by hand are nobody's to delete. */
export function dailyBackups(dataDir: string): string[] {
  const folder = backupFolder(dataDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^daily-\d{8}-\d{6}\.db$/.test(name))
    .sort()
    .reverse()
}

/** Makes today's backup when it is due, then lets the oldest beyond `keep` go. Rejects when none could be made. */
export async function backUpDaily(dataDir: string, keep: number, nowMs: number): Promise<void> {
  const folder = backupFolder(dataDir)
  const [newest] = dailyBackups(dataDir)
  if (newest && nowMs - statSync(join(folder, newest)).mtimeMs < DAY_MS) return
  await runBackup(dataDir, join(folder, `daily-${timeInName(nowMs)}.db`))
  for (const name of dailyBackups(dataDir).slice(keep)) rmSync(join(folder, name))
}

/** In a process of its own, so that copying and checking take no turn from the orders. */
function runBackup(dataDir: string, file: string): Promise<void> {
  const child = spawn(process.execPath, [COMMAND, file], {
    env: { ...process.env, DATA_DIR: dataDir, npm_lifecycle_event: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: WITHIN_MS,
  })
  let why = ''
  child.stderr.on('data', (part: Buffer) => {
    if (why.length < 2000) why += part
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(why.trim() || `the backup ended with ${code}`))
    })
  })
}

/** Backs up once a day from now on, keeping the newest `keep`; answers how to stop. */
export function startDailyBackups(dataDir: string, keep: number, log: Log): () => void {
  if (keep === 0) return () => {}
  return startJob('daily backup', LOOK_EVERY_MS, () => backUpDaily(dataDir, keep, Date.now()), log)
}
