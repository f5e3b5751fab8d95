import { describe, expect, test } from 'vitest'
import { openBill } from './open-bill.ts'

const CUP_RP = 22_000

/** An order of one cup of each of these guests. */
function tableOf(...phones: readonly number[]) {
  const bill = openBill()
  for (const phone of phones) bill.order(CUP_RP, phone)
  return bill
}
const coversOf = (bill: ReturnType<typeof openBill>, place = 0) => bill.payments()[place]?.covers
const planned = (bill: ReturnType<typeof openBill>) =>
  new Map(bill.plan().map(({ paymentId, amountRp }) => [paymentId, amountRp]))

describe('a discount that is taken back', () => {
  test('leaves each payment for the cup that it was made for', () => {
    const bill = tableOf(1, 2)
    bill.pay(CUP_RP, { names: ['ord_0'] })
    const was = coversOf(bill)
    // Half price: what is over of the one cup is its guest's, and pays for no other's.
    expect(bill.discount(CUP_RP)).toMatchObject({ remainderRp: CUP_RP / 2, overRp: CUP_RP / 2 })
    expect(bill.discount(0)).toMatchObject({ remainderRp: CUP_RP, overRp: 0 })
    expect(coversOf(bill)).toEqual(was)
    expect(bill.cancel(0)).toMatchObject({ remainderRp: CUP_RP, overRp: CUP_RP })
  })

  test('leaves a code for the cup that it was shown for, paid meanwhile', () => {
    const bill = tableOf(1, 2)
    const code = bill.show(CUP_RP, { names: ['ord_0'] })
    const was = coversOf(bill)
    bill.discount(20_000)
    bill.hear(code, 'received')
    bill.discount(0)
    expect(coversOf(bill)).toEqual(was)
    expect(bill.standing()).toMatchObject({ remainderRp: CUP_RP, overRp: 0 })
  })

  test('asks again for what was returned because of it, and for no more', () => {
    const bill = tableOf(1)
    bill.pay(CUP_RP)
    bill.discount(CUP_RP / 2)
    expect(bill.refund(CUP_RP / 2)).toMatchObject({ remainderRp: 0, overRp: 0 })
    expect(bill.discount(0)).toMatchObject({ remainderRp: CUP_RP / 2, overRp: 0 })
    bill.pay(CUP_RP / 2, { phone: 2 })
    expect(bill.discount(CUP_RP / 2)).toMatchObject({ overRp: CUP_RP / 2 })
    expect([...planned(bill).values()]).toEqual([5500, 5500])
  })

  test('helps each who paid for a cup of one order as much as the other', () => {
    const bill = openBill()
    bill.order(2 * CUP_RP)
    for (const phone of [1, 2]) bill.pay(CUP_RP, { phone, names: [['ord_0', CUP_RP]] })
    bill.discount(CUP_RP)
    const [a, b] = bill.payments().map(({ id }) => id)
    expect(planned(bill)).toEqual(
      new Map([
        [b, CUP_RP / 2],
        [a, CUP_RP / 2],
      ]),
    )
  })
})

describe('money that goes back of a payment, and an order that ends of it, are set against each other', () => {
  const begin = () => {
    const bill = tableOf(1, 2)
    bill.pay(2 * CUP_RP)
    return bill
  }
  test.each([0, 1])('whichever is first, where order %i ends', (place) => {
    const settled = { owedRp: CUP_RP, paidRp: CUP_RP, remainderRp: 0, overRp: 0 }
    const backFirst = begin()
    expect(backFirst.refund(CUP_RP)).toMatchObject({ remainderRp: CUP_RP })
    expect(backFirst.cancel(place)).toMatchObject(settled)
    const endFirst = begin()
    expect(endFirst.cancel(place)).toMatchObject({ overRp: CUP_RP })
    expect(endFirst.refund(CUP_RP)).toMatchObject(settled)
    expect(coversOf(backFirst)).toEqual(coversOf(endFirst))
  })

  test('but for what another guest has paid since', () => {
    const bill = begin()
    bill.refund(CUP_RP)
    bill.pay(CUP_RP, { phone: 2 })
    expect(bill.cancel(0)).toMatchObject({ remainderRp: 0, overRp: CUP_RP })
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[0]?.id, amountRp: CUP_RP }])
  })
})

describe('a code that is paid after one of its orders has ended', () => {
  test.each(['by names', 'by amount'])('brings back to its payer what was for that, %s', (way) => {
    const bill = tableOf(1, 1, 2, 2)
    const names = way === 'by names' ? ['ord_0', 'ord_1'] : []
    const code = bill.show(2 * CUP_RP, { names })
    bill.cancel(1)
    expect(bill.hear(code, 'received')).toMatchObject({ remainderRp: 2 * CUP_RP, overRp: CUP_RP })
    expect(bill.plan()).toEqual([{ paymentId: code, amountRp: CUP_RP }])
  })

  test('pays for what the same guest ordered instead', () => {
    const bill = tableOf(1, 2)
    const code = bill.show(CUP_RP)
    bill.cancel(0)
    bill.order(CUP_RP, 1)
    expect(bill.hear(code, 'received')).toMatchObject({ remainderRp: CUP_RP, overRp: 0 })
    expect(coversOf(bill)).toEqual([{ orderId: 'ord_3', amountRp: CUP_RP }])
  })
})
