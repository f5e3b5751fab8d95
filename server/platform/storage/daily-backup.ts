import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
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

/** Another machine's clock, or this one's after a correction, may be so far from ours. */
const CLOCK_SLACK_MS = 5 * 60_000

/**
 * The daily backups by when their names say that they were made, the newest first. One that was made while the
 * clock stood ahead says nothing about how old it is, and is told apart.
 */
export function datedBackups(dataDir: string, nowMs: number) {
  const made = dailyBackups(dataDir).map((name) => ({ name, atMs: timeOfName(name) }))
  const isAhead = ({ atMs }: { atMs: number }) => atMs > nowMs + CLOCK_SLACK_MS
  return { past: made.filter((each) => !isAhead(each)), ahead: made.filter(isAhead) }
}

/** A file's own time is that of its last copy; a name that is no time counts as long ago. */
function timeOfName(name: string): number {
  const digits = name.replaceAll(/\D/g, '')
  const iso = digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z')
  return Date.parse(iso) || 0
}

/**
 * Makes today's backup when it is due, then lets the oldest beyond `keep` go, those made while the clock stood
 * ahead before all others. Rejects when none could be made.
 */
export async function backUpDaily(dataDir: string, keep: number, nowMs: number): Promise<void> {
  const folder = backupFolder(dataDir)
  const [newest] = datedBackups(dataDir, nowMs).past
  if (newest && nowMs - newest.atMs < DAY_MS) return
  sweepParts(folder)
  await runBackup(dataDir, join(folder, `daily-${timeInName(nowMs)}.db`))
  const { past, ahead } = datedBackups(dataDir, nowMs)
  for (const { name } of [...past, ...ahead].slice(keep)) rmSync(join(folder, name))
}

/** What a backup that was killed left half written; nobody else makes daily ones here. */
function sweepParts(folder: string): void {
  if (!existsSync(folder)) return
  const parts = readdirSync(folder).filter((name) => /^daily-\d{8}-\d{6}\.db\.part/.test(name))
  for (const name of parts) rmSync(join(folder, name), { force: true })
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
