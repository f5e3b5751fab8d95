import sql from 'sql-template-tag'
import { businessDay } from '#shared/kernel/time.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Bill } from '#shared/payment/payment.ts'
import type { Reader } from '../../platform/database/database.ts'
import { readBill } from '../bills/bill.store.ts'
import type { MoveRow } from './day.store.ts'

/** What the book of money's moves says of a discount; the bill itself, which guests read, says none of it. */
type GivenDiscount = {
  readonly amountRp: number
  readonly reason: string
  /** Who was signed in, and the manager whose PIN stood behind it. */
  readonly by: string | null
  readonly approvedBy: string | null
  readonly atMs: number
}

export type DayDiscount = GivenDiscount & {
  readonly billId: string
  readonly tableLabel: string | null
  readonly code: string
}

/** "gelas pecah (5000 Rp)" is kept as one text. */
export function partsOfReason(reason: string): { readonly reason: string; readonly amountRp: number | null } {
  const [, words = reason, rp] = /^(.*) \((\d+) Rp\)$/s.exec(reason) ?? []
  return { reason: words, amountRp: rp === undefined ? null : Number(rp) }
}

type Row = Pick<MoveRow, 'at_ms' | 'actor_name' | 'approved_by' | 'reason'>

function givenOf(row: Row): GivenDiscount {
  const { reason, amountRp } = partsOfReason(row.reason)
  const { actor_name: by, approved_by: approvedBy, at_ms: atMs } = row
  return { amountRp: amountRp ?? 0, reason, by, approvedBy, atMs }
}

/** The discount that the bill has now: the last that was given. */
export async function readDiscount(
  reader: Reader,
  bill: Bill,
  outlet: Outlet,
): Promise<GivenDiscount | null> {
  if (bill.discount === null) return null
  // Moves are found by their day: none of a bill is older than the bill.
  const sinceDay = businessDay(bill.openedAtMs, outlet.zone, outlet.dayEndsAt)
  const row = await reader.get<Row>(sql`
    SELECT at_ms, actor_name, approved_by, reason FROM money_moves
    WHERE outlet_id = ${outlet.id} AND business_day >= ${sinceDay} AND bill_id = ${bill.id} AND kind = 'discounted'
    ORDER BY at_ms DESC, id DESC LIMIT 1`)
  return row ? givenOf(row) : null
}

/** Every discount among a day's moves, one that was changed or taken away again with it. */
export async function discountsOf(
  reader: Reader,
  moves: readonly MoveRow[],
): Promise<readonly DayDiscount[]> {
  const discounts: DayDiscount[] = []
  for (const move of moves) {
    const bill = move.kind === 'discounted' && move.bill_id ? await readBill(reader, move.bill_id) : undefined
    if (bill)
      discounts.push({ ...givenOf(move), billId: bill.id, tableLabel: bill.tableLabel, code: bill.code })
  }
  return discounts
}
