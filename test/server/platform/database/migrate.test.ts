import { rmSync } from 'node:fs'
import sql from 'sql-template-tag'
import { expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../../../server/platform/database/database.ts'
import { migrate, migrationTrouble, readMigrations } from '../../../../server/platform/database/migrate.ts'
import { openPostgres } from '../../../../server/platform/database/postgres/postgres.ts'
import { openSqlite } from '../../../../server/platform/database/sqlite.ts'
import { freshDatabase } from '../../../faults/fresh-database.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import { scratchFolder } from '../../../support/filled-shop.ts'

async function emptyDatabase(dialect: Dialect): Promise<Database> {
  const url = await freshDatabase(dialect)
  const folder = scratchFolder('meja-migrate-')
  const database = url ? await openPostgres(url) : openSqlite(folder)
  onTestFinished(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return database
}

describeOnBoth('what a database has run is what the program holds', (dialect) => {
  test('starting again on the same schema changes nothing', async () => {
    const database = await emptyDatabase(dialect)
    await migrate(database)
    await migrate(database)
  })

  test('a migration that was changed after it ran stops the start in one line that names it', async () => {
    const database = await emptyDatabase(dialect)
    await migrate(database)
    const [first] = readMigrations()
    await database.script(`UPDATE migrations SET hash = 'other' WHERE name = '${first?.name}'`)
    const failing = migrate(database)
    await expect(failing).rejects.toThrow(`The migration ${first?.name} was changed`)
    await expect(failing).rejects.not.toThrow('\n')
  })

  test('a database that a newer version made is not touched', async () => {
    const database = await emptyDatabase(dialect)
    await migrate(database)
    await database.script("INSERT INTO migrations (name, hash, at_ms) VALUES ('9999-future.sql', '', 0)")
    await expect(migrate(database)).rejects.toThrow('newer version (9999-future.sql)')
  })
})

test('four servers that start at once on an empty PostgreSQL all come up', async () => {
  const url = (await freshDatabase('postgres')) ?? ''
  const databases = await Promise.all([1, 2, 3, 4].map(() => openPostgres(url)))
  onTestFinished(async () => {
    await Promise.all(databases.map((database) => database.close()))
  })
  await Promise.all(databases.map((database) => migrate(database)))
  const applied = await databases[0]?.read.all<{ name: string }>(
    sql`SELECT name FROM migrations ORDER BY name`,
  )
  expect(applied?.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name))
})

test('a migration may take as long as it takes, and leaves nothing behind when it fails', async () => {
  const database = await emptyDatabase('postgres')
  await database.script(`
    CREATE TABLE found (name TEXT NOT NULL);
    INSERT INTO found SELECT name || '=' || setting FROM pg_settings
      WHERE name IN ('statement_timeout', 'idle_in_transaction_session_timeout')`)
  const found = await database.read.all<{ name: string }>(sql`SELECT name FROM found ORDER BY name`)
  expect(found.map(({ name }) => name)).toEqual([
    'idle_in_transaction_session_timeout=0',
    'statement_timeout=0',
  ])
  await expect(database.script('DROP TABLE found; SELECT 1 / 0')).rejects.toThrow('division by zero')
  const open = await database.read.get<{ n: number }>(sql`
    SELECT COUNT(*) AS n FROM pg_stat_activity
    WHERE datname = current_database() AND state LIKE 'idle in transaction%'`)
  expect(open?.n).toBe(0)
  expect(await database.read.all(sql`SELECT name FROM found`)).toHaveLength(2)
})

test('a start that fails lets the next one go on', async () => {
  const database = await emptyDatabase('postgres')
  await expect(database.alone(() => Promise.reject(new Error('killed')))).rejects.toThrow('killed')
  await migrate(database)
})

test('line ends of another system change no migration', () => {
  const migrations = readMigrations()
  expect(migrations.every(({ text }) => !text.includes('\r'))).toBe(true)
  expect(migrationTrouble(migrations, migrations)).toBeNull()
})
