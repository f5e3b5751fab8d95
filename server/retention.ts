import sql from 'sql-template-tag'
import type { DoorDeps } from './commands.ts'
import type { Tx } from './platform/database.ts'

/** How long ended orders, calls and visits stay on a desk's stream: a business day and a bit. */
export const DESK_KEEPS_MS = 18 * 60 * 60_000
const MIN_CHANGES = 50

/**
 * Keeps streams as long as what is still of use: changes that a later one of the same record covers go,
 * what ended yesterday leaves the desk, and a closed visit's stream, which nobody may read, goes whole.
 * The records stay; only the way to them is shortened. A reader whose cursor is older is told to resync.
 */
export async function pruneStreams(door: DoorDeps): Promise<void> {
  const { read } = door.database
  const endedBeforeMs = door.clock.now() - DESK_KEEPS_MS
  const streams = await read.all<{ stream: string }>(
    sql`SELECT stream FROM changes GROUP BY stream HAVING COUNT(*) > ${MIN_CHANGES}`,
  )
  for (const { stream } of streams) {
    await door.writer.submit(async (tx) => {
      if (stream.startsWith('desk:')) await retireFromDesk(tx, stream, endedBeforeMs)
      await dropCovered(tx, stream)
      return { keep: true, value: undefined }
    })
  }
  await door.writer.submit(async (tx) => {
    await tx.run(sql`
      DELETE FROM changes WHERE stream IN (
        SELECT 'visit:' || id FROM visits WHERE status = 'closed' AND last_active_at_ms < ${endedBeforeMs}
          AND EXISTS (SELECT 1 FROM changes WHERE changes.stream = 'visit:' || visits.id) LIMIT 200)`)
    return { keep: true, value: undefined }
  })
}

async function dropCovered(tx: Tx, stream: string): Promise<void> {
  await tx.run(sql`
    DELETE FROM changes WHERE stream = ${stream} AND seq NOT IN (
      SELECT MAX(seq) FROM changes WHERE stream = ${stream} GROUP BY kind, record_id)`)
}

/** Whatever a person still has to look at (late, twice, short, a refund that failed …) stays until somebody has. */
const settledPayments = (endedBeforeMs: number) => sql`
  SELECT payments.id FROM payments JOIN bills ON bills.id = payments.bill_id
  WHERE bills.status = 'closed' AND payments.created_at_ms < ${endedBeforeMs}
    AND payments.status IN ('paid', 'credited', 'failed', 'expired', 'cancelled', 'refunded')
    AND NOT EXISTS (SELECT 1 FROM refunds
      WHERE refunds.payment_id = payments.id AND refunds.stage IN ('requested', 'sent', 'failed'))`

async function retireFromDesk(tx: Tx, stream: string, endedBeforeMs: number): Promise<void> {
  const ended = sql`
    stream = ${stream} AND seq < (SELECT MAX(seq) FROM changes WHERE stream = ${stream}) AND (
      (kind = 'order' AND record_id IN (SELECT id FROM orders
        WHERE status IN ('served', 'rejected', 'cancelled', 'no_show') AND placed_at_ms < ${endedBeforeMs}))
      OR (kind = 'call' AND record_id IN (SELECT id FROM calls
        WHERE state IN ('done', 'withdrawn') AND placed_at_ms < ${endedBeforeMs}))
      OR (kind = 'visit' AND record_id IN (SELECT id FROM visits
        WHERE status = 'closed' AND last_active_at_ms < ${endedBeforeMs}))
      OR (kind = 'visit_phone' AND substr(record_id, 1, 30) IN (SELECT id FROM visits
        WHERE status = 'closed' AND last_active_at_ms < ${endedBeforeMs}))
      OR (kind = 'bill' AND record_id IN (SELECT id FROM bills
        WHERE status = 'closed' AND opened_at_ms < ${endedBeforeMs}))
      OR (kind = 'payment' AND record_id IN (${settledPayments(endedBeforeMs)}))
      OR (kind = 'refund' AND record_id IN (SELECT id FROM refunds WHERE requested_at_ms < ${endedBeforeMs}
        AND payment_id IN (${settledPayments(endedBeforeMs)})))
      OR (kind = 'print' AND record_id IN (SELECT id FROM prints
        WHERE state = 'printed' AND next_at_ms < ${endedBeforeMs})))`
  const last = await tx.get<{ seq: number | null }>(sql`SELECT MAX(seq) AS seq FROM changes WHERE ${ended}`)
  if (!last?.seq) return
  await tx.run(sql`DELETE FROM changes WHERE ${ended}`)
  await tx.run(sql`
    INSERT INTO pruned_streams (stream, below_seq) VALUES (${stream}, ${last.seq + 1})
    ON CONFLICT (stream) DO UPDATE SET below_seq = excluded.below_seq`)
}
