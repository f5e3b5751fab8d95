import sql from 'sql-template-tag'
import type { Reader, Tx } from '../platform/database/database.ts'

// What strangers at a table tried: guesses at the word, and askings to join.

export type WordTries = { readonly ofPhone: number; readonly ofTable: number; readonly ofOutlet: number }
type Guesser = { readonly customerId: string; readonly tableId: string; readonly outletId: string }

/** Wrong words of the phone and its table after `sinceMs`, and of the outlet since its word stands there. */
export async function countWordTries(
  reader: Reader,
  { customerId, tableId, outletId }: Guesser,
  sinceMs: number,
  wordSinceMs: number,
): Promise<WordTries> {
  const row = await reader.get<{ of_phone: number; of_table: number; of_outlet: number }>(sql`
    SELECT (SELECT COUNT(*) FROM word_tries WHERE customer_id = ${customerId} AND at_ms > ${sinceMs}) AS of_phone,
      (SELECT COUNT(*) FROM word_tries WHERE table_id = ${tableId} AND at_ms > ${sinceMs}) AS of_table,
      (SELECT COUNT(*) FROM word_tries WHERE outlet_id = ${outletId} AND at_ms >= ${wordSinceMs}) AS of_outlet`)
  return { ofPhone: row?.of_phone ?? 0, ofTable: row?.of_table ?? 0, ofOutlet: row?.of_outlet ?? 0 }
}

export async function noteWordTry(
  tx: Tx,
  { customerId, tableId, outletId }: Guesser,
  nowMs: number,
  sinceMs: number,
): Promise<void> {
  // What counts no longer goes at once, so that there are never many.
  await tx.run(sql`DELETE FROM word_tries WHERE outlet_id = ${outletId} AND at_ms <= ${sinceMs}`)
  await tx.run(sql`
    INSERT INTO word_tries (customer_id, table_id, outlet_id, at_ms)
    VALUES (${customerId}, ${tableId}, ${outletId}, ${nowMs})`)
}

/** Phones that asked to join at this table after `sinceMs`. */
export async function countAsks(reader: Reader, tableId: string, sinceMs: number): Promise<number> {
  const row = await reader.get<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM visit_asks WHERE table_id = ${tableId} AND at_ms > ${sinceMs}`,
  )
  return row?.n ?? 0
}

export async function noteAsk(tx: Tx, tableId: string, nowMs: number, sinceMs: number): Promise<void> {
  await tx.run(sql`DELETE FROM visit_asks WHERE table_id = ${tableId} AND at_ms <= ${sinceMs}`)
  await tx.run(sql`INSERT INTO visit_asks (table_id, at_ms) VALUES (${tableId}, ${nowMs})`)
}
