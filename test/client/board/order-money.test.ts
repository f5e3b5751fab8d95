import { expect, it } from 'vitest'
import { rejectReasonsOf } from '#shared/ordering/order.ts'
import { moneyOf } from '../../../client/board/ticket/order-money.ts'
import { billFor, makeId, NOW, orderOf, paid, paymentOf } from '../payment/sample-money.ts'

const visitId = makeId('vis')

function table() {
  const first = orderOf(1, [[20_000, 1]], visitId)
  const second = orderOf(1, [[10_000, 1]], visitId)
  const bill = { ...billFor([first, second]), visitId }
  return { first, second, bill }
}

it('tells before an order is ended what was paid for it and has to go back', () => {
  const { first, second, bill } = table()
  const whole = paid(paymentOf(33_000, { billId: bill.id }))
  expect(moneyOf(first, [bill], [whole])).toMatchObject({ backRp: 22_000, pendingRp: 0 })
  expect(moneyOf(second, [bill], [whole])).toMatchObject({ backRp: 11_000, pendingRp: 0 })
})

it('leaves what the others still owe out of it, and the money of other bills', () => {
  const { first, second, bill } = table()
  const part = paid(paymentOf(22_000, { billId: bill.id }))
  expect(moneyOf(first, [bill], [part])).toMatchObject({ backRp: 11_000, pendingRp: 0 })
  expect(moneyOf(second, [bill], [part])).toMatchObject({ backRp: 0, pendingRp: 0 })
  expect(moneyOf(second, [bill], [paid(paymentOf(33_000))])).toMatchObject({ backRp: 0, pendingRp: 0 })
})

it('says whether money that was only played is among it', () => {
  const { first, bill } = table()
  const whole = paid(paymentOf(33_000, { billId: bill.id }))
  expect(moneyOf(first, [bill], [{ ...whole, isTest: true }]).isPlayed).toBe(true)
  const { isTest: _, ...real } = whole
  expect(moneyOf(first, [bill], [{ ...real, provider: 'midtrans' }]).isPlayed).toBe(false)
})

it('tells what is being paid at this moment, and nothing of an order without a bill', () => {
  const { first, bill } = table()
  const shown = paymentOf(33_000, { billId: bill.id })
  expect(moneyOf(first, [bill], [shown])).toMatchObject({ backRp: 0, pendingRp: 33_000 })
  expect(moneyOf(first, [], [])).toMatchObject({ backRp: 0, pendingRp: 0 })
})

it('counts on no code that is closed with the order', () => {
  const { first, second, bill } = table()
  const part = paid(paymentOf(10_000, { billId: bill.id, covers: [{ orderId: first.id, amountRp: 10_000 }] }))
  const covers = [
    { orderId: first.id, amountRp: 12_000 },
    { orderId: second.id, amountRp: 11_000 },
  ]
  const shown = paymentOf(23_000, { billId: bill.id, covers, createdAtMs: NOW + 1 })
  // What was paid for the first pays for the second then, which nobody else is about to pay for.
  expect(moneyOf(first, [bill], [part, shown]).backRp).toBe(0)
  const other = { ...shown, covers: [{ orderId: second.id, amountRp: 11_000 }], amountRp: 11_000 }
  expect(moneyOf(first, [bill], [part, other]).backRp).toBe(10_000)
})

it('a pick-up is not rejected because nobody sits at its table', () => {
  expect(rejectReasonsOf({ pickup: null })[0]).toBe('nobody_there')
  expect(rejectReasonsOf({ pickup: {} })).not.toContain('nobody_there')
})
