import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import sql, { raw } from 'sql-template-tag'
import { systemClock } from '../platform/clock.ts'
import { type Config, ConfigError } from '../platform/config.ts'
import type { Database, Reader } from '../platform/database/database.ts'
import { type AppliedMigration, migrationTrouble, readMigrations } from '../platform/database/migrate.ts'
import { MOST_APART_MS, readClocksApartMs } from '../platform/database/postgres/postgres-clock.ts'
import { checkPepper, openSecrets } from '../platform/secrets.ts'
import { backupFolder } from '../platform/storage/backup.ts'
import { datedBackups } from '../platform/storage/daily-backup.ts'
import { diskTrouble } from '../platform/storage/disk.ts'
import { openFiles } from '../platform/storage/private-files.ts'
import { foreignSchema } from '../platform/storage/schema.ts'
import { bytesOf, databaseFile, fileTrouble, inMegabytes } from '../platform/storage/sqlite-file.ts'
import { type Check, type Finding, sound, wrong } from './check.ts'

const DAY_MS = 86_400_000
const TOO_LONG_BYTES = 128 * 1024 * 1024
const CLOCK_SLACK_MS = 5 * 60_000
/** Before this program was written: a machine without a clock battery starts there. */
const OLDEST_MS = Date.parse('2025-01-01T00:00:00Z')

/** What only the file of SQLite can be asked. */
export function sqliteChecks(connection: BetterSqlite3.Database, config: Config): Check[] {
  return [
    {
      name: 'database file',
      run: async () => {
        const trouble = fileTrouble(connection)
        return trouble
          ? wrong(
              trouble,
              'stop the server and put back the newest backup: npm run restore -- FILE --replace',
            )
          : sound('every page and every reference is whole')
      },
    },
    {
      name: 'schema',
      run: async () => {
        const trouble = await foreignSchema(connection)
        return trouble
          ? wrong(
              trouble,
              'stop the server and put back a backup from before it: npm run restore -- FILE --replace; ask who changed the file',
            )
          : sound('tables, indexes and triggers are what the migrations make, and nothing else')
      },
    },
    {
      name: 'who may read it',
      run: async () => {
        const open = openFiles(config.dataDir)
        return open.length > 0
          ? wrong(`others on this machine may read ${open.join(', ')}`, `chmod 600 ${open.join(' ')}`)
          : sound('only the user who runs this')
      },
    },
    {
      name: 'durability',
      run: async () => {
        connection.pragma('synchronous = FULL')
        const mode = connection.pragma('journal_mode', { simple: true })
        const level = connection.pragma('synchronous', { simple: true })
        return mode === 'wal' && level === 2
          ? sound('write-ahead log, synchronous FULL read back')
          : wrong(`journal ${mode}, synchronous ${level}`, 'start the server once, which sets both')
      },
    },
    {
      name: 'write-ahead log',
      run: async () => {
        const bytes = bytesOf(`${databaseFile(config.dataDir)}-wal`)
        return bytes > TOO_LONG_BYTES
          ? wrong(inMegabytes(bytes), 'end other programs that read the database, or restart the server')
          : sound(inMegabytes(bytes))
      },
    },
    { name: 'backups', run: async () => backupFinding(config, connection) },
  ]
}

function backupFinding({ dataDir, backups }: Config, connection: BetterSqlite3.Database) {
  if (backups === 0) return sound('the daily backup is off (BACKUPS=0)')
  const nowMs = Date.now()
  const { past, ahead } = datedBackups(dataDir, nowMs)
  const [wrongly] = ahead
  if (wrongly) {
    return wrong(
      `${wrongly.name} is dated in the future`,
      `set the clock by the network; when it is right, look whether ${join(backupFolder(dataDir), wrongly.name)} is still wanted and delete it or give it another name`,
    )
  }
  const [newest] = past
  const first = connection.prepare('SELECT MIN(at_ms) FROM migrations').pluck().get()
  const days = (nowMs - (newest?.atMs ?? Number(first ?? nowMs))) / DAY_MS
  if (days > 2) {
    return wrong(
      newest ? `the newest is ${days.toFixed(0)} days old` : 'there is none',
      'npm run backup, and look for "daily backup" in the log',
    )
  }
  return sound(
    newest ? `${newest.name}, ${(days * 24).toFixed(0)} h old` : 'none yet; the server makes one a day',
  )
}

/** What only PostgreSQL can be asked. */
export function postgresChecks(read: Reader): Check[] {
  return [
    {
      name: 'durability',
      run: async () => {
        for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
          const row = await read.get<Record<string, string>>(sql`SHOW ${raw(name)}`)
          if (Object.values(row ?? {})[0] === 'off')
            return wrong(`${name} is off`, 'turn it on in PostgreSQL')
        }
        return sound('fsync, full_page_writes and synchronous_commit are on')
      },
    },
    {
      name: 'clock of PostgreSQL',
      run: async () => {
        const apartMs = await readClocksApartMs(read, systemClock)
        return apartMs > MOST_APART_MS
          ? wrong(
              `${(apartMs / 1000).toFixed(0)} s apart from this machine's`,
              'set both clocks by the network',
            )
          : sound('agrees with this machine')
      },
    },
  ]
}

/** What both databases are asked, and the machine. */
export function machineChecks(read: Reader, config: Config): Check[] {
  return [
    {
      name: 'migrations',
      run: async () => {
        const migrations = readMigrations()
        const applied = await read.all<AppliedMigration>(sql`SELECT name, hash FROM migrations`)
        const trouble = migrationTrouble(migrations, applied)
        if (trouble) return wrong(trouble, 'nothing else is safe before that')
        const waiting = migrations.length - applied.length
        return sound(waiting ? `${waiting} wait for the next start` : `all ${applied.length} have run`)
      },
    },
    {
      name: 'disk',
      run: async () => {
        const trouble = await diskTrouble(config.dataDir)
        const { bavail, bsize } = await statfs(config.dataDir)
        const free = `${inMegabytes(bavail * bsize)} free`
        if (trouble === 'low') return wrong(free, 'make room: orders are refused on a full disk')
        if (trouble) return wrong(trouble, `make ${config.dataDir} writable for this user`)
        return sound(free)
      },
    },
    {
      name: 'clock',
      run: async () => {
        const row = await read.get<{ at_ms: number | null }>(sql`SELECT MAX(at_ms) AS at_ms FROM commands`)
        const nowMs = Date.now()
        if (nowMs < OLDEST_MS) return wrong(new Date(nowMs).toISOString(), 'set the clock by the network')
        const aheadMs = (row?.at_ms ?? 0) - nowMs
        return aheadMs > CLOCK_SLACK_MS
          ? wrong(
              `the newest command is ${(aheadMs / 60_000).toFixed(0)} min in the future`,
              'set the clock by the network; it was wrong, now or then',
            )
          : sound(new Date(nowMs).toISOString())
      },
    },
    { name: 'pepper', run: () => pepperFinding(read, config) },
  ]
}

/** The database as one that keeps nothing: what would be written on a first start is not written here. */
function unwritten(read: Reader): Database {
  const tx = { ...read, run: async () => 0 }
  return {
    dialect: 'sqlite',
    read,
    runGroup: (jobs) => Promise.all(jobs.map(async (job) => ({ value: (await job(tx)).value }))),
    alone: (work) => work(),
    script: async () => {},
    close: async () => {},
  }
}

async function pepperFinding(read: Reader, { dataDir, pepper: fromEnvironment }: Config): Promise<Finding> {
  const path = join(dataDir, 'pepper')
  const file = statSync(path, { throwIfNoEntry: false })
  if (!fromEnvironment && !file) {
    return wrong('there is none', `put the file back as ${path}; without it no PIN is right`)
  }
  // Reads it, and throws in words when it is damaged or too short.
  const secrets = openSecrets(dataDir, fromEnvironment)
  if (!fromEnvironment && file && process.platform !== 'win32' && (file.mode & 0o077) !== 0) {
    return wrong('others on this machine may read it', `chmod 600 ${path}`)
  }
  const where = fromEnvironment ? 'PEPPER' : path
  const isMarked = await read.get(sql`SELECT 1 FROM pepper_mark`)
  if (!isMarked) return sound(`${where}; the database notes it at the next start`)
  try {
    await checkPepper(unwritten(read), secrets, false)
    return sound(`${where}, the one that this database was made with`)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return wrong(
      `${where} is not the one that this database was made with, so no PIN is right`,
      'put the right one back; if it is lost for good, start once with NEW_SETUP_CODE=1 and set every PIN anew',
    )
  }
}
