// What the machine does at best with the same parts: Hono and better-sqlite3, the same rows and an answer
// of the same length for each order, committed in the same groups with synchronous=FULL. No schema, no
// rights, no prices, no repetition recognised, no feed.
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import BetterSqlite3 from 'better-sqlite3'
import { Hono } from 'hono'
import { forDialect, readMigrations } from '../../server/platform/database/migrate.ts'

const MAX_GROUP = 32

type Sample = {
  readonly record: Readonly<Record<string, unknown>>
  readonly answer: string
  readonly fingerprints: string
}
type Placed = { readonly orderId: string; readonly token: string }
/** Writes an order and answers what is said of it. */
type Write = (order: Placed, commandId: string, customer: string) => unknown

const database = new BetterSqlite3(join(process.env.DATA_DIR ?? '.', 'bare.db'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.pragma('temp_store = MEMORY')
database.pragma('wal_autocheckpoint = 4000')

/** As long as the charges that Meja keeps with each order. */
const CHARGES =
  '{"service":{"label":{"id":"Layanan","en":"Service"},"permille":0,"base":"after_discount"},"tax":{"label":{"id":"PB1 10%","en":"PB1 tax 10%"},"permille":100,"mode":"exclusive"}}'

function sameRows(sample: Sample): Write {
  database.pragma('foreign_keys = OFF')
  for (const { text } of readMigrations()) database.exec(forDialect(text, 'sqlite'))
  database.exec(`INSERT INTO order_numbers VALUES ('o', 'd', 0)`)
  const number = database
    .prepare('UPDATE order_numbers SET last_number = last_number + 1 RETURNING last_number')
    .pluck()
  const visit = database.prepare(
    `INSERT INTO visits VALUES (?, 'o', ?, 'open', 0, 0, 0) ON CONFLICT (id) DO UPDATE SET last_active_at_ms = last_active_at_ms + 1`,
  )
  const order = database.prepare(
    `INSERT INTO orders VALUES (?, 'o', ?, ?, 'd', ?, 'placed', 1, 44000, 0, '${CHARGES}')`,
  )
  const record = database.prepare(`INSERT INTO records VALUES ('order', ?, 1, ?)`)
  const change = database.prepare(`INSERT INTO changes VALUES (?, ?, 'order', ?)`)
  const command = database.prepare(`INSERT INTO commands VALUES (?, 'order.place', ?, ?, ?, 0)`)
  const seqs = new Map<string, number>()
  const { value } = JSON.parse(sample.answer)
  return ({ orderId, token }, commandId, customer) => {
    visit.run(token, token)
    const taken = number.get()
    order.run(orderId, token, customer, taken)
    const body = { ...sample.record, id: orderId, number: taken }
    record.run(orderId, JSON.stringify(body))
    for (const stream of [
      `customer:cus_01kbj9gzs2${customer.slice(-16)}`,
      `visit:vis_01kbj9gzs2${token}`,
      'desk:out_01kbj9gzs26zjcj95vfjmtgkpn',
    ]) {
      const seq = (seqs.get(stream) ?? 0) + 1
      seqs.set(stream, seq)
      change.run(stream, seq, orderId)
    }
    command.run(commandId, customer, sample.fingerprints, sample.answer)
    const stream = `customer:cus_01kbj9gzs2${customer.slice(-16)}`
    const result = { ...value, orderId, number: taken }
    return {
      ok: true,
      result,
      changes: [{ stream, seq: seqs.get(stream), kind: 'order', id: orderId, body }],
    }
  }
}

const write = sameRows(JSON.parse(process.env.BARE_SAMPLE ?? '{}'))

type Waiting = {
  readonly order: Placed
  readonly id: string
  readonly customer: string
  readonly resolve: (answer: unknown) => void
}
const queue: Waiting[] = []
let isDraining = false

// As Meja's writer gathers: while more come with each turn of the event loop.
async function gather(): Promise<void> {
  let size: number
  do {
    size = queue.length
    await new Promise((resolve) => setImmediate(resolve))
  } while (queue.length > size && queue.length < MAX_GROUP)
}

async function drain(): Promise<void> {
  isDraining = true
  await gather()
  while (queue.length > 0) {
    const group = queue.splice(0, MAX_GROUP)
    database.exec('BEGIN IMMEDIATE')
    const answers = group.map(({ order, id, customer }) => write(order, id, customer))
    database.exec('COMMIT')
    for (const [at, { resolve }] of group.entries()) resolve(answers[at])
    await gather()
  }
  isDraining = false
}

const app = new Hono()
app.post('/api/commands/order.place', async (c) => {
  const order = (await c.req.json()) as Placed
  const id = c.req.header('idempotency-key') ?? ''
  const customer = c.req.header('cookie') ?? ''
  const answer = await new Promise((resolve) => {
    queue.push({ order, id, customer, resolve })
    if (!isDraining) void drain()
  })
  return c.json(answer)
})
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' }, () =>
  process.send?.('ready'),
)
