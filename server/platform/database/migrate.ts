import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import type { Database } from './database.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

type Migration = { readonly name: string; readonly text: string; readonly hash: string }
export type AppliedMigration = { readonly name: string; readonly hash: string }

/** The migrations of this program, in their order, each with a hash of its text. */
export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(FOLDER, name), 'utf8').replaceAll('\r\n', '\n')
      return { name, text, hash: hash('sha256', text) }
    })
}

/** Why these applied migrations do not fit this program, in one line that says what to do, or null. */
export function migrationTrouble(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): string | null {
  const known = new Map(migrations.map((each) => [each.name, each.hash]))
  const unknown = applied.find(({ name }) => !known.has(name))
  if (unknown)
    return `The database was made by a newer version (${unknown.name}). Start that version instead.`
  const changed = applied.find((each) => known.get(each.name) !== each.hash)
  if (!changed) return null
  return `The migration ${changed.name} was changed after this database had run it. Put its text back as it was and write the change as a new migration; a database that holds nothing of value can be deleted instead.`
}

/**
 * Brings the database to the newest schema, each step in a transaction of its own; of servers that start at
 * once, one does it and the others wait. Throws when the database is newer than this program, or when a
 * migration that it has run reads differently now.
 */
export function migrate(database: Database): Promise<void> {
  return database.alone(() => applyMissing(database))
}

async function applyMissing(database: Database): Promise<void> {
  await database.script(
    'CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, at_ms BIGINT NOT NULL)',
  )
  const applied = await database.read.all<AppliedMigration>(sql`SELECT name, hash FROM migrations`)
  const migrations = readMigrations()
  const trouble = migrationTrouble(migrations, applied)
  if (trouble) throw new Error(trouble)
  const done = new Set(applied.map((each) => each.name))
  for (const { name, text, hash } of migrations) {
    if (done.has(name)) continue
    await database.script(
      `${forDialect(text, database.dialect)};
INSERT INTO migrations (name, hash, at_ms) VALUES ('${name}', '${hash}', ${Date.now()})`,
    )
  }
}

/** What stands in a comment that begins with a database's name is said to it only: layouts of tables, triggers. */
export function forDialect(script: string, dialect: Database['dialect']): string {
  return script.replace(new RegExp(`/\\* ${dialect}:\\s(.*?)\\s\\*/`, 'gs'), '$1')
}
