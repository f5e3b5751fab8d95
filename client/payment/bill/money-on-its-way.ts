import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import { beforeUndecided } from '#shared/payment/bill/refunding/undecided.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import { type Played, playedOf } from '../paying/played.ts'

/** How money went back, as its payer looks for it. */
type BackBy = 'cash' | 'card' | 'bank'

/** Money of this phone that is to go back, is on its way, or has gone back. */
export type MoneyOnItsWay = {
  readonly billId: string
  /** One of this phone's payments: it has a page of its own when the bill is not known here any more. */
  readonly paymentId: string
  readonly isBillKnown: boolean
  /** Named in the address of a pick-up's bill. */
  readonly pickupVisitId: string | null
  /** The bill stands at the table where this phone sits; whoever sits elsewhere has nothing to show to anybody. */
  readonly isAtTable: boolean
  /** Something of the bill is left to pay, so that money which counts for nothing yet may count after all. */
  readonly isOwing: boolean
  readonly amountRp: number
  /** When the last of the money came. */
  readonly cameAtMs: number
  readonly played: Played
} & (
  | { readonly state: 'due' | 'returning' }
  | { readonly state: 'returned'; readonly by: BackBy; readonly atMs: number | null }
)

type PhoneMoney = {
  readonly bills: readonly Bill[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  /** The payments that this phone made: told to it for good, while a bill goes with its visit. */
  readonly ownIds: ReadonlySet<string>
}

/** On the page of all orders, what went back is news for a day. */
const NEWS_MS = 24 * 60 * 60_000
/** What the provider gave back by itself has no time: it is news for so long after it had come. */
const TIMELESS_NEWS_MS = 14 * NEWS_MS

/** Whether the page of all orders still speaks of it. */
export function isMoneyNews(one: MoneyOnItsWay, nowMs: number): boolean {
  if (one.state !== 'returned' || one.isAtTable) return true
  return one.atMs === null ? one.cameAtMs > nowMs - TIMELESS_NEWS_MS : one.atMs > nowMs - NEWS_MS
}

function sumOf<T>(all: readonly T[], rpOf: (one: T) => number): number {
  return all.reduce((sum, one) => sum + rpOf(one), 0)
}

type Back = {
  readonly payment: Payment
  readonly amountRp: number
  readonly by: BackBy
  readonly atMs: number | null
}

/** What has gone back, refund by refund. One that the provider made by itself has no time here. */
function backsOf(own: readonly Payment[], refunds: readonly Refund[]): readonly Back[] {
  return own.flatMap((payment) =>
    payment.facts.refunds
      .filter(({ stage }) => stage === 'succeeded')
      .map(({ refundId, amountRp, isByHand }) => {
        const { way = 'same', endedAtMs = null } = refunds.find(({ id }) => id === refundId) ?? {}
        const isCash = isByHand || way === 'cash' || payment.method === 'cash'
        return {
          payment,
          amountRp,
          by: isCash ? 'cash' : payment.method === 'card' ? 'card' : 'bank',
          atMs: endedAtMs,
        }
      }),
  )
}

/** One for each way: whoever looks for it at the bank finds so much there. The time is that of the last. */
function returnedOf(own: readonly Payment[], refunds: readonly Refund[]) {
  const byWay = Map.groupBy(backsOf(own, refunds), ({ by }) => by)
  return [...byWay.entries()].map(([by, backs]) => ({
    state: 'returned' as const,
    by,
    amountRp: sumOf(backs, (back) => back.amountRp),
    atMs: backs.reduce<number | null>(
      (last, { atMs }) => (atMs === null ? last : Math.max(last ?? 0, atMs)),
      null,
    ),
    played: playedOf(backs.map((back) => back.payment)),
  }))
}

/** By this phone's own payments: a bill that is gone takes no sight of their money with it. */
export function moneyOnItsWay({ bills, payments, refunds, ownIds }: PhoneMoney): readonly MoneyOnItsWay[] {
  const groups = Map.groupBy(
    payments.filter(({ id }) => ownIds.has(id)),
    ({ billId }) => billId,
  )
  return [...groups.entries()].flatMap(([billId, own]): MoneyOnItsWay[] => {
    const amounts = own.map((payment) => amountsOf(payment))
    const receivedRp = sumOf(amounts, (one) => one.receivedRp)
    const first = own[0]
    if (receivedRp === 0 || !first) return []
    const bill = bills.find(({ id }) => id === billId)
    // Of a bill that is not known here, all that counted is taken to be owed.
    const countedRp = sumOf(own, (payment) => amountsOf(beforeUndecided(payment)).countingRp)
    const ofBill = bill ? payments.filter((payment) => payment.billId === billId) : own
    const standing = standingOf(bill?.sums.totalRp ?? countedRp, ofBill)
    const planned = refundPlan(standing.overRp, ofBill)
    const about = {
      billId,
      paymentId: own.find((payment) => amountsOf(payment).receivedRp > 0)?.id ?? first.id,
      isBillKnown: bill !== undefined,
      pickupVisitId: bill && bill.tableLabel === null ? bill.visitId : null,
      isAtTable: bill !== undefined && bill.tableLabel !== null,
      cameAtMs: Math.max(...own.flatMap(({ facts }) => facts.receipts.map(({ atMs }) => atMs))),
      isOwing: bill !== undefined && standing.remainderRp > 0 && amounts.some((one) => one.excessRp > 0),
    }
    const playedWhere = (rpOf: (one: ReturnType<typeof amountsOf>) => number) =>
      playedOf(own.filter((payment) => rpOf(amountsOf(payment)) > 0))
    const steps: readonly MoneyOnItsWay[] = [
      {
        ...about,
        state: 'due',
        // As the till is asked to give it back: the rest is another guest's.
        amountRp: sumOf(
          planned.filter(({ paymentId }) => ownIds.has(paymentId)),
          (one) => one.amountRp,
        ),
        played: playedWhere((one) => one.refundableRp),
      },
      {
        ...about,
        state: 'returning',
        amountRp: sumOf(amounts, (one) => one.returningRp),
        played: playedWhere((one) => one.returningRp),
      },
      ...returnedOf(own, refunds).map((returned) => ({ ...about, ...returned })),
    ]
    return steps.filter(({ amountRp }) => amountRp > 0)
  })
}
