import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { type CommandRefusal, type Context, worksAt } from '../command.ts'
import { readAwaitedOf } from '../ordering/pay-first.store.ts'
import { readPhoneOf } from '../visits/visit.store.ts'
import { readBill } from './bills/bill.store.ts'
import { readPayment, readPaymentRow } from './payment.store.ts'

/**
 * A bill and who asks about it: a phone of its visit, or the house. `onlyOrderIds`: a phone that nobody has
 * let in yet, where orders are paid first; it may pay for those orders of its own, and is told no more.
 */
export type Member = {
  readonly bill: Bill
  readonly phone: number | null
  readonly onlyOrderIds: ReadonlySet<string> | null
}

type PhoneInVisit = Pick<Member, 'onlyOrderIds'> & { readonly number: number }

/** The phone's part in the visit; null for one that has none to speak of. */
export async function phoneIn(context: Context, visitId: string | null): Promise<PhoneInVisit | null> {
  const { actor, tx } = context
  if (visitId === null || actor.kind !== 'customer') return null
  const row = await readPhoneOf(tx, visitId, actor.id)
  if (row?.state === 'admitted') return { number: row.number, onlyOrderIds: null }
  if (row?.state !== 'asking') return null
  // Paying is how such a phone proves that it is there.
  const awaited = await readAwaitedOf(tx, visitId, actor.id)
  return awaited.length === 0 ? null : { number: row.number, onlyOrderIds: new Set(awaited) }
}

/** The bill for a phone of its visit or for staff of its outlet; to anybody else it is unknown. */
export async function memberOf(context: Context, billId: string): Promise<Result<Member, CommandRefusal>> {
  const bill = await readBill(context.tx, billId)
  if (!bill) return refuse({ code: 'bill.unknown' })
  if (context.actor.kind === 'customer') {
    const phone = await phoneIn(context, bill.visitId)
    if (phone === null) return refuse({ code: 'bill.unknown' })
    return ok({ bill, phone: phone.number, onlyOrderIds: phone.onlyOrderIds })
  }
  return worksAt(context.actor, bill.outletId)
    ? ok({ bill, phone: null, onlyOrderIds: null })
    : refuse({ code: 'session.wrong_outlet' })
}

/** The payment with its bill, under the same rule; a phone that only asks keeps its own. */
export async function payerOf(
  context: Context,
  paymentId: string,
): Promise<Result<Member & { readonly payment: Payment }, CommandRefusal>> {
  const payment = await readPayment(context.tx, paymentId)
  if (!payment) return refuse({ code: 'payment.unknown' })
  const member = await memberOf(context, payment.billId)
  if (member.ok) {
    const isOthers = member.value.onlyOrderIds !== null && !(await isOwn(context, paymentId))
    return isOthers ? refuse({ code: 'payment.unknown' }) : ok({ ...member.value, payment })
  }
  if (member.refusal.code !== 'bill.unknown') return member
  const bill = await readBill(context.tx, payment.billId)
  const isStillAsking = bill && (await isAsking(context, bill.visitId)) && (await isOwn(context, paymentId))
  if (!isStillAsking) return refuse({ code: 'payment.unknown' })
  return ok({ bill, phone: payment.phone, onlyOrderIds: new Set(), payment })
}

async function isOwn({ actor, tx }: Context, paymentId: string): Promise<boolean> {
  const row = await readPaymentRow(tx, paymentId)
  return actor.kind === 'customer' && row?.customer_id === actor.id
}

async function isAsking({ actor, tx }: Context, visitId: string | null): Promise<boolean> {
  if (visitId === null || actor.kind !== 'customer') return false
  return (await readPhoneOf(tx, visitId, actor.id))?.state === 'asking'
}
