import sql from 'sql-template-tag'
import type { Call } from '#shared/visits/call.ts'
import type { Context } from '../command.ts'
import { deskStream } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database/database.ts'
import { readRecord } from '../platform/database/records.ts'
import { customerStream, visitStream } from './visit.store.ts'

/** `is_admitted`: 1 when the phone that called has been let into the visit now at the table. */
type CallRow = { id: string; customer_id: string; state: Call['state']; is_admitted: number }

export async function readOpenCalls(reader: Reader, tableId: string): Promise<CallRow[]> {
  return reader.all<CallRow>(sql`
    SELECT calls.id AS id, calls.customer_id AS customer_id, calls.state AS state,
      CASE WHEN EXISTS (SELECT 1 FROM visits JOIN visit_phones ON visit_phones.visit_id = visits.id
        WHERE visits.table_id = calls.table_id AND visits.status = 'open'
          AND visit_phones.customer_id = calls.customer_id AND visit_phones.state = 'admitted')
      THEN 1 ELSE 0 END AS is_admitted
    FROM calls WHERE calls.table_id = ${tableId} AND calls.state IN ('open', 'taken')`)
}

/** How many calls this phone placed since then, whatever became of them. */
export async function countRecentCalls(reader: Reader, customerId: string, sinceMs: number): Promise<number> {
  const row = await reader.get<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM calls WHERE customer_id = ${customerId} AND placed_at_ms > ${sinceMs}`,
  )
  return Number(row?.n ?? 0)
}

export async function readCallOwner(reader: Reader, callId: string): Promise<string | undefined> {
  const row = await reader.get<{ customer_id: string }>(
    sql`SELECT customer_id FROM calls WHERE id = ${callId}`,
  )
  return row?.customer_id
}

export async function saveCall(context: Context, call: Call, customerId: string): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO calls (id, outlet_id, table_id, customer_id, visit_id, state, placed_at_ms)
    VALUES (${call.id}, ${call.outletId}, ${call.tableId}, ${customerId}, ${call.visitId}, ${call.state}, ${call.placedAtMs})
    ON CONFLICT (id) DO UPDATE SET state = excluded.state`)
  const visit = call.visitId && call.isPresent ? [visitStream(call.visitId)] : []
  await context.put('call', call, [customerStream(customerId), ...visit, deskStream(call.outletId)])
}

/** Ends the open calls from a table, all or those that are meant; whoever sits down next must not find them. */
export async function withdrawCalls(
  context: Context,
  tableId: string,
  isMeant: (call: CallRow) => boolean,
): Promise<void> {
  for (const row of (await readOpenCalls(context.tx, tableId)).filter(isMeant)) {
    const call = await readRecord<Call>(context.tx, 'call', row.id)
    if (!call) continue
    const ended = { ...call, rev: call.rev + 1, state: 'withdrawn' as const, doneAtMs: context.nowMs }
    await saveCall(context, ended, row.customer_id)
  }
}
