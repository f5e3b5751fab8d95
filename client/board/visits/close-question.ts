// What closing a table does, as it stands at one moment: whoever says yes means what they have read, and no more.
import type { Order } from '#shared/ordering/order.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { unansweredIds, unpaidRp, visitTotals } from './visit-totals.ts'

export type CloseFacts = {
  /** Rejected with the closing, and sent along with it: what comes later is not meant. */
  readonly unansweredIds: readonly string[]
  readonly unansweredRp: number
  readonly makingCount: number
  readonly leftRp: number
  readonly callCount: number
}

export function closeFacts(
  orders: readonly Order[],
  bills: readonly Bill[],
  payments: readonly Payment[],
  callCount: number,
  visitId: string,
): CloseFacts {
  const { unansweredRp, unansweredCount, activeCount } = visitTotals(orders, bills, payments, visitId)
  return {
    unansweredIds: unansweredIds(orders, visitId),
    unansweredRp,
    makingCount: activeCount - unansweredCount,
    leftRp: unpaidRp(orders, bills, payments, visitId),
    callCount,
  }
}

/** True when the question, asked now, would say something else. */
export function isAskedOtherwise(asked: CloseFacts, now: CloseFacts): boolean {
  return JSON.stringify(asked) !== JSON.stringify(now)
}

/** Orders that came while it was asked. */
export function ordersSince(asked: CloseFacts, now: CloseFacts): readonly string[] {
  return now.unansweredIds.filter((id) => !asked.unansweredIds.includes(id))
}
