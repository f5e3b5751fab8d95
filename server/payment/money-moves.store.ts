import sql from 'sql-template-tag'
import { businessDay } from '#shared/kernel/time.ts'
import { actorKey, actorName, type Context } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'

const MOVE_KINDS = [
  'received',
  'refunded',
  'credited',
  'confirmed',
  'cancelled',
  'discounted',
  'waived',
  'refund_dropped',
  'owed_again',
  'compared',
  'day_closed',
] as const

/** One line of the money's own record. `subject` makes its id: the same move cannot be written twice. */
export type MoneyMove = {
  readonly subject: string
  readonly kind: (typeof MOVE_KINDS)[number]
  readonly outletId: string
  readonly billId?: string
  readonly paymentId?: string
  readonly refundId?: string
  readonly method?: string
  readonly provider?: string
  readonly providerRef?: string | null
  /** Into the house above zero, out of it below; zero for a decision that moves none. */
  readonly amountRp: number
  /** The manager whose PIN stood behind it. */
  readonly approvedBy?: string | null
  readonly reason?: string
}

/** The outlet's business day now: a move is booked when it is learnt, so that closed books stay as they are. */
export async function bookingDay(context: Context, outletId: string): Promise<string> {
  const outlet = await readOutlet(context.tx, outletId)
  if (!outlet) throw new Error('Money moved at an outlet that is not known.')
  return businessDay(context.nowMs, outlet.zone, outlet.dayEndsAt)
}

/** Writes a move once and for ever; who and on which device follow from the context. */
export async function addMove(context: Context, move: MoneyMove): Promise<void> {
  const { actor, commandId, nowMs } = context
  const deviceId = actor.kind === 'staff' ? actor.deviceId : null
  const day = await bookingDay(context, move.outletId)
  await context.tx.run(sql`
    INSERT INTO money_moves (id, outlet_id, business_day, kind, bill_id, payment_id, refund_id, method, provider,
      provider_ref, amount_rp, actor, actor_name, approved_by, device_id, reason, command_id, at_ms)
    VALUES (${`${move.kind}:${move.subject}`}, ${move.outletId}, ${day}, ${move.kind}, ${move.billId ?? null},
      ${move.paymentId ?? null}, ${move.refundId ?? null}, ${move.method ?? null}, ${move.provider ?? null},
      ${move.providerRef ?? null}, ${move.amountRp}, ${actorKey(actor)}, ${actorName(actor)},
      ${move.approvedBy ?? null}, ${deviceId}, ${move.reason ?? ''}, ${commandId}, ${nowMs})`)
}
