import BetterSqlite3 from 'better-sqlite3'
import type { Sql } from 'sql-template-tag'
import { type AppliedMigration, migrate, readMigrations } from '../database/migrate.ts'

type Entry = { readonly type: string; readonly name: string; readonly sql: string | null }

/** What SQLite makes by itself: indexes of keys, and the numbers of ANALYZE. */
function isOfSqlite({ type, name, sql }: Entry): boolean {
  if (type === 'index') return sql === null && name.startsWith('sqlite_autoindex_')
  return type === 'table' && /^sqlite_(?:sequence|stat\d)$/.test(name)
}

function entriesOf(connection: BetterSqlite3.Database): Map<string, string> {
  const all = connection.prepare('SELECT type, name, sql FROM sqlite_schema').all() as Entry[]
  const own = all.filter((entry) => !isOfSqlite(entry))
  return new Map(own.map(({ type, name, sql }) => [`${type} ${name}`, (sql ?? '').replaceAll(/\s+/g, ' ')]))
}

/** The schema that these migrations make, made anew in memory. */
async function schemaAfter(applied: ReadonlySet<string>): Promise<Map<string, string>> {
  const connection = new BetterSqlite3(':memory:')
  try {
    const skipped = readMigrations().filter(({ name }) => !applied.has(name))
    await migrate({
      dialect: 'sqlite',
      read: {
        get: async () => undefined,
        // The one question is what has run already: what the file has not run counts as done.
        all: async <Row>(_: Sql) => skipped as unknown as Row[],
      },
      runGroup: async () => [],
      alone: (work) => work(),
      script: async (text) => {
        connection.exec(text)
      },
      close: async () => {},
    })
    return entriesOf(connection)
  } finally {
    connection.close()
  }
}

/**
 * How the tables, indexes and triggers of the file differ from what its own migrations make, in one line,
 * or null. A trigger that somebody added would run with every order.
 */
export async function foreignSchema(connection: BetterSqlite3.Database): Promise<string | null> {
  const applied = connection.prepare('SELECT name, hash FROM migrations').all() as AppliedMigration[]
  const expected = await schemaAfter(new Set(applied.map(({ name }) => name)))
  const found = entriesOf(connection)
  const differing = [
    ...[...found.keys()]
      .filter((key) => !expected.has(key))
      .map((key) => `it has a ${key} that this program never made`),
    ...[...expected.keys()].filter((key) => !found.has(key)).map((key) => `its ${key} is missing`),
    ...[...found]
      .filter(([key, sql]) => expected.has(key) && expected.get(key) !== sql)
      .map(([key]) => `its ${key} was changed`),
  ]
  const more = differing.length > 1 ? `, and ${differing.length - 1} more` : ''
  return differing.length > 0 ? `${differing[0]}${more}` : null
}
