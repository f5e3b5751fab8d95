import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import type { Database } from './database.ts'

const FOLDER = join(import.meta.dirname, '..', 'migrations')

/** Brings the database to the newest schema, each step in a transaction of its own. Throws when the database is newer than this program. */
export async function migrate(database: Database): Promise<void> {
  await database.script(
    'CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, at_ms BIGINT NOT NULL)',
  )
  const done = new Set(
    (await database.read.all<{ name: string }>(sql`SELECT name FROM migrations`)).map((row) => row.name),
  )
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const unknown = [...done].find((name) => !names.includes(name))
  if (unknown) {
    throw new Error(`The database was made by a newer version (${unknown}). Start that version instead.`)
  }
  for (const name of names) {
    if (done.has(name)) continue
    const script = forDialect(readFileSync(join(FOLDER, name), 'utf8'), database.dialect)
    await database.script(
      `${script};\nINSERT INTO migrations (name, at_ms) VALUES ('${name}', ${Date.now()})`,
    )
  }
}

/** What stands in a comment that begins with `sqlite:` is said to SQLite only: ways to lay out a table. */
function forDialect(script: string, dialect: Database['dialect']): string {
  return dialect === 'sqlite' ? script.replace(/\/\* sqlite: (.*?) \*\//g, '$1') : script
}
