import sql from 'sql-template-tag'
import * as v from 'valibot'
import type { Menu } from '#shared/menu/menu.ts'
import type { Order } from '#shared/ordering/order.ts'
import { recordSchemas } from '#shared/protocol.ts'
import type { Reader } from '../platform/database/database.ts'
import { type Check, type Finding, sound, wrong } from './check.ts'

const PAGE = 500
const FROM_BACKUP =
  'compare with the newest backup (npm run restore into another DATA_DIR) and ask whoever looks after the program'

type RecordRow = { kind: string; id: string; rev: number; body: string }

/** All records, page by page: a shop of years does not fit into memory. */
async function* allRecords(read: Reader): AsyncGenerator<RecordRow> {
  let last: { kind: string; id: string } = { kind: '', id: '' }
  for (;;) {
    const rows = await read.all<RecordRow>(sql`
      SELECT kind, id, rev, body FROM records
      WHERE kind > ${last.kind} OR (kind = ${last.kind} AND id > ${last.id})
      ORDER BY kind, id LIMIT ${PAGE}`)
    yield* rows
    const end = rows.at(-1)
    if (!end || rows.length < PAGE) return
    last = end
  }
}

/** The record as it should be, or null when its text is not one. */
function parseRecord({ kind, id, rev, body }: RecordRow): { readonly id: string } | null {
  const schema = Object.hasOwn(recordSchemas, kind) ? recordSchemas[kind as keyof typeof recordSchemas] : null
  if (!schema) return null
  try {
    const parsed = v.safeParse(schema, JSON.parse(body))
    return parsed.success && parsed.output.id === id && parsed.output.rev === rev ? parsed.output : null
  } catch {
    return null
  }
}

function addsUp({ lines, quote }: Order): boolean {
  const subtotalRp = lines.reduce((sum, line) => sum + line.unitRp * line.quantity, 0)
  return subtotalRp === quote.subtotalRp && quote.subtotalRp + quote.serviceRp + quote.taxRp === quote.totalRp
}

/** "3 of 812 orders" with the first that is wrong by name. */
function countFinding(what: string, all: number, bad: readonly string[], todo = FROM_BACKUP): Finding {
  return bad.length === 0
    ? sound(`${all} ${what}`)
    : wrong(`${bad.length} of ${all} ${what}, the first ${bad[0]}`, todo)
}

function referredPhotos(menu: Menu): string[] {
  return menu.items.flatMap(({ photo }) => (photo ? [photo] : []))
}

/** Names of rows that the query finds, as findings say them. */
async function namesOf(read: Reader, query: ReturnType<typeof sql>): Promise<string[]> {
  return (await read.all<{ name: string }>(query)).map((row) => row.name)
}

/** What the shop's own rules say about what is stored, the same on both databases. Changes nothing. */
export function shopChecks(read: Reader): Check[] {
  const photos = new Set<string>()
  const notAddingUp: string[] = []
  let orders = 0
  return [
    {
      name: 'records',
      run: async () => {
        const unreadable: string[] = []
        let all = 0
        for await (const row of allRecords(read)) {
          all++
          const record = parseRecord(row)
          if (!record) unreadable.push(`${row.kind} ${row.id}`)
          else if (row.kind === 'menu') for (const id of referredPhotos(record as Menu)) photos.add(id)
          else if (row.kind === 'order') {
            orders++
            if (!addsUp(record as Order)) notAddingUp.push(row.id)
          }
        }
        return countFinding('records read as what they are', all, unreadable)
      },
    },
    {
      name: 'order totals',
      run: async () => {
        const differing = await namesOf(
          read,
          sql`
          SELECT orders.id AS name FROM orders
          LEFT JOIN records ON records.kind = 'order' AND records.id = orders.id
          WHERE records.id IS NULL`,
        )
        return countFinding('orders add up', orders, [
          ...notAddingUp,
          ...differing,
          ...(await differingRows(read)),
        ])
      },
    },
    {
      name: 'order numbers',
      run: async () => {
        const ahead = await namesOf(
          read,
          sql`
          SELECT orders.business_day AS name FROM orders
          LEFT JOIN order_numbers ON order_numbers.outlet_id = orders.outlet_id
            AND order_numbers.business_day = orders.business_day
          GROUP BY orders.outlet_id, orders.business_day
          HAVING MAX(orders.number) > COALESCE(MAX(order_numbers.last_number), 0)`,
        )
        return ahead.length === 0
          ? sound('each was counted')
          : wrong(`the counter of ${ahead[0]} is behind its orders`, FROM_BACKUP)
      },
    },
    {
      name: 'photos',
      run: async () => {
        const kept = new Set(await namesOf(read, sql`SELECT id AS name FROM photos`))
        const missing = [...photos].filter((id) => !kept.has(id))
        return countFinding(
          'photos on the menu are there',
          photos.size,
          missing,
          "upload them again on the manager's Menu page",
        )
      },
    },
    { name: 'streams', run: () => streamFinding(read) },
  ]
}

/** Ids of orders whose row says another total, status or visit than their record. */
async function differingRows(read: Reader): Promise<string[]> {
  const differing: string[] = []
  for (let last = ''; ; ) {
    const rows = await read.all<{
      id: string
      total_rp: number
      status: string
      visit_id: string
      body: string
    }>(sql`
      SELECT orders.id AS id, orders.total_rp AS total_rp, orders.status AS status, orders.visit_id AS visit_id,
        records.body AS body
      FROM orders JOIN records ON records.kind = 'order' AND records.id = orders.id
      WHERE orders.id > ${last} ORDER BY orders.id LIMIT ${PAGE}`)
    for (const row of rows) if (!isSame(row)) differing.push(row.id)
    last = rows.at(-1)?.id ?? last
    if (rows.length < PAGE) return differing
  }
}

function isSame(row: { total_rp: number; status: string; visit_id: string; body: string }): boolean {
  try {
    const { quote, status, visitId } = JSON.parse(row.body) as Order
    return quote.totalRp === row.total_rp && status === row.status && visitId === row.visit_id
  } catch {
    return false
  }
}

/** Numbers stand once each by the table's key; what is pruned leaves gaps. They must lead somewhere and only rise. */
async function streamFinding(read: Reader): Promise<Finding> {
  const lost = await namesOf(
    read,
    sql`
    SELECT changes.stream AS name FROM changes
    LEFT JOIN records ON records.kind = changes.kind AND records.id = changes.record_id
    WHERE records.id IS NULL LIMIT 1`,
  )
  if (lost.length > 0) return wrong(`${lost[0]} tells of a record that is gone`, FROM_BACKUP)
  const backwards = await namesOf(
    read,
    sql`
    SELECT changes.stream AS name FROM changes
    LEFT JOIN pruned_streams ON pruned_streams.stream = changes.stream
    GROUP BY changes.stream
    HAVING MIN(changes.seq) < 1 OR MAX(changes.seq) < COALESCE(MAX(pruned_streams.below_seq), 0) - 1`,
  )
  if (backwards.length > 0) return wrong(`the numbers of ${backwards[0]} went back`, FROM_BACKUP)
  const row = await read.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM changes`)
  return sound(`${row?.n ?? 0} changes lead to their records`)
}
