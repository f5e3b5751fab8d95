import { type Bill, isPractice, type Payment } from '#shared/payment/payment.ts'
import type { PaymentEvent, PaymentFacts, Receipt, RefundFact } from '#shared/payment/payment-facts.ts'
import { advancePayment } from '#shared/payment/payment-status.ts'
import type { Context } from '../command.ts'
import { keepBill } from './bills/bill-keeping.ts'
import { addMove } from './money-moves.store.ts'
import { changePayment, readRefund } from './payment.store.ts'

/** What stands behind a fact that a person adds. */
export type Because = { readonly reason?: string; readonly approvedBy?: string | null }

/** Names money that a person vouches for; once a payment. Phones read it: a command's id is nobody else's to know. */
export function handRefOf({ id }: Payment): string {
  return `hand:${id}`
}

function newReceipts(before: PaymentFacts, after: PaymentFacts): readonly Receipt[] {
  const isKnown = ({ ref, amountRp }: Receipt) =>
    before.receipts.some((known) => known.ref === ref && known.amountRp === amountRp)
  return after.receipts.filter((receipt) => !isKnown(receipt))
}

function doneRefunds(facts: PaymentFacts): readonly RefundFact[] {
  return facts.refunds.filter(({ stage }) => stage === 'succeeded')
}

/**
 * Books a refund that is done: out of the drawer where it was handed back, else the way it came. Of a sum that
 * grew, what it grew by.
 */
async function bookRefund(
  context: Context,
  payment: Payment,
  { refundId, amountRp }: RefundFact,
  bookedRp: number,
): Promise<void> {
  const refund = await readRefund(context.tx, refundId)
  await addMove(context, {
    ...subjectOf(payment),
    // What never came as money cannot leave the drawer.
    ...(refund?.way === 'cash' && !isPractice(payment) ? { method: 'cash', provider: 'manual' } : {}),
    kind: 'refunded',
    subject: bookedRp === 0 ? refundId : `${refundId}:${amountRp}`,
    refundId,
    providerRef: refund?.providerRef ?? null,
    amountRp: bookedRp - amountRp,
    approvedBy: refund?.deed?.name ?? null,
    reason: refund?.deed?.reason ?? 'at the provider',
  })
}

/** The payment after these events, told to nobody yet. */
function withEvents(payment: Payment, events: readonly PaymentEvent[]): Payment {
  return events.reduce<Payment>((one, event) => advancePayment(one, event), payment)
}

/** True when these events say of the payment what was not known. */
export function isNews(payment: Payment, events: readonly PaymentEvent[]): boolean {
  return JSON.stringify(withEvents(payment, events).facts) !== JSON.stringify(payment.facts)
}

/**
 * Stores a payment after further events: its record, each new receipt in the money's own record, and the
 * bill as it then stands. `change` is what else becomes of the payment.
 */
export async function learn(
  context: Context,
  bill: Bill,
  payment: Payment,
  events: readonly PaymentEvent[],
  { change = {}, ...because }: Because & { readonly change?: Partial<Payment> } = {},
): Promise<Payment> {
  const after = withEvents({ ...payment, ...change }, events)
  for (const { ref, amountRp } of newReceipts(payment.facts, after.facts)) {
    await addMove(context, {
      ...because,
      ...subjectOf(after),
      kind: 'received',
      subject: `${payment.id}:${ref}:${amountRp}`,
      providerRef: ref,
      amountRp,
    })
  }
  const booked = new Map(doneRefunds(payment.facts).map(({ refundId, amountRp }) => [refundId, amountRp]))
  for (const refund of doneRefunds(after.facts)) {
    const bookedRp = booked.get(refund.refundId) ?? 0
    if (refund.amountRp > bookedRp) await bookRefund(context, after, refund, bookedRp)
  }
  const changed = await changePayment(context, bill, after)
  await keepBill(context, bill)
  return changed
}

/** What a move of this payment is about. */
export function subjectOf(payment: Payment) {
  const { id, billId, outletId, method, provider } = payment
  return { paymentId: id, billId, outletId, method, provider }
}
