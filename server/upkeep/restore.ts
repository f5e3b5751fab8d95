// `npm run restore -- FILE [--replace]`: puts a backup into the place of the database, while no server runs.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { restoreSqlite } from '../platform/storage/restore.ts'
import { StorageTaskError } from '../platform/storage/sqlite-file.ts'
import { pathTyped, runCommandLine, UsageError } from './console.ts'

await runCommandLine(async () => {
  const words = process.argv.slice(2)
  const [file, ...others] = words.filter((word) => word !== '--replace')
  if (!file || others.length > 0 || file.startsWith('-')) {
    throw new UsageError('Usage: npm run restore FILE, or npm run restore -- FILE --replace')
  }
  const { dataDir, databaseUrl, pepper } = readConfig(process.env)
  if (databaseUrl) {
    throw new StorageTaskError(
      'This shop keeps its data in PostgreSQL. Stop every server, then:\n  pg_restore --clean --if-exists --single-transaction --dbname="$DATABASE_URL" FILE\n  npm run doctor && npm start\nThe start sees that the database was put back, and phones and boards read everything anew.',
    )
  }
  const replace = words.includes('--replace')
  const kept = await restoreSqlite(pathTyped(file), dataDir, { replace, nowMs: systemClock.now() })
  const hasPepper = pepper !== null || existsSync(join(dataDir, 'pepper'))
  return [
    `Restored ${file} into ${dataDir}.`,
    ...(kept ? [`What was there before is kept in ${kept}. Delete it when it is no longer wanted.`] : []),
    ...(hasPepper
      ? []
      : [`The pepper is missing: put the file back as ${join(dataDir, 'pepper')} before the first start.`]),
    'Since that backup: devices and people that were removed may sign in again, and orders are gone that phones still remember. Look at the manager\'s pages "Devices" and "People".',
    'Then: npm run doctor && npm start',
  ]
})
