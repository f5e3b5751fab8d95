import sql, { join, type Sql } from 'sql-template-tag'
import type { Reader } from '../platform/database/database.ts'
import { lists } from '../platform/database/lists.ts'
import { ended, unowed } from '../visits/order-statuses.store.ts'
import { visitOwes } from '../visits/visit.store.ts'

export type NamedRow = { kind: string; record_id: string }

export function nameOf({ kind, record_id }: NamedRow): string {
  return `${kind} ${record_id}`
}

/**
 * A table's visit that still has to pay: the cashier adds up what it owes from its records. One that was closed
 * without ever having a bill was settled elsewhere, or its day's list has shown it long enough.
 */
const isOwed = sql`visits.table_id IS NOT NULL AND ${visitOwes}
  AND (visits.status = 'open' OR EXISTS (SELECT 1 FROM bills AS of_visit WHERE of_visit.visit_id = visits.id))`

type Select = (ids: readonly string[], beforeMs: number) => Sql

export const selectClosedVisits: Select = (ids, beforeMs) => sql`
  SELECT id FROM visits WHERE id IN (${join(ids)}) AND status = 'closed' AND last_active_at_ms < ${beforeMs}`

/** Whatever a person still has to look at (late, twice, short, a refund that failed …) stays until somebody has. */
const isSettled = (beforeMs: number) => sql`
  bills.status = 'closed' AND payments.created_at_ms < ${beforeMs}
    AND NOT EXISTS (SELECT 1 FROM visits WHERE visits.id = bills.visit_id AND ${isOwed})
    AND payments.status IN ('paid', 'credited', 'failed', 'expired', 'cancelled', 'refunded')
    AND NOT EXISTS (SELECT 1 FROM refunds
      WHERE refunds.payment_id = payments.id AND refunds.stage IN ('requested', 'sent', 'failed'))`

/** Which of these records have ended for the desk, each looked up by its key. */
const endedByKind: Readonly<Record<string, Select>> = {
  order: (ids, beforeMs) => sql`
    SELECT id FROM orders WHERE id IN (${join(ids)})
      AND status IN ${ended} AND placed_at_ms < ${beforeMs}
      AND (status IN ${unowed}
        OR NOT EXISTS (SELECT 1 FROM visits WHERE visits.id = orders.visit_id AND ${isOwed}))`,
  call: (ids, beforeMs) => sql`
    SELECT id FROM calls WHERE id IN (${join(ids)})
      AND state IN ('done', 'withdrawn') AND placed_at_ms < ${beforeMs}`,
  visit: (ids, beforeMs) => sql`${selectClosedVisits(ids, beforeMs)} AND NOT (${isOwed})`,
  bill: (ids, beforeMs) => sql`
    SELECT id FROM bills WHERE id IN (${join(ids)}) AND status = 'closed' AND opened_at_ms < ${beforeMs}
      AND NOT EXISTS (SELECT 1 FROM visits WHERE visits.id = bills.visit_id AND ${isOwed})`,
  payment: (ids, beforeMs) => sql`
    SELECT payments.id AS id FROM payments JOIN bills ON bills.id = payments.bill_id
    WHERE payments.id IN (${join(ids)}) AND ${isSettled(beforeMs)}`,
  refund: (ids, beforeMs) => sql`
    SELECT asked.id AS id FROM refunds AS asked JOIN payments ON payments.id = asked.payment_id
      JOIN bills ON bills.id = payments.bill_id
    WHERE asked.id IN (${join(ids)}) AND asked.requested_at_ms < ${beforeMs} AND ${isSettled(beforeMs)}`,
  print: (ids, beforeMs) => sql`
    SELECT id FROM prints WHERE id IN (${join(ids)}) AND state = 'printed' AND next_at_ms < ${beforeMs}`,
}

/** A phone's place in a visit ends with it; its id begins with the visit's. */
const ownerOf = ({ kind, record_id }: NamedRow) =>
  kind === 'visit_phone' ? `visit ${record_id.split('.')[0]}` : `${kind} ${record_id}`

/** The names of the rows whose records have ended. */
export async function readEnded(
  read: Reader,
  rows: readonly NamedRow[],
  beforeMs: number,
): Promise<Set<string>> {
  const owners = new Set(rows.map(ownerOf))
  const ended = new Set<string>()
  for (const [kind, select] of Object.entries(endedByKind)) {
    const ids = [...owners]
      .filter((name) => name.startsWith(`${kind} `))
      .map((name) => name.slice(kind.length + 1))
    for (const some of lists(ids)) {
      for (const { id } of await read.all<{ id: string }>(select(some, beforeMs))) ended.add(`${kind} ${id}`)
    }
  }
  return new Set(rows.filter((row) => ended.has(ownerOf(row))).map(nameOf))
}
