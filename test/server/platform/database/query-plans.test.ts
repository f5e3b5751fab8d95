import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { growingReads } from '../../../support/query-plans.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../../server/migrations')

/** The tables with their indexes, empty: SQLite plans by these alone. */
function emptyShop(): BetterSqlite3.Database {
  const connection = new BetterSqlite3(':memory:')
  onTestFinished(() => void connection.close())
  for (const name of readdirSync(MIGRATIONS).sort()) {
    const text = readFileSync(join(MIGRATIONS, name), 'utf8')
    connection.exec(text.replaceAll(/\/\* sqlite:\s(.*?)\s\*\//gs, '$1'))
  }
  return connection
}

test.each([
  [
    'all payments ever, for those of one bill',
    `SELECT records.body FROM payments JOIN records ON records.kind = 'payment' AND records.id = payments.id
     WHERE payments.bill_id = ? ORDER BY payments.created_at_ms`,
    'SEARCH records USING INDEX sqlite_autoindex_records_1 (kind=?)',
  ],
  ['a table that grows', 'SELECT COUNT(*) FROM changes', 'SCAN changes'],
  [
    'a table that grows, under another name',
    'SELECT once.id FROM payments AS once WHERE once.asked_rp = ?',
    'SCAN once',
  ],
  [
    'all payments of an outlet',
    'SELECT id FROM payments WHERE outlet_id = ? AND asked_rp = 1',
    'SEARCH payments USING INDEX payments_by_time (outlet_id=?)',
  ],
  ['a table that refers to what is removed', 'DELETE FROM visits WHERE id = ?', 'SCAN calls'],
])('a statement is refused that reads %s', (_what, text, read) => {
  expect(growingReads(emptyShop(), text)).toEqual([read])
})

test.each([
  ['one row by its key', `SELECT body FROM records WHERE kind = ? AND id = ?`],
  ['what is open now', `SELECT id FROM visits WHERE status = 'open' AND last_active_at_ms < ?`],
  ['what the outlet has as furniture', 'SELECT label FROM tables WHERE outlet_id = ?'],
  ['a day of an outlet', 'SELECT id FROM money_moves WHERE outlet_id = ? AND business_day = ?'],
  [
    'the orders of a visit, in the order that is written',
    `SELECT records.body FROM orders CROSS JOIN records
     WHERE records.kind = 'order' AND records.id = orders.id AND orders.visit_id = ?`,
  ],
])('a statement is let be that reads %s', (_what, text) => {
  expect(growingReads(emptyShop(), text)).toEqual([])
})
