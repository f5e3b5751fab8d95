// How SQLite means to read what a statement asks for, judged: a shop grows for years, and a statement that
// reads all of a table that grows, or all of it that is of one kind or one outlet, costs more every day. It
// does so on the one thread that answers everybody.
import BetterSqlite3 from 'better-sqlite3'
import type { Sql } from 'sql-template-tag'
import type { Database, Reader, Tx } from '../../server/platform/database/database.ts'
import { LIST } from '../../server/platform/database/lists.ts'

/** As long as the shop has furniture, people and things that wait to be done now; every other table grows. */
const BOUNDED_TABLES = new Set([
  ...[
    'outlets',
    'outlet_numbers',
    'tables',
    'touchpoints',
    'staff',
    'devices',
    'pin_failures',
    'duty_shifts',
  ],
  ...['menus', 'sold_out_items', 'payment_settings', 'pay_first', 'approved_codes', 'photos'],
  ...['migrations', 'pepper_mark', 'writer_turn', 'sqlite_schema', 'sqlite_master'],
  ...['gateway_tasks', 'awaited_orders', 'one_time_codes'],
])

/** Indexes that hold only what is open now. */
const BOUNDED_INDEXES = new Set([
  ...['visits_open_by_table', 'visits_open_by_activity', 'orders_at_work', 'payments_pending'],
  ...[
    'prints_due',
    'calls_open_by_table',
    'pickups_open_by_code',
    'pickups_open',
    'codes_in_use',
    'payments_awaited',
  ],
])

/** Columns with few values, each of which a large part of the table has: no search by these alone is one. */
const WIDE_COLUMNS = new Set([
  'kind',
  'outlet_id',
  'status',
  'state',
  'provider',
  'stream',
  'name',
  'is_open',
])

/** What reads along a key without reading all of it, by its statement and the line of its plan. */
type Exception = { readonly text: RegExp; readonly plan: RegExp; readonly why: string }

const EXCEPTIONS: readonly Exception[] = [
  {
    text: /SELECT MAX\(seq\)(?: AS seq)? FROM changes/,
    plan: /^SEARCH changes USING PRIMARY KEY \(stream=\?\)$/,
    why: 'the last number of a stream stands at the end of its key',
  },
  {
    text: /FROM changes WHERE stream = \? ORDER BY seq LIMIT/,
    plan: /^SEARCH changes USING PRIMARY KEY \(stream=\?\)$/,
    why: 'a page from the beginning of a stream',
  },
  {
    text: /WITH RECURSIVE names \(stream\)/,
    plan: /^SEARCH changes USING PRIMARY KEY \(stream>\?\)$/,
    why: 'the names of streams, each by one step down the key',
  },
  {
    text: /NOT EXISTS \(SELECT 1 FROM changes WHERE stream = /,
    plan: /^SEARCH changes USING PRIMARY KEY \(stream=\?\)$/,
    why: 'ends at the first that it finds',
  },
  {
    text: /WHERE \((\w+), (\w+)\) [<>] \(\?, \?\) ORDER BY \1 ?(?:DESC)?, \2 ?(?:DESC)? LIMIT/,
    plan: /\(\w+,\w+\)[<>]\(\?,\?\)|\(\w+[<>]\?\)$/,
    why: 'a page along the key',
  },
]

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** Lists whose length is whatever was found: each length would be prepared and kept on its own. */
function unevenLists(text: string): string[] {
  const lengths = [...text.matchAll(/\bIN \((\?(?:,\s*\?)*)\)/g)].map(
    ([, list = '']) => list.split(',').length,
  )
  return lengths.filter((length) => length !== LIST).map((length) => `a list of ${length}, not of ${LIST}`)
}

/** Where the plan of this statement reads more every day, one line each; none when it does not. */
export function growingReads(connection: BetterSqlite3.Database, text: string): string[] {
  if (!/^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text)) return []
  const line = onOneLine(text)
  // As the server prepares it: what is bound must not change the plan.
  const explain = connection.prepare(`EXPLAIN QUERY PLAN ${text.replaceAll('?', '+?')}`)
  const values = Array<number>(text.split('?').length - 1).fill(1)
  const rows = explain.all(...values) as { detail: string }[]
  const known = EXCEPTIONS.filter((exception) => exception.text.test(line))
  return rows
    .map(({ detail }) => detail)
    .filter((detail) => isGrowing(connection, text, detail) && !known.some(({ plan }) => plan.test(detail)))
}

function isGrowing(connection: BetterSqlite3.Database, text: string, detail: string): boolean {
  const [, how, name = ''] = /^(SCAN|SEARCH) (\w+)/.exec(detail) ?? []
  if (!how || detail.includes('CONSTANT ROW')) return false
  const table = tableOf(connection, text, name)
  if (table === null || BOUNDED_TABLES.has(table)) return false
  const index = / INDEX (\w+)/.exec(detail)?.[1]
  if (index && BOUNDED_INDEXES.has(index)) return false
  if (how === 'SCAN' || detail.includes('AUTOMATIC')) return true
  const columns = [...detail.matchAll(/(\w+)(?:=|>|<)\?/g)].map(([, column = '']) => column)
  if (index && isOneRow(connection, index, columns.length)) return false
  return columns.every((column) => WIDE_COLUMNS.has(column))
}

/** A unique index of which every column is given. */
function isOneRow(connection: BetterSqlite3.Database, index: string, given: number): boolean {
  const list = connection
    .prepare(
      'SELECT "unique" FROM pragma_index_list((SELECT tbl_name FROM sqlite_schema WHERE name = ?)) WHERE name = ?',
    )
    .pluck()
  const columns = connection.prepare('SELECT COUNT(*) FROM pragma_index_info(?)').pluck()
  return list.get(index, index) === 1 && columns.get(index) === given
}

/** The table that goes by this name in the statement, or null for what is a part of the statement itself. */
function tableOf(connection: BetterSqlite3.Database, text: string, name: string): string | null {
  const isTable = connection.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`)
  if (isTable.get(name)) return name
  const before = [...text.matchAll(new RegExp(`\\b(\\w+) (?:AS )?${name}\\b`, 'gi'))]
  return before.map(([, word = '']) => word).find((word) => isTable.get(word)) ?? null
}

/** False for what a test asks by itself, and for the doctor, who reads everything in a process of its own. */
function isAskedByServer(): boolean {
  const frames = new Error().stack?.split('\n').slice(1) ?? []
  const asking = frames.find((frame) => !frame.includes('query-plans.ts')) ?? ''
  return asking.includes('/server/') && !/\/test\/|\/shop-checks\.ts/.test(asking)
}

/** The statements that were judged in this test file. */
const judged = new Set<string>()

/** Notes every statement that goes through the database at `path`; `judge` says which of the new ones read too much. */
export function watchPlans(database: Database, path: string): { database: Database; judge(): string[] } {
  const fresh = new Set<string>()
  const note = (query: Sql): Sql => {
    if (!judged.has(query.sql) && !fresh.has(query.sql) && isAskedByServer()) fresh.add(query.sql)
    return query
  }
  const watchReader = (reader: Reader): Reader => ({
    get: (query) => reader.get(note(query)),
    all: (query) => reader.all(note(query)),
  })
  const watchTx = (tx: Tx): Tx => ({ ...tx, ...watchReader(tx), run: (query) => tx.run(note(query)) })
  return {
    database: {
      ...database,
      read: watchReader(database.read),
      runGroup: (jobs) => database.runGroup(jobs.map((job) => (tx) => job(watchTx(tx)))),
    },
    judge() {
      if (fresh.size === 0) return []
      const connection = new BetterSqlite3(path, { readonly: true })
      try {
        return [...fresh].flatMap((text) => {
          judged.add(text)
          const reads = [...growingReads(connection, text), ...unevenLists(text)]
          return reads.length === 0 ? [] : [`${onOneLine(text)}\n    ${reads.join('\n    ')}`]
        })
      } finally {
        connection.close()
        fresh.clear()
      }
    },
  }
}
