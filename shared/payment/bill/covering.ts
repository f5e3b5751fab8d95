// Whose money pays for which order, as far as that is sure. Money that names cups pays for the orders of those
// cups, and its payer is that payment alone. Other money is its phone's (at the till, its own), and pays for what
// was unpaid when it was asked for: all of that, where it was "the rest". Where several paid the same orders, each
// is sure of no more than the others cannot have paid. What is left over, since its order ended or has become
// cheaper, pays for whatever nobody pays for, and is over beyond that.
import type { Payment } from '../payment.ts'
import { namedOrders } from './apart.ts'
import { partsOf } from './standing.ts'

export type Owed = {
  readonly orderId: string
  readonly totalRp: number
  /** Where it is not known, as if it had always been there. */
  readonly placedAtMs?: number
}

export type Covering = {
  /** Of each order, by whosever money. */
  readonly paidRp: ReadonlyMap<string, number>
  /** Of each order by one payer, as far as that is sure. */
  readonly ofPayer: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** What is surely this payer's of what was paid and is not owed. */
  readonly overRpOf: ReadonlyMap<string, number>
}

type Claim = { readonly payer: string; readonly amountRp: number }

/** Of several payers, and nobody can say how much of whom. */
const JOINT = ''

/** Whose money it is: of all payments of a phone that name nothing, or of one payment. */
export function payerOf({ id, phone, part }: Pick<Payment, 'id' | 'phone' | 'part'>): string {
  return part.kind === 'items' || phone === null ? id : `phone ${phone}`
}

const sumOf = (all: readonly number[]) => all.reduce((sum, rp) => sum + rp, 0)

function joined(claims: readonly Claim[]): readonly Claim[] {
  const groups = Map.groupBy(claims, ({ payer }) => payer)
  return [...groups].map(([payer, own]) => ({ payer, amountRp: sumOf(own.map(({ amountRp }) => amountRp)) }))
}

function createCover(orders: readonly Owed[]) {
  const left = new Map(orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  const leftOf = (orderId: string) => left.get(orderId) ?? 0
  const ofPayer = new Map<string, Map<string, number>>()
  const note = (payer: string, orderId: string, rp: number) => {
    const own = ofPayer.get(payer) ?? new Map<string, number>()
    ofPayer.set(payer, own.set(orderId, (own.get(orderId) ?? 0) + rp))
  }
  /** Pays for these orders, the oldest first; answers what is left over of whose money. */
  function cover(orderIds: readonly string[], wanted: readonly Claim[]): readonly Claim[] {
    const claims = joined(wanted)
    const openRp = sumOf(orderIds.map(leftOf))
    const moneyRp = sumOf(claims.map(({ amountRp }) => amountRp))
    let toSpendRp = moneyRp
    for (const orderId of orderIds) {
      const ownRp = leftOf(orderId)
      const spentRp = Math.min(ownRp, toSpendRp)
      for (const { payer, amountRp } of claims) {
        const sureRp = Math.min(amountRp - (openRp - ownRp), ownRp - (moneyRp - amountRp))
        note(payer, orderId, claims.length === 1 ? spentRp : Math.max(0, sureRp))
      }
      left.set(orderId, ownRp - spentRp)
      toSpendRp -= spentRp
    }
    const over = claims.map((one) => ({ ...one, amountRp: Math.max(0, one.amountRp - openRp) }))
    const jointRp = toSpendRp - sumOf(over.map(({ amountRp }) => amountRp))
    return [...over, { payer: JOINT, amountRp: jointRp }].filter(({ amountRp }) => amountRp > 0)
  }
  return { leftOf, ofPayer, cover }
}

type Named = { readonly orderIds: readonly string[]; readonly claims: readonly Claim[] }

/** Payments that name one order go by that order; those that name several, together where they share one. */
function namedTogether(payments: readonly Payment[], claimOf: (payment: Payment) => Claim): readonly Named[] {
  const all = payments.map((payment) => ({ orderIds: [...namedOrders(payment)], claims: [claimOf(payment)] }))
  const ones = Map.groupBy(
    all.filter(({ orderIds }) => orderIds.length === 1),
    ({ orderIds }) => orderIds[0],
  )
  const several = all
    .filter(({ orderIds }) => orderIds.length > 1)
    .reduce<readonly Named[]>((groups, one) => {
      const isShared = ({ orderIds }: Named) => orderIds.some((id) => one.orderIds.includes(id))
      const same = [...groups.filter(isShared), one]
      const orderIds = [...new Set(same.flatMap((group) => group.orderIds))]
      const rest = groups.filter((group) => !isShared(group))
      return [...rest, { orderIds, claims: same.flatMap(({ claims }) => claims) }]
    }, [])
  const single = [...ones.values()].map((group) => ({
    orderIds: group[0]?.orderIds ?? [],
    claims: group.flatMap(({ claims }) => claims),
  }))
  return [...single, ...several]
}

/** Each run of payments up to one that took the whole rest: until then, they paid for all that was there. */
function runsOf(payments: readonly Payment[]): readonly (readonly Payment[])[] {
  const runs: Payment[][] = [[]]
  for (const payment of payments) {
    runs.at(-1)?.push(payment)
    if (payment.part.kind === 'rest') runs.push([])
  }
  return runs
}

/** `orders`: oldest first. */
export function coveringOf(orders: readonly Owed[], payments: readonly Payment[]): Covering {
  const { leftOf, ofPayer, cover } = createCover(orders)
  const claimOf = (payment: Payment): Claim => ({
    payer: payerOf(payment),
    amountRp: partsOf(payment).towardsBillRp,
  })
  const inTurn = [...payments].sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1))
  const known = new Set(orders.map(({ orderId }) => orderId))
  const isNaming = ({ part }: Payment) => part.kind === 'items'
  const over = namedTogether(inTurn.filter(isNaming), claimOf).flatMap(({ orderIds, claims }) =>
    cover(
      orderIds.filter((id) => known.has(id)),
      claims,
    ),
  )
  for (const run of runsOf(inTurn.filter((payment) => !isNaming(payment)))) {
    const last = run.at(-1)
    const untilMs = last?.part.kind === 'rest' ? last.createdAtMs : Number.POSITIVE_INFINITY
    const there = orders.filter(({ placedAtMs = 0 }) => placedAtMs <= untilMs)
    over.push(
      ...cover(
        there.map(({ orderId }) => orderId),
        run.map(claimOf),
      ),
    )
  }
  const beyond = cover([...known], over)
  return {
    paidRp: new Map(orders.map(({ orderId, totalRp }) => [orderId, totalRp - leftOf(orderId)])),
    ofPayer,
    overRpOf: new Map(beyond.map(({ payer, amountRp }) => [payer, amountRp])),
  }
}
