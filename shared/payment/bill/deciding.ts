// What of the money that a provider gave back unasked was due to go back, and so needs nobody's decision.
// It is decided when it happens, never inferred from later sums: whatever is ordered afterwards is owed whole.
// Heard of: due as far as more had been paid by the same payer than was owed for it, beyond what the house is
// returning itself; also what counted for nothing, like a tip. What another guest paid never goes back by it. The
// rest waits for a person, and concerns the orders that this payer had paid for at that moment (see covering.ts).
// Where one of these is cancelled later, or owes less, its money is what went back. What was ordered or paid
// since decides nothing, and goes back itself where it ends. Where a refund made here comes to nothing, what
// waited beside it is decided anew. A discount is given by a person who sees the matter: it covers what went back
// first.
import type { Bill, Payment, Undecided } from '../payment.ts'
import { advancePayment } from '../payment-status.ts'
import { type Covering, coveringOf, type Owed, payerOf } from './covering.ts'
import { partsOf, standingOf } from './standing.ts'
import { beforeUndecided, undecidedRpOf } from './undecided.ts'

type Change = {
  /** The bill as it was kept last. */
  readonly before: Pick<Bill, 'orders' | 'sums' | 'undecided'>
  /** What it collects now, oldest first. */
  readonly orders: readonly Owed[]
  /** Whether a person changed its discount. */
  readonly isDiscounted: boolean
  /** As they are now. */
  readonly payments: readonly Payment[]
}

/** A refund of which something waits; `openRp` is what of it is not decided yet. */
type Waiting = {
  readonly paymentId: string
  readonly refundId: string
  readonly amountRp: number
  readonly payer: string
  readonly known: Undecided | undefined
  openRp: number
  /** What of it waits only since money asked for here may go back for the same: to be looked at again. */
  heldRp: number
  paid: ReadonlyMap<string, number>
}

/** Takes up to `mostRp` of what is open; answers what it took. */
function decide(one: Waiting, mostRp: number): number {
  const decidedRp = Math.max(0, Math.min(one.openRp, mostRp))
  one.openRp -= decidedRp
  return decidedRp
}

/** In the order in which they were heard of. */
function waitingOf(payments: readonly Payment[], heard: readonly Undecided[]): readonly Waiting[] {
  const places = new Map(heard.map(({ refundId }, place) => [refundId, place]))
  const placeOf = ({ refundId }: Waiting) => places.get(refundId) ?? heard.length
  return payments
    .flatMap((payment) => {
      const ofPayment = payment.facts.refunds.map((refund): Waiting => {
        const { refundId, amountRp } = refund
        const known = heard[places.get(refundId) ?? -1]
        const paid = new Map(known?.orders.map(({ orderId, paidRp }) => [orderId, paidRp]))
        const openRp = undecidedRpOf(refund)
        const payer = payerOf(payment)
        return { paymentId: payment.id, refundId, amountRp, payer, known, openRp, heldRp: 0, paid }
      })
      const concernsRp = partsOf(beforeUndecided(payment)).towardsBillRp - partsOf(payment).towardsBillRp
      // What never counted for the bill; of the refund that was heard of last.
      let nothingRp = ofPayment.reduce((sum, { openRp }) => sum + openRp, 0) - concernsRp
      for (const one of [...ofPayment].sort((a, b) => placeOf(b) - placeOf(a))) {
        nothingRp -= decide(one, nothingRp)
      }
      return ofPayment
    })
    .filter(({ openRp, known }) => openRp > 0 || known)
    .sort((a, b) => placeOf(a) - placeOf(b))
}

/**
 * What was just heard of, against what was owed until now: due as far as it is the payer's own money that is
 * over. Of that, what is kept for a refund under way stays as if it had not been heard of yet.
 */
function hear(waiting: readonly Waiting[], { before, payments }: Change, { ofPayer, overRpOf }: Covering) {
  const { overRp, excessRp, returningRp } = standingOf(before.sums.totalRp, payments)
  let keptRp = Math.max(0, returningRp - excessRp)
  let dueRp = Math.max(0, overRp - keptRp)
  const ownOver = new Map(overRpOf)
  for (const one of waiting) {
    const newRp = one.amountRp - (one.known?.amountRp ?? 0)
    if (newRp <= 0) continue
    const ownRp = Math.min(newRp, ownOver.get(one.payer) ?? 0)
    const decidedRp = decide(one, Math.min(ownRp, dueRp))
    dueRp -= decidedRp
    one.heldRp = Math.min(one.openRp, ownRp - decidedRp, keptRp)
    keptRp -= one.heldRp
    ownOver.set(one.payer, (ownOver.get(one.payer) ?? 0) - decidedRp - one.heldRp)
    const paid = ofPayer.get(one.payer) ?? new Map<string, number>()
    const orderIds = new Set([...one.paid.keys(), ...paid.keys()])
    one.paid = new Map(
      [...orderIds].map((id) => [id, Math.max(one.paid.get(id) ?? 0, paid.get(id) ?? 0)] as const),
    )
  }
}

/** What is no longer owed, against what went back of it. */
function lower(
  waiting: readonly Waiting[],
  { before, orders, isDiscounted }: Change,
  { paidRp, ofPayer }: Covering,
) {
  const totals = new Map(orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  const owedRp = orders.reduce((sum, { totalRp }) => sum + totalRp, 0)
  if (isDiscounted) {
    let lessRp = before.sums.totalRp - owedRp
    for (const one of waiting) lessRp -= decide(one, lessRp)
  } else {
    for (const { orderId } of before.orders) {
      let lessRp = Math.max(0, (paidRp.get(orderId) ?? 0) - (totals.get(orderId) ?? 0))
      for (const one of waiting) {
        // Somebody may have named its cups since, and then it is that money that is to go back.
        const nowRp = ofPayer.get(one.payer)?.get(orderId) ?? 0
        lessRp -= decide(one, Math.min(lessRp, nowRp, one.paid.get(orderId) ?? 0))
      }
    }
  }
  // More than all that is owed can nobody be asked for again.
  let beyondRp = waiting.reduce((sum, { openRp }) => sum + openRp, 0) - owedRp
  for (const one of waiting) beyondRp -= decide(one, beyondRp)
}

/** The payments with all decided that was due; those that it does not concern are the very same. `undecided`: what waits. */
export function decideDue(change: Change): {
  readonly payments: readonly Payment[]
  readonly undecided: readonly Undecided[]
} {
  const { before, payments } = change
  const waiting = waitingOf(payments, before.undecided ?? [])
  if (payments.every((payment) => beforeUndecided(payment) === payment)) return { payments, undecided: [] }
  const placed = new Map(change.orders.map((order) => [order.orderId, order]))
  const covering = coveringOf(
    before.orders.map(({ orderId, totalRp }) => ({ ...placed.get(orderId), orderId, totalRp })),
    payments.map(beforeUndecided),
  )
  hear(waiting, change, covering)
  lower(waiting, change, covering)
  const openRp = new Map(waiting.map((one) => [`${one.paymentId} ${one.refundId}`, one.openRp]))
  const decided = payments.map((payment) =>
    payment.facts.refunds.reduce((one, refund) => {
      const nowRp = openRp.get(`${payment.id} ${refund.refundId}`) ?? 0
      if (nowRp >= undecidedRpOf(refund)) return one
      const decidedRp = refund.amountRp - nowRp
      return advancePayment(one, { kind: 'refund', ...refund, decidedRp, atMs: 0 })
    }, payment),
  )
  const undecided = waiting
    .filter((one) => one.openRp > 0)
    .map(({ refundId, amountRp, heldRp, paid: then }) => ({
      refundId,
      amountRp: amountRp - heldRp,
      orders: [...then].flatMap(([orderId, paidRp]) => (paidRp > 0 ? [{ orderId, paidRp }] : [])),
    }))
  return { payments: decided, undecided }
}
