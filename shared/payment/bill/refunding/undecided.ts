// Money that a provider gave back and nobody here asked it to: in its own pages, or taken back by a bank.
// Whether the guests pay it again is for a person to decide. Until then it is missing in the books, a matter
// at the till, and asked of nobody: the bill owes what it owed before. What was due to go back is decided by
// that (see settling.ts), also by a discount that covers it; else somebody says that it is to be paid again.
import { isNamedByProvider, isProvidersSum, type PaymentEvent, type RefundFact } from '../../payment-facts.ts'
import type { PaymentState } from '../../payment-status.ts'

export function undecidedRpOf({ refundId, amountRp, stage, decidedRp = 0 }: RefundFact): number {
  const isForeign = isNamedByProvider(refundId) || isProvidersSum(refundId)
  return isForeign && stage === 'succeeded' ? Math.max(0, amountRp - decidedRp) : 0
}

/** The payment as if what nobody has decided about had not gone back. */
export function beforeUndecided<P extends PaymentState>(payment: P): P {
  const { facts } = payment
  if (facts.refunds.every((refund) => undecidedRpOf(refund) === 0)) return payment
  const refunds = facts.refunds.flatMap((refund) => {
    const amountRp = refund.amountRp - undecidedRpOf(refund)
    return amountRp > 0 ? [{ ...refund, amountRp }] : []
  })
  return { ...payment, facts: { ...facts, refunds } }
}

/** A person has looked at all that went back of this payment: from now on its bill follows it. */
export function decisionsAbout({ facts }: PaymentState, atMs: number): readonly PaymentEvent[] {
  return facts.refunds
    .filter((refund) => undecidedRpOf(refund) > 0)
    .map(({ refundId, amountRp, stage }) => ({
      kind: 'refund',
      refundId,
      amountRp,
      stage,
      decidedRp: amountRp,
      atMs,
    }))
}
