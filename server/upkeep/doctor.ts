// `npm run doctor`: looks at everything that is kept, changes nothing, and says what is wrong and what to do.
import { existsSync } from 'node:fs'
import type BetterSqlite3 from 'better-sqlite3'
import type { Sql } from 'sql-template-tag'
import { type Config, readConfig } from '../platform/config.ts'
import type { Reader } from '../platform/database/database.ts'
import { openPostgres } from '../platform/database/postgres/postgres.ts'
import { databaseFile, openReadOnly, StorageTaskError } from '../platform/storage/sqlite-file.ts'
import { type Check, runChecks } from './check.ts'
import { runCommandLine } from './console.ts'
import { shopChecks } from './shop-checks.ts'
import { machineChecks, postgresChecks, sqliteChecks } from './storage-checks.ts'

function readerOf(connection: BetterSqlite3.Database): Reader {
  return {
    get: async <Row>(query: Sql) => connection.prepare(query.sql).get(query.values) as Row | undefined,
    all: async <Row>(query: Sql) => connection.prepare(query.sql).all(query.values) as Row[],
  }
}

/** Opened for reading only, so that it may look while the server runs. */
function openFile(dataDir: string): BetterSqlite3.Database {
  const path = databaseFile(dataDir)
  if (!existsSync(path)) throw new StorageTaskError(`There is no database in ${dataDir}. Check DATA_DIR.`)
  return openReadOnly(path)
}

async function withChecks<Value>(
  config: Config,
  use: (checks: readonly Check[]) => Promise<Value>,
): Promise<Value> {
  if (config.databaseUrl) {
    const database = await openPostgres(config.databaseUrl)
    const { read } = database
    const checks = [...postgresChecks(read), ...machineChecks(read, config), ...shopChecks(read)]
    return use(checks).finally(() => database.close())
  }
  const connection = openFile(config.dataDir)
  const read = readerOf(connection)
  const checks = [...sqliteChecks(connection, config), ...machineChecks(read, config), ...shopChecks(read)]
  return use(checks).finally(() => connection.close())
}

await runCommandLine(async () => {
  const { lines, wrongs } = await withChecks(readConfig(process.env), runChecks)
  if (wrongs > 0) process.exitCode = 1
  return [
    ...lines,
    wrongs === 0 ? 'All is well.' : `${wrongs} of ${lines.length} checks found something wrong.`,
  ]
})
