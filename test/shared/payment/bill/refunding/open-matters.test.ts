import { describe, expect, test } from 'vitest'
import { openMatters } from '#shared/payment/bill/refunding/open-matters.ts'
import { openBill } from '../open-bill.ts'

describe('money that came short', () => {
  const begin = (orders = 1) => {
    const bill = openBill()
    for (let made = 0; made < orders; made++) bill.order(44_000 / orders)
    bill.pay(44_000, { receivedRp: 22_000 })
    const matters = () => {
      const [payment] = bill.payments()
      const orders = [...bill.totals()].map(([orderId, totalRp]) => ({ orderId, totalRp }))
      return payment && openMatters(payment, orders, bill.payments())
    }
    return { bill, matters }
  }

  test('is a matter until somebody has paid the rest, and not again when another orders', () => {
    const { bill, matters } = begin()
    expect(matters()).toEqual(['short'])
    const code = bill.show(22_000, { phone: 2 })
    expect(matters()).toEqual(['short'])
    bill.hear(code, 'received')
    expect(matters()).toEqual([])
    bill.order(22_000, 2)
    expect(matters()).toEqual([])
  })

  test('is one still when somebody has shown a code for the rest and given it up', () => {
    const { bill, matters } = begin(2)
    const code = bill.show(22_000, { phone: 2 })
    bill.order(11_000, 3)
    expect(matters()).toEqual(['short'])
    bill.hear(code, 'expired')
    expect(matters()).toEqual(['short'])
  })

  test('is none once a discount or an order that ended leaves nothing to pay', () => {
    const { bill, matters } = begin()
    bill.discount(22_000)
    expect(matters()).toEqual([])
    const other = begin()
    other.bill.cancel(0)
    expect(other.matters()).toEqual([])
  })

  test('of a tip alone is none', () => {
    const bill = openBill()
    bill.order(22_000)
    bill.pay(22_000, { tipRp: 5000, receivedRp: 24_000 })
    const [payment] = bill.payments()
    const orders = [{ orderId: 'ord_0', totalRp: 22_000 }]
    expect(payment && openMatters(payment, orders, bill.payments())).toEqual([])
  })
})
