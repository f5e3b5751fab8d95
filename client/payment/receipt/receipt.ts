import type { Bilingual } from '#shared/kernel/schema.ts'
import type { Zone } from '#shared/kernel/time.ts'
import type { OrderLine } from '#shared/ordering/order.ts'
import { type BillLine, type BillSheet, billLines } from '#shared/payment/bill/bill.ts'
import { orderedRp } from '#shared/payment/bill/ended-orders.ts'
import type { Payment, Refund } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'

type EndedOrder = { readonly number: number; readonly isRejected: boolean; readonly totalRp: number }

/** Kept whole on this phone, because the visit's records go when staff close it. */
export type KeptReceipt = {
  readonly payment: Payment
  readonly refunds: readonly Refund[]
  readonly sheet: BillSheet
  readonly numbers: Readonly<Record<string, number>>
  /** Ordered and not owed any more, where money went back; missing in receipts that were kept before it was. */
  readonly ended?: readonly EndedOrder[]
  readonly outlet: {
    readonly name: string
    readonly chainName: string
    readonly address: string
    readonly zone: Zone
  }
  readonly tableLabel: string | null
  /** What a pick-up is called by; missing in receipts that were kept before it was. */
  readonly pickupCode?: string | null
  /** The bill's code: by it the bar finds the bill again. */
  readonly code: string
}

type ReceiptLine = {
  readonly name: Bilingual
  readonly choices: readonly Bilingual[]
  readonly quantity: number
  readonly amountRp: number
  /** Cups of this line that this very payment was for; null where it was not paid by cups. */
  readonly own: number | null
}

export type Receipt = {
  readonly orders: readonly { readonly number: number; readonly lines: readonly ReceiptLine[] }[]
  readonly charges: readonly Exclude<BillLine, { kind: 'item' | 'rounding' }>[]
  /** What of the order ended; empty where nothing did. Ordered − ended = total, where ordered can be said. */
  readonly ended: readonly EndedOrder[]
  readonly orderedRp: number | null
  readonly totalRp: number
  readonly receivedRp: number
  readonly returnedRp: number
  /** From the payment's own facts: what a provider gave back by itself has no record of ours. */
  readonly refunds: Payment['facts']['refunds']
  readonly atMs: number
}

function ownCups(payment: Payment, orderId: string, line: number): number | null {
  if (payment.part.kind !== 'items') return null
  return payment.part.unitKeys.filter((key) => key.startsWith(`${orderId}/${line}/`)).length
}

function lineOf(line: OrderLine, own: number | null): ReceiptLine {
  return {
    name: line.name,
    choices: line.choices.map((choice) => choice.name),
    quantity: line.quantity,
    amountRp: line.unitRp * line.quantity,
    own,
  }
}

/** The receipt with what has become of its payment since: money goes back when the visit is long over. */
export function renewed(
  kept: KeptReceipt,
  payments: readonly Payment[],
  refunds: readonly Refund[],
): KeptReceipt {
  const later = payments.find(({ id, rev }) => id === kept.payment.id && rev > kept.payment.rev)
  if (!later) return kept
  return { ...kept, payment: later, refunds: refunds.filter(({ paymentId }) => paymentId === later.id) }
}

/** Everything that is on the receipt of one payment: the whole bill, and what of it this payment was. */
export function receiptOf({ payment, sheet, numbers, ended = [] }: KeptReceipt): Receipt {
  const { receivedRp, returnedRp } = amountsOf(payment)
  const charges = billLines(sheet).flatMap((line) =>
    line.kind === 'item' || line.kind === 'rounding' ? [] : [line],
  )
  return {
    orders: sheet.orders.map(({ orderId, lines }) => ({
      number: numbers[orderId] ?? 0,
      lines: lines.map((line, index) => lineOf(line, ownCups(payment, orderId, index))),
    })),
    charges,
    ended,
    orderedRp: orderedRp(
      sheet,
      ended.reduce((sum, { totalRp }) => sum + totalRp, 0),
    ),
    totalRp: sheet.sums.totalRp,
    receivedRp,
    returnedRp,
    refunds: payment.facts.refunds,
    atMs: Math.max(payment.createdAtMs, ...payment.facts.receipts.map((receipt) => receipt.atMs)),
  }
}
