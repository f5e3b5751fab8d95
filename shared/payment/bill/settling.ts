// What each payment is for, moved on by what happened to the bill; see covering.ts for how it begins. An order
// that ends frees what was paid for it: that is its payer's, pays for nothing but what the same phone still owes,
// and goes back else. Who pays at the till, and names no cups, pays for the table; likewise what a discount
// leaves over is the table's: it pays for whatever nobody pays for, and is over beyond that.
// Of what a provider gave back unasked nobody need decide anything as far as what the payment still holds pays
// for its orders, or other money of the same payer does that is over and was there when it was heard of; what
// is ordered or paid since is no answer to it. The rest waits for a person. A discount is given by a person who
// sees the matter: it covers what went back first.
import type { Bill, Cover, Payment } from '../payment.ts'
import { advancePayment, amountsOf } from '../payment-status.ts'
import { namedOrders } from './apart.ts'
import { type Owed, ownFirst, sumRp } from './covering.ts'
import { partsOf } from './standing.ts'
import { beforeUndecided, undecidedRpOf } from './undecided.ts'

type Change = {
  /** The bill as it was kept last. */
  readonly before: Pick<Bill, 'orders' | 'sums'>
  /** What it collects now, oldest first. */
  readonly orders: readonly Owed[]
  /** Whether a person changed its discount. */
  readonly isDiscounted: boolean
  /** As they are now. */
  readonly payments: readonly Payment[]
  readonly nowMs: number
}

/** One payment while it is settled. */
type Purse = {
  readonly payment: Payment
  /** Here, and for the bill. */
  readonly hereRp: number
  /** Of it, on its way back. */
  readonly leavingRp: number
  /** Gone back unasked, and needed for what it covers. */
  waitingRp: number
  freedRp: number
  readonly covers: Map<string, number>
}

const coveringRp = ({ covers }: Purse) => sumRp(covers.values())
const heldRp = ({ hereRp, waitingRp }: Purse) => hereRp + waitingRp
const isPending = ({ payment }: Purse) => payment.status === 'pending'
const isNaming = ({ payment }: Purse) => payment.part.kind === 'items'
/** Here, covering nothing, and not about to leave: the freed and the loose. */
const spareRp = (one: Purse) => Math.max(0, one.hereRp - one.leavingRp - coveringRp(one))
const looseRp = (one: Purse) =>
  Math.max(0, Math.min(spareRp(one), heldRp(one) - coveringRp(one) - one.freedRp))

/** What came to nothing keeps no order: of late money a person says what becomes of it. */
const isKept = (payment: Payment, rp: number) => payment.status === 'pending' || rp > 0

function purseOf(payment: Payment): Purse {
  const hereRp = partsOf(payment).towardsBillRp
  const { returningRp, excessRp } = amountsOf(payment)
  const waitingRp = partsOf(beforeUndecided(payment)).towardsBillRp - hereRp
  const keeps = isKept(payment, hereRp + waitingRp)
  return {
    payment,
    hereRp,
    leavingRp: Math.max(0, returningRp - excessRp),
    waitingRp,
    freedRp: keeps ? (payment.freedRp ?? 0) : 0,
    covers: new Map(keeps ? payment.covers?.map(({ orderId, amountRp }) => [orderId, amountRp]) : []),
  }
}

function move(one: Purse, orderId: string, rp: number) {
  const nowRp = (one.covers.get(orderId) ?? 0) + rp
  if (nowRp > 0) one.covers.set(orderId, nowRp)
  else one.covers.delete(orderId)
}

/** Takes `rp` off what it covers, the youngest order first; answers what it took of which. */
function uncover(one: Purse, rp: number): readonly Cover[] {
  let leftRp = rp
  return [...one.covers].reverse().flatMap(([orderId, ownRp]) => {
    const amountRp = Math.min(ownRp, leftRp)
    leftRp -= amountRp
    if (amountRp <= 0) return []
    move(one, orderId, -amountRp)
    return [{ orderId, amountRp }]
  })
}

/** What all of them, those that may still come too, leave of each order. */
function leftOf(purses: readonly Purse[], orders: readonly Owed[]): Map<string, number> {
  const left = new Map(orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  for (const [orderId, rp] of purses.flatMap(({ covers }) => [...covers])) {
    left.set(orderId, Math.max(0, (left.get(orderId) ?? 0) - rp))
  }
  return left
}

/** Pays for these in turn, as far as something is left of them and there is money. */
function place(one: Purse, orders: readonly Owed[], left: Map<string, number>, moneyRp: () => number) {
  for (const { orderId } of orders) {
    const leftRp = left.get(orderId) ?? 0
    if (leftRp === 0) continue
    const rp = Math.min(leftRp, moneyRp())
    if (rp <= 0) return
    move(one, orderId, rp)
    left.set(orderId, (left.get(orderId) ?? 0) - rp)
  }
}

/** Takes off each order what has come for it beyond its total: the newest first, and cups that are named last. */
function cut(purses: readonly Purse[], orders: readonly Owed[]): ReadonlyMap<Purse, number> {
  const newestFirst = purses.filter((one) => !isPending(one)).reverse()
  const inTurn = [...newestFirst.filter((one) => !isNaming(one)), ...newestFirst.filter(isNaming)]
  const taken = new Map<Purse, number>()
  const beyond = new Map(orders.map(({ orderId, totalRp }) => [orderId, -totalRp]))
  for (const [orderId, rp] of inTurn.flatMap(({ covers }) => [...covers])) {
    const soFarRp = beyond.get(orderId)
    if (soFarRp !== undefined) beyond.set(orderId, soFarRp + rp)
  }
  for (const [orderId, rp] of beyond) {
    let beyondRp = rp
    for (const one of beyondRp > 0 ? inTurn : []) {
      const ownRp = Math.min(beyondRp, one.covers.get(orderId) ?? 0)
      if (ownRp <= 0) continue
      move(one, orderId, -ownRp)
      beyondRp -= ownRp
      taken.set(one, (taken.get(one) ?? 0) + ownRp)
    }
  }
  return taken
}

/** Where somebody pays for cups of which others have paid a share of all, that share is for the others' from now on. */
function makeWay(purses: readonly Purse[], orders: readonly Owed[]) {
  const taken = cut(purses, orders)
  const left = leftOf(purses, orders)
  for (const [one, rp] of taken) {
    const wantedRp = coveringRp(one) + rp
    place(one, ownFirst(orders, one.payment.phone), left, () => wantedRp - coveringRp(one))
  }
}

/** What is paid for orders that have ended, or that cost less now, pays for them no more. */
function followOrders(purses: readonly Purse[], orders: readonly Owed[]) {
  const known = new Set(orders.map(({ orderId }) => orderId))
  for (const one of purses) {
    for (const [orderId, rp] of one.covers) {
      if (known.has(orderId)) continue
      move(one, orderId, -rp)
      if (!isPending(one) && (one.payment.phone !== null || isNaming(one))) one.freedRp += rp
    }
  }
  cut(purses, orders)
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
      for (const { orderId, amountRp } of uncover(one, rp)) move(other, orderId, amountRp)
      one.waitingRp -= rp
    }
  }
}

/** No more is kept for its payer than it holds beside what it pays for. */
function limitFreed(one: Purse) {
  one.freedRp = Math.max(0, Math.min(one.freedRp, heldRp(one) - coveringRp(one)))
}

/** What is over pays for what nobody pays for: of its payer's orders, and the table's of all. */
function spend(purses: readonly Purse[], all: readonly Owed[]) {
  const left = leftOf(purses, all)
  const orders = all.filter(({ orderId }) => left.get(orderId) !== 0)
  if (orders.length === 0) return
  for (const one of purses) {
    const own = orders.filter(({ phone, isApart }) => phone === one.payment.phone && !isApart)
    place(one, own, left, () => spareRp(one))
    limitFreed(one)
  }
  for (const one of purses) place(one, ownFirst(orders, one.payment.phone), left, () => looseRp(one))
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
  const { payment, waitingRp, freedRp, covers } = one
  const { covers: _, freedRp: __, undecidedSinceMs: since, ...bare } = payment
  const after: Payment = {
    ...bare,
    ...(isKept(payment, heldRp(one)) && {
      covers: [...covers].map(([orderId, amountRp]) => ({ orderId, amountRp })),
    }),
    ...(freedRp > 0 && { freedRp }),
    ...(waitingRp > 0 && { undecidedSinceMs: since ?? nowMs }),
  }
  const isSame =
    JSON.stringify([after.covers, after.freedRp, after.undecidedSinceMs]) ===
    JSON.stringify([payment.covers, payment.freedRp, since])
  let decidedRp = sumRp(payment.facts.refunds.map(undecidedRpOf)) - waitingRp
  return payment.facts.refunds.reduce<Payment>(
    (state, refund) => {
      const rp = Math.min(undecidedRpOf(refund), decidedRp)
      if (rp <= 0) return state
      decidedRp -= rp
      const event = { kind: 'refund', ...refund, decidedRp: (refund.decidedRp ?? 0) + rp, atMs: 0 } as const
      return advancePayment(state, event)
    },
    isSame ? payment : after,
  )
}

/** The payments, each with what it is for now; those that nothing changes for are the very same. */
export function settle(change: Change): readonly Payment[] {
  const { before, orders, isDiscounted, payments, nowMs } = change
  if (payments.length === 0) return payments
  const purses = payments
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
  for (const one of purses.filter((each) => !isPending(each))) {
    const goneRp = Math.max(0, coveringRp(one) + one.freedRp - heldRp(one))
    const ofFreedRp = Math.min(one.freedRp, goneRp)
    one.freedRp -= ofFreedRp
    uncover(one, goneRp - ofFreedRp)
  }
  decide(purses, nowMs)
  purses.forEach(limitFreed)
  spend(purses, orders)
  const bySettled = new Map(purses.map((one) => [one.payment.id, settled(one, nowMs)]))
  return payments.map((payment) => bySettled.get(payment.id) ?? payment)
}
