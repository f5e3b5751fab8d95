// Which orders a payment pays for. It is written on the payment when it begins: cups that are named, by their
// share; all that nobody pays for yet, where it is "the rest"; else the payer's own orders first, and then the
// oldest. From then on it is moved by what happens alone, and never inferred from sums; see settling.ts.
import type { Cover, Payment } from '../payment.ts'
import { amountsOf } from '../payment-status.ts'
import { isTaking } from './apart.ts'
import { beforeUndecided, undecidedRpOf } from './refunding/undecided.ts'
import { leavingOf, partsOf } from './standing.ts'

export type Owed = {
  readonly orderId: string
  readonly totalRp: number
  /** Of the guest who ordered it; not told by bills of earlier versions. */
  readonly phone?: number
  /** Paid by nothing but money that names it; see apart.ts. */
  readonly isApart?: boolean
}

export const sumRp = (all: Iterable<number>): number => [...all].reduce((sum, rp) => sum + rp, 0)

/** What nobody pays or is paying of each order. */
export function uncovered(orders: readonly Owed[], payments: readonly Payment[]): Map<string, number> {
  const left = new Map(orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  for (const { orderId, amountRp } of payments
    .filter((one) => isTaking(beforeUndecided(one)))
    .flatMap(({ covers = [] }) => covers)) {
    const ownRp = left.get(orderId)
    if (ownRp !== undefined) left.set(orderId, Math.max(0, ownRp - amountRp))
  }
  return left
}

/** As they are to be paid by `phone`: its own first, then by age. */
export function ownFirst(orders: readonly Owed[], phone: number | null): readonly Owed[] {
  const open = orders.filter(({ isApart }) => !isApart)
  const isOwn = (order: Owed) => order.phone === phone
  return [...open.filter(isOwn), ...open.filter((order) => !isOwn(order))]
}

type Beginning = {
  readonly amountRp: number
  readonly phone: number | null
  /** Of each order the share of the cups that are named. */
  readonly named: ReadonlyMap<string, number>
}

/** What a payment that begins now is for; `payments`: the others of the bill. In all no more than `amountRp`. */
export function coversFor(
  { amountRp, phone, named }: Beginning,
  orders: readonly Owed[],
  payments: readonly Payment[],
): readonly Cover[] {
  const left = uncovered(orders, payments)
  // Whoever names cups pays for them, also where others have paid a share of all: theirs is for the rest then.
  const wanted =
    named.size > 0
      ? [...named]
      : ownFirst(orders, phone).map(({ orderId }) => [orderId, left.get(orderId) ?? 0] as const)
  let leftRp = amountRp
  return wanted.flatMap(([orderId, mostRp]) => {
    const rp = Math.min(leftRp, mostRp)
    leftRp -= rp
    return rp > 0 ? [{ orderId, amountRp: rp }] : []
  })
}

/** Of an order: so much is paid for it now, and so much the money is for; see `Cover`. */
type Share = { readonly rp: number; readonly forRp: number }

/** One payment while it is settled. */
export type Purse = {
  readonly payment: Payment
  /** Here, and for the bill. */
  readonly hereRp: number
  /** Of it, on its way back. */
  readonly leavingRp: number
  /** Gone back unasked, and needed for what it covers. */
  waitingRp: number
  readonly covers: Map<string, Share>
}

export const coveringRp = ({ covers }: Purse) => sumRp([...covers.values()].map(({ rp }) => rp))
export const isPending = ({ payment }: Purse) => payment.status === 'pending'
export const isNaming = ({ payment }: Purse) => payment.part.kind === 'items'
/** Here, or gone back and undecided; of a code, what it would bring. */
export const heldRp = (one: Purse) => (isPending(one) ? one.payment.amountRp : one.hereRp + one.waitingRp)
/** Here, covering nothing, and not about to leave. */
export const spareRp = (one: Purse) => Math.max(0, one.hereRp - one.leavingRp - coveringRp(one))
/** Taken at the till for no cups: it pays for whatever nobody pays for. All other money is its payer's. */
export const isTables = (one: Purse) => one.payment.phone === null && !isNaming(one)

/** A code that was closed keeps what it was for, and moves nothing, until money is heard of. */
const isInPlay = (payment: Payment, rp: number) => payment.status === 'pending' || rp > 0

export function purseOf(payment: Payment): Purse {
  const hereRp = partsOf(payment).towardsBillRp
  const waitingRp = partsOf(beforeUndecided(payment)).towardsBillRp - hereRp
  const covers = isInPlay(payment, hereRp + waitingRp) ? payment.covers : []
  return {
    payment,
    hereRp,
    leavingRp: leavingOf(payment).billRp,
    waitingRp,
    covers: new Map(covers?.map(({ orderId, amountRp: rp, forRp = rp }) => [orderId, { rp, forRp }])),
  }
}

/** What it covers now; what has all gone back is for nothing any more, and a closed code for what it was. */
export function coversAfter(one: Purse): readonly Cover[] | undefined {
  const { payment, covers } = one
  if (!isInPlay(payment, heldRp(one))) {
    return payment.covers && amountsOf(payment).returnedRp > 0 ? [] : payment.covers
  }
  return [...covers].map(([orderId, { rp, forRp }]) => ({
    orderId,
    amountRp: rp,
    ...(forRp !== rp && { forRp }),
  }))
}

/** Of what went back unasked: what was over, and what has become due since; with the last of the bill's, all. */
export function decidedRpOf({ payment, waitingRp }: Purse): number {
  if (waitingRp === 0) return sumRp(payment.facts.refunds.map(undecidedRpOf))
  const before = beforeUndecided(payment)
  const overRp = amountsOf(before).excessRp - amountsOf(payment).excessRp
  return overRp + partsOf(before).towardsBillRp - partsOf(payment).towardsBillRp - waitingRp
}

/** What it holds and pays for nothing: its payer's, but for what is the table's. */
export const freedRpOf = (one: Purse) => (isTables(one) ? 0 : Math.max(0, heldRp(one) - coveringRp(one)))

export function move(one: Purse, orderId: string, rp: number, forRp = 0) {
  const was = one.covers.get(orderId) ?? { rp: 0, forRp: 0 }
  const now = { rp: was.rp + rp, forRp: Math.max(0, was.forRp + forRp) }
  if (now.rp > 0 || now.forRp > 0) one.covers.set(orderId, now)
  else one.covers.delete(orderId)
}

/** Takes `rp` off what it covers: where it only helps out, then the youngest order first; answers what of which. */
export function uncover(one: Purse, rp: number): readonly Cover[] {
  const youngestFirst = [...one.covers].reverse()
  const lent = youngestFirst.map(([id, share]) => [id, Math.max(0, share.rp - share.forRp)] as const)
  const own = youngestFirst.map(([id, share]) => [id, Math.min(share.rp, share.forRp)] as const)
  let leftRp = rp
  return [...lent, ...own].flatMap(([orderId, mostRp]) => {
    const amountRp = Math.min(mostRp, leftRp)
    leftRp -= amountRp
    if (amountRp <= 0) return []
    move(one, orderId, -amountRp)
    return [{ orderId, amountRp }]
  })
}

/** What all of them, those that may still come too, leave of each order. */
export function leftOf(purses: readonly Purse[], orders: readonly Owed[]): Map<string, number> {
  const left = new Map(orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  for (const [orderId, { rp }] of purses.flatMap(({ covers }) => [...covers])) {
    left.set(orderId, Math.max(0, (left.get(orderId) ?? 0) - rp))
  }
  return left
}

/** Pays for these in turn, as far as something is left of them and there is money. */
export function place(one: Purse, orders: readonly Owed[], left: Map<string, number>, moneyRp: () => number) {
  for (const { orderId } of orders) {
    const leftRp = left.get(orderId) ?? 0
    if (leftRp === 0) continue
    const rp = Math.min(leftRp, moneyRp())
    if (rp <= 0) return
    move(one, orderId, rp)
    left.set(orderId, (left.get(orderId) ?? 0) - rp)
  }
}
