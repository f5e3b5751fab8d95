import { describe, expect, it } from 'vitest'
import type { Bill } from '#shared/payment/payment.ts'
import { paymentId } from '../../../client/i18n/payment/payment.id.ts'
import { billViewOf } from '../../../client/payment/bill/bill-view.ts'
import { mattersOf } from '../../../client/payment/cashier/attention/matters.ts'
import { billFor, charges, makeId, NOW, orderOf, paid, paymentOf, tableOf } from './sample-money.ts'

const visitId = makeId('vis')
const kept = orderOf(1, [[20_000, 1]], visitId)
const ended = {
  ...orderOf(1, [[25_000, 1]], visitId),
  status: 'cancelled' as const,
  endedAtMs: NOW + 60_000,
}
const payment = paid(paymentOf(22_000, { createdAtMs: NOW + 10_000 }))
const both = paid(paymentOf(49_500, { createdAtMs: NOW + 10_000 }))

function discounted(bill: Bill, discountRp: number): Bill {
  const share = (sums: Bill['sums']) => {
    const taxRp = (sums.subtotalRp - discountRp) / 10
    return { ...sums, discountRp, taxRp, totalRp: sums.subtotalRp - discountRp + taxRp }
  }
  return {
    ...bill,
    discount: { what: { kind: 'amount', amountRp: discountRp }, label: 'Potongan' },
    orders: bill.orders.map((order) => ({ ...order, ...share(order) })),
    sums: share(bill.sums),
  }
}

const viewOf = (bill: Bill, orders: readonly (typeof kept | typeof ended)[], payments = [payment]) =>
  billViewOf(tableOf([kept], { bill, orders, payments }), charges)
const bill = billFor([kept])

describe('Why more was paid than a bill owes', () => {
  it('is the discount that was given after it was paid, and no cancelled order', () => {
    const view = viewOf(discounted(bill, 10_000), [kept])
    expect(view).toMatchObject({ overCause: 'discount', standing: { overRp: 11_000 } })
    if (!view) return
    expect(mattersOf(view, [payment], [])).toMatchObject([{ kind: 'discounted', refundRp: 11_000 }])
    expect(paymentId.bill.toReturn.discount('Rp11.000')).not.toMatch(/batal/)
  })

  it('is the order that was cancelled after it was paid', () => {
    expect(viewOf(bill, [kept, ended], [both])).toMatchObject({
      overCause: 'cancelled',
      standing: { overRp: 27_500 },
    })
  })

  it('is not said where both may be it, or neither', () => {
    expect(viewOf(discounted(bill, 10_000), [kept, ended], [both])?.overCause).toBe('other')
    expect(viewOf(bill, [kept], [both])?.overCause).toBe('other')
    // More than the order that ended came to.
    expect(viewOf(bill, [kept, { ...ended, quote: kept.quote }], [both])?.overCause).toBe('other')
  })

  it('is no order that ended before anybody had paid', () => {
    const before = { ...ended, endedAtMs: NOW + 5000 }
    expect(viewOf(discounted(bill, 10_000), [kept, before])?.overCause).toBe('discount')
    expect(viewOf(bill, [kept, before], [both])?.overCause).toBe('other')
  })

  it('is not said where a person counted money that had come late', () => {
    const late = { ...payment, facts: { ...payment.facts, creditedAtMs: NOW } }
    expect(viewOf(discounted(bill, 10_000), [kept], [late])?.overCause).toBe('other')
  })
})
