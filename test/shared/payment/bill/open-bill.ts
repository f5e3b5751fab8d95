import { apportion } from '#shared/payment/bill/apportion.ts'
import { coversFor } from '#shared/payment/bill/covering.ts'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import { decisionsAbout } from '#shared/payment/bill/refunding/undecided.ts'
import { settle } from '#shared/payment/bill/settling.ts'
import { type Standing, standingOf } from '#shared/payment/bill/standing.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { NO_FACTS, type RefundStage } from '#shared/payment/payment-facts.ts'
import { advancePayment, amountsOf } from '#shared/payment/payment-status.ts'

export type Kept = Pick<Bill, 'orders' | 'sums'>

type Wish = {
  readonly tipRp?: number
  readonly roundingRp?: number
  readonly receivedRp?: number
  /** The orders whose cups it names, each with their share; without one, the whole order. */
  readonly names?: readonly (string | readonly [string, number])[]
  readonly phone?: number | null
}

const NOTHING = { receivedRp: 0, returnedRp: 0, refundableRp: 0 }

/** One bill, kept after each step as the server keeps it. */
export function openBill() {
  let orders: readonly { readonly orderId: string; readonly priceRp: number; readonly phone: number }[] = []
  let discountRp = 0
  let payments: readonly Payment[] = []
  let kept = { orders: [], sums: { totalRp: 0 } } as unknown as Kept
  let made = 0
  let nowMs = 1000

  function owed() {
    const wholeRp = orders.reduce((sum, { priceRp }) => sum + priceRp, 0)
    const prices = orders.map(({ priceRp }) => priceRp)
    const shares = apportion(Math.min(discountRp, wholeRp), prices.length > 0 ? prices : [0])
    return orders.map(({ priceRp, ...order }, index) => ({
      ...order,
      totalRp: priceRp - (shares[index] ?? 0),
    }))
  }
  const owedRp = () => owed().reduce((sum, { totalRp }) => sum + totalRp, 0)
  const standing = (): Standing => standingOf(owedRp(), payments)
  function keep(isDiscounted = false): Standing {
    nowMs += 1000
    payments = settle({ before: kept, orders: owed(), isDiscounted, payments, nowMs })
    kept = { orders: owed(), sums: { totalRp: owedRp() } } as unknown as Kept
    return standing()
  }
  const change = (payment: Payment, ...events: Parameters<typeof advancePayment>[1][]) => {
    const after = events.reduce<Payment>(advancePayment, payment)
    payments = payments.map((one) => (one.id === payment.id ? after : one))
  }
  return {
    standing,
    keep,
    owed,
    payments: () => payments,
    phoneOf: (id: string) => orders.find(({ orderId }) => orderId === id)?.phone,
    orderIds: () => orders.map(({ orderId }) => orderId),
    totals: () => new Map(owed().map(({ orderId, totalRp }) => [orderId, totalRp])),
    plan: () => refundPlan(standing().overRp, payments),
    order(priceRp: number, phone = 1) {
      orders = [...orders, { orderId: `ord_${made}`, priceRp, phone }]
      made++
      return keep()
    },
    cancel(place: number) {
      orders = orders.filter((_, index) => index !== place % Math.max(1, orders.length))
      return keep()
    },
    discount(amountRp: number) {
      const isDiscounted = amountRp !== discountRp
      discountRp = amountRp
      return keep(isDiscounted)
    },
    /** Shows a code, which may be paid later. */
    show(amountRp: number, { tipRp = 0, roundingRp = 0, names = [], phone = 1 }: Wish = {}) {
      const kind = amountRp === standing().remainderRp ? 'rest' : 'amount'
      const totals = new Map(owed().map(({ orderId, totalRp }) => [orderId, totalRp]))
      const named = new Map(names.map((one) => (typeof one === 'string' ? [one, totals.get(one) ?? 0] : one)))
      const unitKeys = [...named.keys()].map((id) => `${id}/0/0`)
      const part = named.size > 0 ? { kind: 'items', unitKeys } : { kind }
      const sums = { amountRp, tipRp, roundingRp, askedRp: amountRp + tipRp + roundingRp }
      const covers = coversFor({ amountRp, phone, named }, owed(), payments)
      const begun = { id: `pay_${made++}`, phone, part, covers, ...sums }
      nowMs += 1000
      const payment = {
        ...begun,
        status: 'pending',
        createdAtMs: nowMs,
        facts: NO_FACTS,
      } as unknown as Payment
      payments = [...payments, payment]
      return payment.id
    },
    /** What becomes of a code. */
    hear(paymentId: string, kind: 'received' | 'late' | 'expired' | 'credited', amountRp?: number) {
      const payment = payments.find(({ id }) => id === paymentId)
      if (!payment) throw new Error(`There is no ${paymentId}.`)
      const receipt = { ref: 'r', amountRp: amountRp ?? payment.askedRp }
      if (kind === 'expired' || kind === 'credited') change(payment, { kind, atMs: 1 })
      else change(payment, { kind: 'received', ...receipt, atMs: kind === 'late' ? 2 : 1 })
      return keep()
    },
    pay(amountRp: number, wish: Wish = {}) {
      if (amountRp <= 0) return standing()
      return this.hear(this.show(amountRp, wish), 'received', wish.receivedRp)
    },
    /** As if a code that came to nothing had never been shown. */
    unshow(paymentId: string) {
      payments = payments.filter(({ id }) => id !== paymentId)
    },
    /** As if all were paid with an earlier version. */
    forget() {
      payments = payments.map(({ covers: _, ...payment }) => payment)
    },
    /** As if nothing had been on the bill when it was kept last. */
    forgetOrders() {
      kept = { ...kept, orders: [] }
    },
    /** By itself where `time` is that of a provider's; else asked for here. */
    back(
      place: number,
      amountRp: number,
      time: '0000000000' | '0170000000',
      stage: RefundStage = 'succeeded',
    ) {
      const payment = payments[place % Math.max(1, payments.length)]
      // A provider knows nothing of what is under way here.
      const isUnasked = time === '0000000000'
      const { receivedRp, returnedRp, refundableRp } = payment ? amountsOf(payment) : NOTHING
      const mostRp = isUnasked ? receivedRp - returnedRp : refundableRp
      if (!payment || mostRp <= 0) return standing()
      const refundId = `rfd_${time}${made++}`
      change(payment, { kind: 'refund', refundId, amountRp: Math.min(amountRp, mostRp), stage, atMs: 1 })
      return keep()
    },
    dashboard(amountRp: number, place = 0) {
      return this.back(place, amountRp, '0000000000')
    },
    refund(amountRp: number, place = 0) {
      return this.back(place, amountRp, '0170000000')
    },
    /** Asked for here, and not done yet. */
    ask(amountRp: number, place = 0) {
      return this.back(place, amountRp, '0170000000', 'requested')
    },
    /** What becomes of all that was asked for. */
    end(stage: RefundStage) {
      for (const payment of payments) {
        for (const refund of payment.facts.refunds) {
          if (refund.stage === 'requested') change(payment, { kind: 'refund', ...refund, stage, atMs: 1 })
        }
      }
      return keep()
    },
    oweAgain(place = 0) {
      const payment = payments[place % Math.max(1, payments.length)]
      if (payment) change(payment, ...decisionsAbout(payment, 1))
      return keep()
    },
  }
}
