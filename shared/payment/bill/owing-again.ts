// Whether a refund makes a bill that was paid owe again. Who is given money back for a bad cup gets a
// discount first, so that the books and the tax follow; who pays in another way says so. What a person has
// to put right anyhow (too much, too late, too little) goes back without being asked. The till asks by this
// rule before a manager is called, the server again before anything is written.
import type { Bill, Payment } from '../payment.ts'
import { advancePayment, attentionTo } from '../payment-status.ts'
import { standingOf } from './standing.ts'

type Refunding = {
  readonly bill: Pick<Bill, 'closedAtMs'>
  readonly owedRp: number
  /** All of the bill. */
  readonly payments: readonly Payment[]
  readonly payment: Payment
  readonly refundId: string
  readonly amountRp: number
}

/** What the bill would owe after this refund, in rupiah, where it owes less now; else null. */
export function owesAfterRefund(refunding: Refunding): number | null {
  const { bill, owedRp, payments, payment, refundId, amountRp } = refunding
  if (bill.closedAtMs !== null || attentionTo(payment).length > 0) return null
  const after = advancePayment(payment, { kind: 'refund', refundId, amountRp, stage: 'succeeded', atMs: 0 })
  const others = payments.filter(({ id }) => id !== payment.id)
  const { remainderRp } = standingOf(owedRp, [...others, after])
  return remainderRp > standingOf(owedRp, payments).remainderRp ? remainderRp : null
}
