// Which orders a payment pays for. It is written on the payment when it begins: cups that are named, by their
// share; all that nobody pays for yet, where it is "the rest"; else the payer's own orders first, and then the
// oldest. From then on it is moved by what happens alone, and never inferred from sums; see settling.ts.
import type { Cover, Payment } from '../payment.ts'
import { isTaking } from './apart.ts'
import { beforeUndecided } from './undecided.ts'

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
