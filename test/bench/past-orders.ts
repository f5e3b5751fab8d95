// A long past, written by SQL into the files of a stopped server: what a year leaves behind. Each
// order has its six commands, five moves and eighteen changes, in visits of five orders that are closed.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

const PER_VISIT = 5
const CHANGES = 6

const NUMBERS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @orders)'
const ORDER = `printf('ord_00past%020d', i)`
const VISIT = `printf('vis_00past%020d', (i - 1) / ${PER_VISIT})`
const CUSTOMER = `printf('cus_00past%020d', (i - 1) / ${PER_VISIT})`

/** Answers how many milliseconds it took. */
export function addPast(dataDir: string, orders: number): number {
  const startedMs = performance.now()
  const database = new BetterSqlite3(join(dataDir, 'meja.db'))
  database.pragma('foreign_keys = ON')
  const sample = database
    .prepare(
      `SELECT outlet_id, visit_id, records.body FROM orders JOIN records ON records.kind = 'order' AND records.id = orders.id LIMIT 1`,
    )
    .get() as { outlet_id: string; visit_id: string; body: string }
  const facts = { orders, visits: Math.ceil(orders / PER_VISIT), outlet: sample.outlet_id, body: sample.body }
  const run = (sql: string, values: Record<string, unknown> = facts) => {
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`@${name}`)))
    database.prepare(sql).run(used)
  }
  database.transaction(() => {
    const visits = NUMBERS.replace('@orders', '@visits')
    run(
      `INSERT INTO customers ${visits} SELECT printf('cus_00past%020d', i - 1), (SELECT token FROM codes LIMIT 1), i FROM n`,
    )
    run(
      `INSERT INTO visits ${visits} SELECT printf('vis_00past%020d', i - 1), @outlet, (SELECT table_id FROM codes WHERE table_id IS NOT NULL LIMIT 1), 'closed', i, i, 1000000 FROM n`,
    )
    run(
      `INSERT INTO visit_phones ${visits} SELECT printf('vis_00past%020d', i - 1), printf('cus_00past%020d', i - 1), 1, 'admitted', 0 FROM n`,
    )
    run(
      `INSERT INTO orders ${NUMBERS} SELECT ${ORDER}, @outlet, ${VISIT}, ${CUSTOMER}, date(1700000000 + (i / 300) * 86400, 'unixepoch'), i, 'served', 1, 44000, i, NULL FROM n`,
    )
    run(`INSERT INTO records ${NUMBERS} SELECT 'order', ${ORDER}, ${CHANGES}, @body FROM n`)
    for (let step = 1; step <= CHANGES; step++) {
      const at = { ...facts, step }
      run(
        `INSERT INTO commands ${NUMBERS} SELECT printf('cmd_00past%02d%018d', @step, i), 'order.move', ${CUSTOMER}, printf('{"orderId":"%022d","from":"%022d","to":"%022d"}', i, i, i), '{"ok":true,"value":{"status":"served"}}', i FROM n`,
        at,
      )
      if (step > 1)
        run(
          `INSERT INTO order_moves ${NUMBERS} SELECT ${ORDER}, @step, 'preparing', 'stf_00000000000000000000000000', NULL, i, printf('cmd_00past%02d%018d', @step, i) FROM n`,
          at,
        )
      for (const stream of [`'visit:' || ${VISIT}`, `'customer:' || ${CUSTOMER}`]) {
        run(
          `INSERT INTO changes ${NUMBERS} SELECT ${stream}, (i - 1) % ${PER_VISIT} * ${CHANGES} + @step, 'order', ${ORDER} FROM n`,
          at,
        )
      }
      run(
        `INSERT INTO changes ${NUMBERS} SELECT 'desk:' || @outlet, (SELECT last FROM desk_end) + (i - 1) * ${CHANGES} + @step, 'order', ${ORDER} FROM n`.replace(
          '(SELECT last FROM desk_end)',
          '@last',
        ),
        {
          ...at,
          last: deskEnd(database, sample.outlet_id),
        },
      )
    }
  })()
  database.close()
  return performance.now() - startedMs
}

const ends = new Map<string, number>()
function deskEnd(database: BetterSqlite3.Database, outletId: string): number {
  const known = ends.get(outletId)
  if (known !== undefined) return known
  const end = database
    .prepare('SELECT COALESCE(MAX(seq), 0) FROM changes WHERE stream = ?')
    .pluck()
    .get(`desk:${outletId}`) as number
  ends.set(outletId, end)
  return end
}
