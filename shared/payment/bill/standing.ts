// How a bill stands while several people pay it: what is paid, what is being paid, what is left to take,
// and what has to go back. Money for the bill is counted before the tip; cash rounding closes its own
// gap. When an order is cancelled after a part was paid, the bill owes less, and whatever was paid
// beyond it is to be returned to whoever paid it, also while another guest still owes; see refund-plan.ts. What
// a provider gave back unasked stands as if it were still here until it is decided:
// paid + remainder + undecided = owed + over, always.
import type { BILL_STATUSES, Payment } from '../payment.ts'
import { ownRefundsOf, type RefundFact } from '../payment-facts.ts'
import { amountsOf } from '../payment-status.ts'
import { beforeUndecided } from './refunding/undecided.ts'

export type Counted = Pick<
  Payment,
  'amountRp' | 'roundingRp' | 'askedRp' | 'facts' | 'status' | 'covers' | 'freedRp'
>
export type BillStatus = (typeof BILL_STATUSES)[number]

export type Standing = {
  readonly owedRp: number
  /** The line "Pembulatan": owed + rounding is what the bill comes to. */
  readonly roundingRp: number
  readonly paidRp: number
  /** In codes that are shown now and may still be paid. */
  readonly pendingRp: number
  /** Owed and not paid, and asked for: without what is undecided. */
  readonly remainderRp: number
  /** Missing since a provider gave money back that nobody here asked it to: waits for a person; see undecided.ts. */
  readonly undecidedRp: number
  /** Of the remainder, what nobody is paying at this moment: a further part may take it. */
  readonly openRp: number
  readonly tipRp: number
  /** Paid for orders that are no longer owed. */
  readonly overRp: number
  /** Received beyond what was asked, late or in doubt: waits for a person. */
  readonly excessRp: number
  /** Refunds under way. */
  readonly returningRp: number
  readonly isPaid: boolean
}

/** What the counting money of a payment is for; the three add up to it. */
type PaymentParts = {
  readonly towardsBillRp: number
  readonly roundingRp: number
  readonly tipRp: number
}

/**
 * What never came is missing of the tip first. Of what went back the tip's is what is written on each refund that
 * was asked for here, and all of those that say nothing, by earlier versions; see refunding/tip-back.ts. What a
 * provider gave back unasked is the bill's, and the tip's only beyond it. Rounding goes with the last of the bill's
 * money; where it has left the bill none, with the last of all.
 */
export function partsOf(payment: Counted): PaymentParts {
  const { cameRp, countingRp } = amountsOf(payment)
  if (countingRp === 0) return { towardsBillRp: 0, roundingRp: 0, tipRp: 0 }
  const { roundingRp: roundedRp, facts } = payment
  const partRp = payment.amountRp + roundedRp
  const done = facts.refunds.filter(({ stage }) => stage === 'succeeded')
  const stayingRp = Math.max(0, cameRp - partRp - tipsOf(done))
  const tipRp = Math.max(countingRp - partRp, Math.min(countingRp, stayingRp))
  const billRp = countingRp - tipRp
  const isRounded = billRp >= roundedRp && (billRp > 0 || partRp <= 0)
  const roundingRp = isRounded ? roundedRp : 0
  return { towardsBillRp: billRp - roundingRp, roundingRp, tipRp }
}

const tipsOf = (refunds: readonly RefundFact[]) =>
  ownRefundsOf({ refunds }).reduce((sum, { amountRp, tipRp = amountRp }) => sum + tipRp, 0)

/** What of a payment is on its way back, as far as it is here. First goes what counts for nothing. */
export function leavingOf(payment: Counted) {
  const { excessRp, returningRp } = amountsOf(payment)
  const here = partsOf(payment)
  const leaving = payment.facts.refunds.filter(({ stage }) => stage === 'requested' || stage === 'sent')
  const tipRp = Math.min(here.tipRp, tipsOf(leaving))
  const leavingExcessRp = Math.min(excessRp, returningRp - tipRp)
  const hereRp = Math.max(0, here.towardsBillRp + here.roundingRp)
  const billRp = Math.min(hereRp, returningRp - tipRp - leavingExcessRp)
  return { excessRp: leavingExcessRp, tipRp, billRp }
}

/** What the money of a payment for the bill is for; the three add up to it. */
type PaymentUses = {
  /** The orders that it is kept for. */
  readonly coveringRp: number
  /** Pays for no order, and is its payer's: of orders that have ended, or left over by a discount. */
  readonly freedRp: number
  /** Taken at the till for no cups: for whatever nobody else pays for. */
  readonly looseRp: number
}

/** By what it held before what nobody has decided about went back. */
export function usesOf(payment: Counted): PaymentUses {
  const heldRp = partsOf(beforeUndecided(payment)).towardsBillRp
  const coversRp = (payment.covers ?? []).reduce((sum, { amountRp }) => sum + amountRp, 0)
  const coveringRp = Math.min(heldRp, coversRp)
  const freedRp = Math.min(heldRp - coveringRp, payment.freedRp ?? 0)
  return { coveringRp, freedRp, looseRp: heldRp - coveringRp - freedRp }
}

/** Where a bill of `owedRp` stands with these payments. */
export function standingOf(owedRp: number, payments: readonly Counted[]): Standing {
  const parts = payments.map(partsOf)
  const uses = payments.map(usesOf)
  const amounts = payments.map((payment) => amountsOf(payment))
  const sumOf = <T>(list: readonly T[], amountRp: (one: T) => number) =>
    list.reduce((sum, one) => sum + amountRp(one), 0)
  const paidRp = sumOf(parts, (part) => part.towardsBillRp)
  const pendingRp = sumOf(payments, ({ status, amountRp }) => (status === 'pending' ? amountRp : 0))
  const beforeRp = sumOf(payments, (payment) => partsOf(beforeUndecided(payment)).towardsBillRp)
  const remainderRp = Math.max(0, owedRp - sumOf(uses, (use) => use.coveringRp + use.looseRp))
  const overRp = beforeRp - owedRp + remainderRp
  const excessRp = sumOf(amounts, (one) => one.excessRp)
  return {
    owedRp,
    roundingRp: sumOf(parts, (part) => part.roundingRp),
    paidRp,
    pendingRp,
    remainderRp,
    undecidedRp: beforeRp - paidRp,
    openRp: Math.max(0, remainderRp - pendingRp),
    tipRp: sumOf(parts, (part) => part.tipRp),
    overRp,
    excessRp,
    returningRp: sumOf(amounts, (one) => one.returningRp),
    isPaid: remainderRp === 0,
  }
}

/** The status of a bill: void when nothing is owed and nothing was paid, closed when staff closed it. */
export function billStatusOf(standing: Standing, orders: number, isClosed: boolean): BillStatus {
  if (isClosed) return 'closed'
  if (orders === 0 && standing.paidRp === 0) return 'void'
  return standing.isPaid ? 'paid' : 'open'
}
