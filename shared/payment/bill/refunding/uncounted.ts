// Money that came and counts for nothing: late, too much, twice or in doubt. A person decides about it, until it is
// on its way back. By each payment: what of another is on its way back decides nothing about this one.
import { amountsOf } from '../../payment-status.ts'
import { type Counted, leavingOf } from '../standing.ts'

/** What of these payments counts for nothing and is not on its way back, in rupiah. */
export function uncountedRpOf(payments: readonly Counted[]): number {
  return payments.reduce((sum, payment) => sum + amountsOf(payment).excessRp - leavingOf(payment).excessRp, 0)
}
