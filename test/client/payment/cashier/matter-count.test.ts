import { expect, it } from 'vitest'
import { matterCount } from '../../../../client/payment/cashier/attention/matter-count.ts'
import { billFor, makeId, orderOf, paid, paymentOf } from '../sample-money.ts'

it('counts at the door of the till what was paid for an order that has ended since', () => {
  const bill = billFor([orderOf(1, [[20_000, 1]], makeId('vis'))])
  const payment = paid(paymentOf(22_000, { billId: bill.id }))
  expect(matterCount([bill], [payment])).toBe(0)
  const without = { ...bill, sums: { ...bill.sums, totalRp: 0 } }
  expect(matterCount([without], [payment])).toBe(1)
  expect(matterCount([without], [payment, paid(paymentOf(9000))])).toBe(1)
})
