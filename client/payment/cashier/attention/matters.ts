// What needs a person: what happened to which payment, and what may be done about it. The reasons come
// from the payment's facts; what was settled by a later refund is no matter any more.

import { lackingRp, openMatters } from '#shared/payment/bill/refunding/open-matters.ts'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import { missedRpOf } from '#shared/payment/bill/refunding/uncounted.ts'
import { isPractice, type Payment, type Refund } from '#shared/payment/payment.ts'
import { type Attention, amountsOf } from '#shared/payment/payment-status.ts'
import type { BillView } from '../../bill/bill-view.ts'
import type { OverCause } from '../../bill/over-cause.ts'

/** `unasked`: the provider gave it back, and nobody here asked it to. The last three: paid and no longer owed, by its cause. */
type MatterKind = Attention | 'unasked' | 'cancelled_order' | 'discounted' | 'paid_too_much'
export type MatterDeed =
  | 'credit'
  | 'refund'
  | 'refund_cash'
  | 'collect'
  | 'look'
  | 'drop'
  | 'discount'
  | 'owe'
  | 'compare'

export type Matter = {
  readonly kind: MatterKind
  readonly payment: Payment
  /** The most sensible amount to give back, in rupiah; 0 where nothing is to be given back. For `unasked` what went. */
  readonly refundRp: number
  /** What a discount has to come to, for `unasked`: it holds for the whole bill. */
  readonly discountRp: number
  /** What is missing now, for `short`. */
  readonly missingRp: number
  /** Why the provider did not give it back, for `refund_failed`. */
  readonly failure: string | null
  /** The refund that failed last, for `refund_failed`. */
  readonly failedRefundId: string | null
  readonly deeds: readonly MatterDeed[]
}

/** Of several reasons the one that decides what to do; the others follow from it. */
const WEIGHT: readonly MatterKind[] = [
  'contradiction',
  'refund_failed',
  'late',
  'twice',
  'over',
  'short',
  'unasked',
  'over_refunded',
  'returned_more',
  'cancelled_order',
  'discounted',
  'paid_too_much',
]

const KIND_OF_CAUSE: Readonly<Record<OverCause, MatterKind>> = {
  cancelled: 'cancelled_order',
  discount: 'discounted',
  other: 'paid_too_much',
}

function deedsOf(kind: MatterKind, isGateway: boolean, openRp: number): readonly MatterDeed[] {
  switch (kind) {
    case 'late':
      // Crediting what nobody owes any more would only move the trouble to the bill.
      return openRp > 0 ? ['credit', 'refund'] : ['refund']
    case 'contradiction':
      return isGateway ? ['look', 'credit', 'refund'] : ['credit', 'refund']
    case 'short':
      return openRp > 0 ? ['collect', 'refund'] : ['refund']
    case 'refund_failed':
      return isGateway ? ['refund_cash', 'refund', 'drop'] : ['refund', 'drop']
    case 'unasked':
      return ['discount', 'owe']
    case 'over_refunded':
    case 'returned_more':
      return isGateway ? ['look', 'compare'] : ['compare']
    case 'twice':
    case 'over':
    case 'cancelled_order':
    case 'discounted':
    case 'paid_too_much':
      return ['refund']
  }
}

/** `planned`: why something of it is to go back, where nothing else happened to it. */
function reasonOf(
  open: readonly Attention[],
  planned: MatterKind | null,
  isUndecided: boolean,
): MatterKind | null {
  const reasons: readonly MatterKind[] = [...open, ...(isUndecided ? (['unasked'] as const) : [])]
  return WEIGHT.find((kind) => reasons.includes(kind)) ?? planned
}

/** The matters of a bill, oldest payment first. */
export function mattersOf(
  { sheet, standing, overCause }: Pick<BillView, 'sheet' | 'standing' | 'overCause'>,
  payments: readonly Payment[],
  refunds: readonly Refund[],
): readonly Matter[] {
  const planned = refundPlan(standing.overRp, payments)
  const plan = new Map(planned.map((each) => [each.paymentId, each.amountRp]))
  return [...payments]
    .sort((a, b) => a.createdAtMs - b.createdAtMs)
    .flatMap((payment): readonly Matter[] => {
      const plannedRp = plan.get(payment.id) ?? 0
      const missedRp = missedRpOf(payment)
      const open = openMatters(payment, sheet.orders, payments)
      const kind = reasonOf(open, plannedRp > 0 ? KIND_OF_CAUSE[overCause] : null, missedRp > 0)
      if (kind === null) return []
      const { refundableRp, receivedRp } = amountsOf(payment)
      const failed = refunds.filter(({ paymentId, stage }) => paymentId === payment.id && stage === 'failed')
      // What failed to go back may pay for something else by now: only what is still over goes.
      const wantedRp = kind === 'refund_failed' ? plannedRp : plannedRp || refundableRp
      const deeds = deedsOf(kind, payment.provider !== 'manual', standing.openRp)
      return [
        {
          kind,
          payment,
          refundRp: kind === 'unasked' ? missedRp : Math.min(wantedRp, refundableRp),
          discountRp: standing.undecidedRp,
          missingRp: Math.max(
            0,
            Math.min(payment.askedRp - receivedRp, lackingRp(payment, sheet.orders, payments)),
          ),
          failedRefundId: kind === 'refund_failed' ? (failed.at(-1)?.id ?? null) : null,
          failure: kind === 'refund_failed' ? (failed.at(-1)?.failure ?? null) : null,
          // What has gone back already cannot go back again, and what never came cannot leave the drawer.
          deeds: deeds.filter(
            (deed) =>
              ((kind === 'refund_failed' ? wantedRp : refundableRp) > 0 || !deed.startsWith('refund')) &&
              !(deed === 'refund_cash' && isPractice(payment)),
          ),
        },
      ]
    })
}
