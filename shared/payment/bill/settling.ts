// What each payment is for, moved on by what happened to the bill; see covering.ts for how it begins. An order
// that ends frees what was paid for it, and a discount what it leaves over: that is the payer's, pays for nothing but
// what the same phone still owes, and goes back else. Who pays at the till, and names no cups, pays for the table:
// what is over of that pays for whatever nobody pays for.
// A closed code keeps what it was for, and where money is heard of after all it pays for that as far as nobody
// else has; who shows a code for the rest gives way to it.
// Beside what it covers now a payment keeps what it is for (`forRp`): a changed discount is allotted anew from
// that, and what went back of it and what ends of it later are set against each other.
// Of what a provider gave back unasked nobody need decide anything as far as what the payment still holds pays
// for its orders, or other money of the same payer does that is over and was there when it was heard of; what
// is ordered or paid since is no answer to it. The rest waits for a person. A discount is given by a person who
// sees the matter: it covers what went back first.
import type { Bill, Payment } from '../payment.ts'
import { advancePayment } from '../payment-status.ts'
import { namedOrders } from './apart.ts'
import { apportion } from './apportion.ts'
import {
  coveringRp,
  coversAfter,
  decidedRpOf,
  freedRpOf,
  heldRp,
  isNaming,
  isPending,
  isTables,
  leftOf,
  move,
  type Owed,
  ownFirst,
  type Purse,
  place,
  purseOf,
  spareRp,
  sumRp,
  uncover,
} from './covering.ts'
import { withTipsTold } from './refunding/tip-back.ts'
import { undecidedRpOf } from './refunding/undecided.ts'

type Change = {
  /** The bill as it was kept last. */
  readonly before: { readonly orders: readonly Owed[]; readonly sums: Pick<Bill['sums'], 'totalRp'> }
  /** What it collects now, oldest first. */
  readonly orders: readonly Owed[]
  /** Whether a person changed its discount. */
  readonly isDiscounted: boolean
  /** As they are now. */
  readonly payments: readonly Payment[]
  readonly nowMs: number
}

type Paid = { readonly one: Purse; readonly rp: number; readonly forRp: number }

/** The orders for which more has come than they cost, each with whose money. */
function overpaid(purses: readonly Purse[], orders: readonly Owed[]) {
  const paid = new Map<string, Paid[]>(orders.map(({ orderId }) => [orderId, []]))
  for (const one of purses.filter((each) => !isPending(each))) {
    for (const [orderId, share] of one.covers) paid.get(orderId)?.push({ one, ...share })
  }
  return orders.flatMap(({ orderId, totalRp }) => {
    const by = paid.get(orderId) ?? []
    const beyondRp = sumRp(by.map(({ rp }) => rp)) - totalRp
    return beyondRp > 0 ? [{ orderId, totalRp, by, beyondRp }] : []
  })
}

/** Where somebody pays for cups of which others have paid a share of all, that share is for the others' from now on. */
function makeWay(purses: readonly Purse[], orders: readonly Owed[]) {
  const taken = new Map<Purse, number>()
  for (const { orderId, by, beyondRp } of overpaid(purses, orders)) {
    const isNamed = ({ one }: Paid) => namedOrders(one.payment).has(orderId)
    let wayRp = sumRp(by.filter(isNamed).map(({ rp }) => rp))
    const paidRp = sumRp(by.map(({ rp }) => rp))
    let leftRp = beyondRp
    const newestFirst = by.toReversed()
    const inTurn = [...newestFirst.filter((each) => !isNamed(each)), ...newestFirst.filter(isNamed)]
    for (const each of inTurn) {
      // Where the order costs less now than it did, that is no other's: see below.
      const rp = Math.min(leftRp, each.rp, paidRp - each.rp)
      const forRp = isNamed(each) ? 0 : Math.min(wayRp, rp)
      move(each.one, orderId, -rp, -forRp)
      leftRp -= rp
      wayRp -= forRp
      // What named it itself is its payer's.
      if (!isNamed(each)) taken.set(each.one, (taken.get(each.one) ?? 0) + rp)
    }
  }
  const here = purses.filter((one) => !isPending(one))
  const unpaid = leftOf(here, orders)
  for (const one of purses.filter((each) => isPending(each) && !isNaming(each))) {
    for (const [orderId, { rp }] of one.covers) {
      const paidRp = sumRp(here.map(({ covers }) => covers.get(orderId)?.rp ?? 0))
      const awayRp = Math.min(paidRp, rp - (unpaid.get(orderId) ?? rp))
      if (awayRp <= 0) continue
      move(one, orderId, -awayRp, -awayRp)
      taken.set(one, (taken.get(one) ?? 0) + awayRp)
    }
  }
  const left = leftOf(purses, orders)
  for (const [one, rp] of taken) {
    const wantedRp = coveringRp(one) + rp
    place(one, ownFirst(orders, one.payment.phone), left, () => wantedRp - coveringRp(one))
  }
}

/** What is paid for orders that have ended pays for them no more. */
function followOrders(purses: readonly Purse[], orders: readonly Owed[]) {
  const known = new Set(orders.map(({ orderId }) => orderId))
  for (const one of purses) {
    for (const orderId of one.covers.keys()) if (!known.has(orderId)) one.covers.delete(orderId)
  }
}

/** As if nobody had helped out with what a discount left over: each pays for what it is for. */
function allotAnew(purses: readonly Purse[]) {
  for (const one of purses.filter((each) => !isPending(each))) {
    for (const [orderId, { rp, forRp }] of one.covers) move(one, orderId, forRp - rp)
  }
}

/** No order is paid beyond its total: first nobody need help out, then all pay less in proportion. */
function reduce(purses: readonly Purse[], orders: readonly Owed[]) {
  for (const { orderId, totalRp, by, beyondRp } of overpaid(purses, orders)) {
    let lentRp = beyondRp
    const own = by.toReversed().map(({ one, rp, forRp }) => {
      const backRp = Math.min(lentRp, Math.max(0, rp - forRp))
      lentRp -= backRp
      move(one, orderId, -backRp)
      return { one, rp: rp - backRp }
    })
    if (lentRp === 0) continue
    const weights = own.map(({ rp }) => rp)
    const shares = apportion(totalRp, weights)
    for (const [place, { one, rp }] of own.entries()) move(one, orderId, (shares[place] ?? 0) - rp)
  }
}

/** Money that has gone back pays for nothing: first what pays for nothing is gone, then what it covers. */
function followMoney(purses: readonly Purse[]) {
  for (const one of purses.filter((each) => !isPending(each))) {
    uncover(one, Math.max(0, coveringRp(one) - heldRp(one)))
  }
}

/** Whose money it is: of all payments of a phone that name nothing, or of one payment. */
function payerOf({ payment: { id, phone, part } }: Purse): string {
  return part.kind === 'items' || phone === null ? id : `phone ${phone}`
}

/** What went back and is still needed: other money of the same payer that is over takes its place. */
function decide(purses: readonly Purse[], nowMs: number) {
  for (const one of purses) {
    const neededRp = coveringRp(one) - Math.max(0, one.hereRp - one.leavingRp)
    one.waitingRp = Math.min(one.waitingRp, Math.max(0, neededRp))
  }
  for (const one of purses.filter(({ waitingRp }) => waitingRp > 0)) {
    const sinceMs = one.payment.undecidedSinceMs ?? nowMs
    for (const other of purses) {
      if (other === one || payerOf(other) !== payerOf(one) || other.payment.createdAtMs > sinceMs) continue
      const rp = Math.min(one.waitingRp, spareRp(other))
      for (const { orderId, amountRp } of uncover(one, rp)) {
        move(one, orderId, 0, -amountRp)
        move(other, orderId, amountRp)
      }
      one.waitingRp -= rp
    }
  }
}

/** What nobody pays for, who paid for it pays again: from what is over, and from what helps out elsewhere. */
function regain(purses: readonly Purse[], orders: readonly Owed[]) {
  const left = leftOf(purses, orders)
  for (const one of purses) {
    for (const [orderId, { rp, forRp }] of one.covers) {
      const wantedRp = Math.min(forRp - rp, left.get(orderId) ?? 0)
      if (wantedRp <= 0) continue
      const lentRp = sumRp([...one.covers.values()].map((share) => Math.max(0, share.rp - share.forRp)))
      const isHere = one.hereRp - one.leavingRp >= coveringRp(one)
      if (isHere) uncover(one, Math.min(lentRp, Math.max(0, wantedRp - spareRp(one))))
      const againRp = Math.min(wantedRp, spareRp(one))
      move(one, orderId, againRp)
      left.set(orderId, (left.get(orderId) ?? 0) - againRp)
    }
  }
}

/** What is over pays for what nobody pays for: of its payer's orders, and the table's of all. */
function spend(purses: readonly Purse[], all: readonly Owed[]) {
  const left = leftOf(purses, all)
  const orders = all.filter(({ orderId }) => left.get(orderId) !== 0)
  if (orders.length === 0) return
  for (const one of purses) {
    const own = orders.filter(({ phone, isApart }) => phone === one.payment.phone && !isApart)
    place(one, own, left, () => spareRp(one))
  }
  for (const one of purses.filter(isTables)) {
    place(one, ownFirst(orders, one.payment.phone), left, () => spareRp(one))
  }
}

/** What others have paid for since its money went back, it is for no more; and what it covers by itself, it is for. */
function keepFor(purses: readonly Purse[], orders: readonly Owed[]) {
  const all = leftOf([], orders)
  const here = purses.filter((each) => !isPending(each))
  const left = leftOf(here, orders)
  for (const one of here) {
    const shares = [...one.covers]
    const byItselfRp = sumRp(shares.map(([, { rp, forRp }]) => Math.min(rp, forRp)))
    let backedRp = Math.max(0, heldRp(one) - byItselfRp)
    for (const [orderId, { rp, forRp }] of shares) {
      const gapRp = forRp - rp
      const missingRp = left.get(orderId) ?? 0
      const isAlone = rp + missingRp >= (all.get(orderId) ?? 0)
      if (gapRp <= 0 || isAlone) continue
      const keptRp = Math.min(gapRp, missingRp + backedRp)
      backedRp -= Math.max(0, keptRp - missingRp)
      move(one, orderId, 0, keptRp - gapRp)
    }
    let roomRp = heldRp(one) - sumRp([...one.covers.values()].map(({ forRp }) => forRp))
    for (const { orderId } of roomRp > 0 ? ownFirst(orders, one.payment.phone) : []) {
      const { rp, forRp } = one.covers.get(orderId) ?? { rp: 0, forRp: 0 }
      const lentRp = Math.min(rp - forRp, roomRp)
      if (lentRp <= 0) continue
      move(one, orderId, 0, lentRp)
      roomRp -= lentRp
    }
  }
}

/** Payments of earlier versions, which say nothing of orders, as if they had begun by the bill as it was kept last. */
function begin(purses: readonly Purse[], orders: readonly Owed[]) {
  const left = leftOf(purses, orders)
  for (const one of purses.filter(({ payment }) => payment.covers === undefined)) {
    const names = namedOrders(one.payment)
    const all = ownFirst(orders, one.payment.phone)
    const isNamed = ({ orderId }: Owed) => names.has(orderId)
    const inTurn = [...all.filter(isNamed), ...all.filter((order) => !isNamed(order))]
    place(one, inTurn, left, () => heldRp(one) - coveringRp(one))
  }
}

/** The payment as it is settled; the very same where nothing has changed. */
function settled(one: Purse, nowMs: number): Payment {
  const { payment, waitingRp } = one
  const { covers: _, freedRp: __, undecidedSinceMs: since, ...bare } = payment
  const covers = coversAfter(one)
  let decidedRp = decidedRpOf(one)
  const decided = payment.facts.refunds.reduce<Payment>(
    (state, refund) => {
      const rp = Math.min(undecidedRpOf(refund), decidedRp)
      if (rp <= 0) return state
      decidedRp -= rp
      const event = { kind: 'refund', ...refund, decidedRp: (refund.decidedRp ?? 0) + rp, atMs: 0 } as const
      return advancePayment(state, event)
    },
    {
      ...bare,
      ...(covers && { covers: [...covers] }),
      ...(waitingRp > 0 && { undecidedSinceMs: since ?? nowMs }),
    },
  )
  const freedRp = freedRpOf(one)
  const after: Payment = { ...decided, ...(freedRp > 0 && { freedRp }) }
  const told = (each: Payment) =>
    JSON.stringify([each.covers, each.freedRp, each.undecidedSinceMs, each.facts.refunds])
  return told(after) === told(payment) ? payment : after
}

/** The payments, each with what it is for now; those that nothing changes for are the very same. */
export function settle(change: Change): readonly Payment[] {
  const { before, orders, isDiscounted, payments, nowMs } = change
  if (payments.length === 0) return payments
  const purses = payments
    .map(withTipsTold)
    .map(purseOf)
    .sort((a, b) => a.payment.createdAtMs - b.payment.createdAtMs || (a.payment.id < b.payment.id ? -1 : 1))
  begin(purses, before.orders)
  makeWay(purses, before.orders)
  let lessRp = isDiscounted ? before.sums.totalRp - sumRp(orders.map(({ totalRp }) => totalRp)) : 0
  for (const one of purses) {
    const rp = Math.max(0, Math.min(one.waitingRp, lessRp))
    one.waitingRp -= rp
    lessRp -= rp
  }
  followOrders(purses, orders)
  if (isDiscounted) allotAnew(purses)
  reduce(purses, orders)
  followMoney(purses)
  decide(purses, nowMs)
  regain(purses, orders)
  spend(purses, orders)
  keepFor(purses, orders)
  const bySettled = new Map(purses.map((one) => [one.payment.id, settled(one, nowMs)]))
  return payments.map((payment) => bySettled.get(payment.id) ?? payment)
}
