import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { type CommandRefusal, type Context, worksAt } from '../command.ts'
import { readPhoneOf } from '../visits/visit.store.ts'
import { readBill } from './bill.store.ts'
import { readPayment } from './payment.store.ts'

/** A bill and who asks about it: a phone of its visit, or the house. */
export type Member = { readonly bill: Bill; readonly phone: number | null }

/** The phone's number when it was admitted to the visit; what a stranger is told is that there is nothing. */
export async function phoneIn(context: Context, visitId: string | null): Promise<number | null> {
  const { actor } = context
  if (visitId === null || actor.kind !== 'customer') return null
  const row = await readPhoneOf(context.tx, visitId, actor.id)
  return row?.state === 'admitted' ? row.number : null
}

/** The bill for a phone of its visit or for staff of its outlet; to anybody else it is unknown. */
export async function memberOf(context: Context, billId: string): Promise<Result<Member, CommandRefusal>> {
  const bill = await readBill(context.tx, billId)
  if (!bill) return refuse({ code: 'bill.unknown' })
  if (context.actor.kind === 'customer') {
    const phone = await phoneIn(context, bill.visitId)
    return phone === null ? refuse({ code: 'bill.unknown' }) : ok({ bill, phone })
  }
  return worksAt(context.actor, bill.outletId)
    ? ok({ bill, phone: null })
    : refuse({ code: 'session.wrong_outlet' })
}

/** The payment with its bill, under the same rule. */
export async function payerOf(
  context: Context,
  paymentId: string,
): Promise<Result<Member & { readonly payment: Payment }, CommandRefusal>> {
  const payment = await readPayment(context.tx, paymentId)
  if (!payment) return refuse({ code: 'payment.unknown' })
  const member = await memberOf(context, payment.billId)
  if (!member.ok) return member.refusal.code === 'bill.unknown' ? refuse({ code: 'payment.unknown' }) : member
  return ok({ ...member.value, payment })
}
