// Whose the money is that somebody here gives back of a payment with a tip. It is written on the refund once, when
// the bill first hears of it, and holds from then on: what is over goes first; what is beyond that is the tip,
// where it is no more than the tip, and else the bill's, so that the tip goes last, with the whole.
import { ownRefundsOf } from '../../payment-facts.ts'
import { advancePayment, amountsOf, type PaymentState } from '../../payment-status.ts'
import { type Counted, leavingOf, partsOf, usesOf } from '../standing.ts'

/** What of `amountRp`, which goes back of `payment` now, is the tip's. */
function tipOfRefund(payment: Counted, amountRp: number): number {
  const { towardsBillRp, roundingRp, tipRp } = partsOf(payment)
  const leaving = leavingOf(payment)
  const { freedRp, looseRp } = usesOf(payment)
  // Payments of earlier versions say nothing of what is over of them.
  const freeRp = payment.covers ? Math.min(freedRp + looseRp, towardsBillRp) : 0
  const overRp = freeRp === towardsBillRp ? freeRp + roundingRp : freeRp
  const excessRp = amountsOf(payment).excessRp - leaving.excessRp
  const leftRp = tipRp - leaving.tipRp
  const beyondRp = Math.max(0, amountRp - excessRp - Math.max(0, overRp - leaving.billRp))
  if (beyondRp <= leftRp) return beyondRp
  const billRp = Math.max(0, towardsBillRp + roundingRp - leaving.billRp)
  return Math.min(leftRp, Math.max(0, amountRp - excessRp - billRp))
}

/** What came late or in doubt may be counted later: what goes back of it is told as it will be then. */
const ifCounted = <P extends PaymentState>(payment: P): P => ({
  ...payment,
  facts: { ...payment.facts, creditedAtMs: 0 },
})

/** The payment with the tip's share written on each refund of ours; the very same where that is known. */
export function withTipsTold<P extends Counted & PaymentState>(payment: P): P {
  if (payment.askedRp === payment.amountRp + payment.roundingRp) return payment
  const { facts } = payment
  const untold = ownRefundsOf(facts).filter(
    ({ stage, tipRp }) => tipRp === undefined && stage !== 'failed' && stage !== 'dropped',
  )
  if (untold.length === 0) return payment
  const begin: P = {
    ...payment,
    facts: { ...facts, refunds: facts.refunds.filter((one) => !untold.includes(one)) },
  }
  return untold.reduce<P>((told, refund) => {
    const tipRp = tipOfRefund(ifCounted(told), refund.amountRp)
    return advancePayment(told, { kind: 'refund', ...refund, tipRp, atMs: 0 })
  }, begin)
}
