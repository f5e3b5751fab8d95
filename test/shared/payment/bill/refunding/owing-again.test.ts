import { expect, test } from 'vitest'
import { owesAfterRefund } from '#shared/payment/bill/refunding/owing-again.ts'
import { openBill } from '../open-bill.ts'

const CUP_RP = 22_000

/** Two cups that one guest has paid for, one of which ended; what the bill would owe after a refund. */
function halfEnded() {
  const bill = openBill()
  for (const _ of [0, 1]) bill.order(CUP_RP)
  bill.pay(2 * CUP_RP)
  bill.cancel(1)
  const owesAfter = (amountRp: number) => {
    const [payment] = bill.payments()
    if (!payment) throw new Error('There is a payment.')
    const refundId = `rfd_01700000009${amountRp}`
    return owesAfterRefund({ orders: bill.owed(), payments: bill.payments(), payment, refundId, amountRp })
  }
  return { bill, owesAfter }
}

test('what is over goes back unasked, and what is beyond it is asked about', () => {
  const { owesAfter } = halfEnded()
  expect(owesAfter(CUP_RP)).toBeNull()
  expect(owesAfter(CUP_RP + 5000)).toBe(5000)
})

test('what is on its way back already does not excuse a second one', () => {
  const { bill, owesAfter } = halfEnded()
  bill.ask(CUP_RP)
  expect(owesAfter(CUP_RP)).toBe(CUP_RP)
})

test('money that is over elsewhere takes the place of what goes back', () => {
  const bill = openBill()
  for (const _ of [0, 1]) bill.order(CUP_RP)
  for (const id of bill.orderIds()) bill.pay(CUP_RP, { names: [id] })
  bill.cancel(1)
  const [payment] = bill.payments()
  if (!payment) throw new Error('There is a payment.')
  const refund = { payment, refundId: 'rfd_017000000099', amountRp: CUP_RP }
  expect(owesAfterRefund({ orders: bill.owed(), payments: bill.payments(), ...refund })).toBeNull()
  expect(bill.refund(CUP_RP)).toMatchObject({ remainderRp: 0, overRp: 0 })
})

test.each([0, 2000])(
  'the till’s own proposal leaves what rounding still pays for: with a tip of %i',
  (tipRp) => {
    const bill = openBill()
    for (const rp of [25_027, 284]) bill.order(rp)
    bill.pay(25_311, { phone: null, roundingRp: -311, tipRp })
    bill.cancel(0)
    const [payment] = bill.payments()
    const [planned] = bill.plan()
    if (!payment || !planned) throw new Error('There is a payment, and something of it is to go back.')
    const { amountRp } = planned
    const refund = { payment, refundId: 'rfd_017000000099', amountRp }
    expect(owesAfterRefund({ orders: bill.owed(), payments: bill.payments(), ...refund })).toBeNull()
    expect(bill.refund(amountRp)).toMatchObject({ remainderRp: 0, tipRp })
    expect(bill.plan()).toEqual([])
  },
)

test('what is to be paid again and on its way back is not counted twice', () => {
  const { bill, owesAfter } = halfEnded()
  bill.ask(2 * CUP_RP - 1000)
  expect(owesAfter(1000)).toBe(CUP_RP)
  bill.end('dropped')
  bill.dashboard(CUP_RP)
  expect(owesAfter(5000)).toBe(5000)
})
