// Whether a refund makes a bill that was paid owe again, also one whose party has gone. Who is given money back
// for a bad cup gets a discount first, so that the books and the tax follow; who pays in another way says so. What
// counts for nothing (too much, too late) goes back without being asked. The till asks by this rule before a
// manager is called, the server again before anything is written.
import type { Payment } from '../../payment.ts'
import { advancePayment } from '../../payment-status.ts'
import { type Owed, sumRp } from '../covering.ts'
import { settle } from '../settling.ts'
import { standingOf } from '../standing.ts'
import { withTipsTold } from './tip-back.ts'

type Refunding = {
  /** What the bill collects now. */
  readonly orders: readonly Owed[]
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
  const { orders, payment, refundId, amountRp } = refunding
  const totalRp = sumRp(orders.map((order) => order.totalRp))
  // As the bill is kept then: what is over of other money may take the place of what goes.
  const remainderRpOf = (payments: readonly Payment[]) => {
    const before = { orders, sums: { totalRp } }
    return standingOf(totalRp, settle({ before, orders, isDiscounted: false, payments, nowMs: 0 }))
      .remainderRp
  }
  const asked = { kind: 'refund', refundId, amountRp, stage: 'requested', atMs: 0 } as const
  const after = withTipsTold(advancePayment(payment, asked))
  const payments = refunding.payments.map((one) => (one.id === payment.id ? payment : one))
  const owesRp = remainderRpOf(payments.map((one) => afterLeaving(one === payment ? after : one)))
  return owesRp > remainderRpOf(payments.map(afterLeaving)) ? owesRp : null
}
