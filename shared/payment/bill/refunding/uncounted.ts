// Money that a person has to decide about, by each payment: what becomes of another decides nothing about this one.
// It came and counts for nothing (late, too much, twice or in doubt), until it is on its way back; or it went back
// and nobody here asked for that.
import { amountsOf } from '../../payment-status.ts'
import { type Counted, leavingOf, standingOf } from '../standing.ts'

/** What of these payments counts for nothing and is not on its way back, in rupiah. */
export function uncountedRpOf(payments: readonly Counted[]): number {
  return payments.reduce((sum, payment) => sum + amountsOf(payment).excessRp - leavingOf(payment).excessRp, 0)
}

/** What went back of this payment unasked, as its bill misses it until somebody decides, in rupiah. */
export function missedRpOf(payment: Counted): number {
  return standingOf(0, [payment]).undecidedRp
}
