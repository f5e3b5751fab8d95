// Whether a refund makes a bill that was paid owe again, also one whose party has gone. Who is given money back
// for a bad cup gets a discount first, so that the books and the tax follow; who pays in another way says so. What
// counts for nothing (too much, too late) goes back without being asked. The till asks by this rule before a
// manager is called, the server again before anything is written.
import type { Payment } from '../../payment.ts'
import { advancePayment } from '../../payment-status.ts'
import { standingOf } from '../standing.ts'
import { withTipsTold } from './tip-back.ts'

type Refunding = {
  readonly owedRp: number
  /** All of the bill. */
  readonly payments: readonly Payment[]
  readonly payment: Payment
  readonly refundId: string
  readonly amountRp: number
}

/** As if all that is under way back had arrived: who asked for it was asked then. */
function afterLeaving(payment: Payment): Payment {
  return payment.facts.refunds
    .filter(({ stage }) => stage === 'requested' || stage === 'sent')
    .reduce<Payment>(
      (gone, refund) => advancePayment(gone, { kind: 'refund', ...refund, stage: 'succeeded', atMs: 0 }),
      payment,
    )
}

/** What the bill would owe after this refund, in rupiah, where it owes less now; else null. */
export function owesAfterRefund(refunding: Refunding): number | null {
  const { owedRp, payment, refundId, amountRp } = refunding
  const payments = refunding.payments.map(afterLeaving)
  const asked = { kind: 'refund', refundId, amountRp, stage: 'requested', atMs: 0 } as const
  const after = afterLeaving(withTipsTold(advancePayment(payment, asked)))
  const others = payments.filter(({ id }) => id !== payment.id)
  const { remainderRp } = standingOf(owedRp, [...others, after])
  return remainderRp > standingOf(owedRp, payments).remainderRp ? remainderRp : null
}
