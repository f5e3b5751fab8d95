// `npm run backup [FILE]`: the database in one checked file, also while the server runs.
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { backUpSqlite, backupName } from '../platform/storage/backup.ts'
import { inMegabytes, StorageTaskError, timeInName } from '../platform/storage/sqlite-file.ts'
import { pathTyped, pepperAdvice, runCommandLine, UsageError } from './console.ts'

function postgresWords(nowMs: number): string {
  const file = `meja-${timeInName(nowMs)}.dump`
  return [
    'This shop keeps its data in PostgreSQL, whose own tool makes the backup, also while the server runs:',
    `  pg_dump --format=custom --file=${file} "$DATABASE_URL"`,
    'To put it back, with every server stopped:',
    `  pg_restore --clean --if-exists --single-transaction --dbname="$DATABASE_URL" ${file}`,
    'The next start sees that it was put back, and phones and boards read everything anew.',
    'Keep the pepper (PEPPER, or the file in DATA_DIR) in another place: it is not in the dump.',
  ].join('\n')
}

await runCommandLine(async () => {
  const [file, ...others] = process.argv.slice(2)
  if (others.length > 0 || file?.startsWith('-')) throw new UsageError('Usage: npm run backup [FILE]')
  const config = readConfig(process.env)
  const { dataDir, databaseUrl } = config
  const nowMs = systemClock.now()
  if (databaseUrl) throw new StorageTaskError(postgresWords(nowMs))
  const path = file ? pathTyped(file) : backupName(dataDir, nowMs)
  const bytes = await backUpSqlite(dataDir, path)
  return [
    `Backed up to ${path} (${inMegabytes(bytes)}): read whole, found sound, on the disk.`,
    'In it: all that is in the database, photos too, as it was at one moment.',
    pepperAdvice(config),
    `To put it back: npm run restore ${path}`,
  ]
})
