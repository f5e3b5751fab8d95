// The status of a payment, computed from its facts and what was asked for. "Paid" means that exactly the
// amount asked for came in time; every other way in which money can come has a name of its own, because
// a person has to look: late, twice, too much, too little, contradicting. Nothing is ever dropped.
// Stages only go forward: open → received → returned. Within a stage the table below says which status
// may follow which when a further fact is learnt.
import { MAX_RP } from '../kernel/money.ts'
import type { PaymentEvent, PaymentFacts } from './payment-facts.ts'
import { isMadeBefore, isProvidersSum, learn } from './payment-facts.ts'
import type { PaymentStatus } from './payment-statuses.ts'

type PaymentStage = 'open' | 'received' | 'returned'

export const STAGE_OF: Readonly<Record<PaymentStatus, PaymentStage>> = {
  pending: 'open',
  failed: 'open',
  expired: 'open',
  cancelled: 'open',
  short: 'received',
  paid: 'received',
  paid_late: 'received',
  credited: 'received',
  over: 'received',
  paid_twice: 'received',
  partly_refunded: 'returned',
  refunded: 'returned',
  // Ranks last, so that nothing learnt afterwards hides it.
  disputed: 'returned',
}

/** What a status is computed from. */
export type PaymentState = {
  /** What was asked for: share of the bill + tip + cash rounding. */
  readonly askedRp: number
  readonly facts: PaymentFacts
}

type Money = {
  readonly receivedRp: number
  readonly inTimeRp: number
  readonly receipts: number
  readonly isContradicting: boolean
  readonly returnedRp: number
  readonly returningRp: number
}

/** When the payment was closed, by expiry or by cancelling; never is beyond all times. */
function closedAtMs({ expiredAtMs, cancelledAtMs }: PaymentFacts): number {
  return Math.min(expiredAtMs ?? Number.POSITIVE_INFINITY, cancelledAtMs ?? Number.POSITIVE_INFINITY)
}

function moneyOf(facts: PaymentFacts): Money {
  const closed = closedAtMs(facts)
  const byRef = new Map<string, { amountRp: number; isLate: boolean }>()
  for (const { ref, amountRp, atMs } of facts.receipts) {
    const known = byRef.get(ref)
    const isLate = atMs > closed || (known?.isLate ?? false)
    // Where amounts contradict, only the smallest is sure.
    byRef.set(ref, { amountRp: Math.min(amountRp, known?.amountRp ?? MAX_RP), isLate })
  }
  const receipts = [...byRef.values()]
  const sumOf = (list: readonly { readonly amountRp: number }[]) =>
    list.reduce((sum, { amountRp }) => sum + amountRp, 0)
  return {
    receivedRp: sumOf(receipts),
    inTimeRp: sumOf(receipts.filter(({ isLate }) => !isLate)),
    receipts: receipts.length,
    isContradicting: facts.receipts.length > byRef.size,
    returnedRp: sumOf(facts.refunds.filter(({ stage }) => stage === 'succeeded')),
    returningRp: sumOf(facts.refunds.filter(({ stage }) => stage === 'requested' || stage === 'sent')),
  }
}

function openStatus(facts: PaymentFacts): PaymentStatus {
  if (facts.cancelledAtMs !== null) return 'cancelled'
  if (facts.expiredAtMs !== null) return 'expired'
  return facts.failedAtMs !== null ? 'failed' : 'pending'
}

/** The status of a payment in this state. */
export function statusOf({ askedRp, facts }: PaymentState): PaymentStatus {
  const money = moneyOf(facts)
  if (money.isContradicting) return 'disputed'
  if (money.receipts === 0) return openStatus(facts)
  if (money.returnedRp > 0) return money.returnedRp >= money.receivedRp ? 'refunded' : 'partly_refunded'
  const isLate = money.inTimeRp < money.receivedRp
  const isCredited = facts.creditedAtMs !== null
  const countingRp = isCredited ? money.receivedRp : money.inTimeRp
  if (countingRp < askedRp) return isLate && !isCredited ? 'paid_late' : 'short'
  if (money.receivedRp > askedRp) return money.receipts > 1 ? 'paid_twice' : 'over'
  return isLate ? 'credited' : 'paid'
}

/** What a person has to look at; empty when all is as it should be. */
export type Attention =
  | 'short'
  | 'late'
  | 'twice'
  | 'over'
  | 'contradiction'
  | 'refund_failed'
  | 'over_refunded'
  | 'returned_more'

/** The amounts behind the status, in whole rupiah. */
type PaymentAmounts = {
  readonly receivedRp: number
  readonly returnedRp: number
  /** Asked of the provider or at the till, not yet done. */
  readonly returningRp: number
  /** Came as an answer to what was asked, before refunds; never more than was asked. */
  readonly cameRp: number
  /** Counts as an answer to what was asked, after refunds; never more than was asked. */
  readonly countingRp: number
  /** Received, kept, and counting for nothing: to be given back, or credited by a person. */
  readonly excessRp: number
  /** The most that a further refund may be. */
  readonly refundableRp: number
}

/** The amounts of a payment in this state. Late or contradicting money counts only once credited. */
export function amountsOf({ askedRp, facts }: PaymentState): PaymentAmounts {
  const { receivedRp, inTimeRp, returnedRp, returningRp, isContradicting } = moneyOf(facts)
  const keptRp = Math.max(0, receivedRp - returnedRp)
  const isCredited = facts.creditedAtMs !== null
  const acceptedRp = isCredited ? receivedRp : isContradicting ? 0 : inTimeRp
  const cameRp = Math.min(askedRp, acceptedRp)
  const countingRp = Math.min(cameRp, keptRp)
  return {
    receivedRp,
    returnedRp,
    returningRp,
    cameRp,
    countingRp,
    excessRp: keptRp - countingRp,
    refundableRp: Math.max(0, keptRp - returningRp),
  }
}

function refundableOf(state: PaymentState): number {
  return amountsOf(state).refundableRp
}

/** True while a refund that failed was neither made good by later ones, or by the provider itself, nor given up. */
function hasOpenFailure({ refunds }: PaymentFacts): boolean {
  const good = refunds.filter(({ stage }) => stage !== 'failed' && stage !== 'dropped')
  return refunds.some(({ refundId, amountRp, stage }) => {
    const later = good.filter((other) => isMadeBefore(refundId, other.refundId))
    return stage === 'failed' && later.reduce((sum, other) => sum + other.amountRp, 0) < amountRp
  })
}

/** Why a person has to look at a payment in this state. */
export function attentionTo(state: PaymentState): readonly Attention[] {
  const { askedRp, facts } = state
  const money = moneyOf(facts)
  const { excessRp, returningRp } = amountsOf(state)
  const isCredited = facts.creditedAtMs !== null
  const isCompared = facts.comparedRp !== undefined && money.returnedRp <= facts.comparedRp
  const hasUnreturned = excessRp > returningRp
  const reasons: readonly (readonly [Attention, boolean])[] = [
    ['contradiction', money.isContradicting && !isCredited && hasUnreturned],
    // What came in time and is enough leaves nothing that it could still count for: then it came twice.
    ['late', money.inTimeRp < Math.min(money.receivedRp, askedRp) && !isCredited && hasUnreturned],
    ['twice', money.receipts > 1 && money.receivedRp > askedRp && hasUnreturned],
    ['over', money.receipts === 1 && money.receivedRp > askedRp && hasUnreturned],
    [
      'short',
      (!money.isContradicting || isCredited) &&
        money.receivedRp > 0 &&
        money.receivedRp < askedRp &&
        money.returnedRp < money.receivedRp,
    ],
    ['refund_failed', refundableOf(state) > 0 && hasOpenFailure(facts)],
    ['over_refunded', money.returnedRp > money.receivedRp && !isCompared],
    ['returned_more', facts.refunds.some(({ refundId }) => isProvidersSum(refundId)) && !isCompared],
  ]
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []))
}

/** The payment after hearing of `event`. The same events, in any order and any number, end in the same state. */
export function advancePayment<P extends PaymentState>(
  payment: P,
  event: PaymentEvent,
): P & { readonly status: PaymentStatus } {
  const facts = learn(payment.facts, event)
  return { ...payment, facts, status: statusOf({ askedRp: payment.askedRp, facts }) }
}
