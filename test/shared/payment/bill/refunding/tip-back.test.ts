import { describe, expect, test } from 'vitest'
import { openBill } from '../open-bill.ts'

const CUP_RP = 22_000
const TIP_RP = 5000

/** One guest who has paid for so many cups, each an order, with a tip. */
function tipped(cups: number) {
  const bill = openBill()
  for (let made = 0; made < cups; made++) bill.order(CUP_RP)
  bill.pay(cups * CUP_RP, { tipRp: TIP_RP })
  return bill
}
const planned = (bill: ReturnType<typeof openBill>) => bill.plan().map(({ amountRp }) => amountRp)

describe('a tip', () => {
  test('stays where the money for a cup goes back, and is not asked back after it', () => {
    const bill = tipped(2)
    bill.cancel(1)
    expect(planned(bill)).toEqual([CUP_RP])
    expect(bill.refund(CUP_RP)).toMatchObject({ paidRp: CUP_RP, tipRp: TIP_RP, overRp: 0 })
    expect(planned(bill)).toEqual([])
    expect(bill.keep()).toMatchObject({ paidRp: CUP_RP, tipRp: TIP_RP, overRp: 0 })
  })

  test('stays also where that is under way, and when it is done then', () => {
    const bill = tipped(2)
    bill.cancel(1)
    bill.ask(CUP_RP)
    expect(planned(bill)).toEqual([])
    expect(bill.end('succeeded')).toMatchObject({ paidRp: CUP_RP, tipRp: TIP_RP, overRp: 0 })
  })

  test('stays where the provider gave the money for a cup back before the cup ended', () => {
    const bill = tipped(2)
    expect(bill.dashboard(CUP_RP)).toMatchObject({ undecidedRp: CUP_RP, tipRp: TIP_RP })
    expect(bill.cancel(1)).toMatchObject({ paidRp: CUP_RP, tipRp: TIP_RP, undecidedRp: 0, overRp: 0 })
  })

  test('stays where the bill’s money is to be paid in another way', () => {
    const bill = tipped(1)
    expect(bill.refund(CUP_RP)).toMatchObject({ remainderRp: CUP_RP, tipRp: TIP_RP })
    expect(bill.pay(CUP_RP)).toMatchObject({ remainderRp: 0, overRp: 0, tipRp: TIP_RP })
  })

  test('goes back when somebody here gives it back', () => {
    const bill = tipped(1)
    expect(bill.refund(TIP_RP)).toMatchObject({
      paidRp: CUP_RP,
      tipRp: 0,
      remainderRp: 0,
      undecidedRp: 0,
    })
    bill.order(CUP_RP)
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, remainderRp: 0 })
  })

  test('stays where the provider gave as much back unasked, which is a question', () => {
    expect(tipped(1).dashboard(TIP_RP)).toMatchObject({ undecidedRp: TIP_RP, tipRp: TIP_RP, remainderRp: 0 })
  })

  test.each(['failed', 'succeeded'] as const)(
    'under way here makes nobody owe where the provider gave all back: %s',
    (stage) => {
      const bill = tipped(2)
      bill.ask(TIP_RP)
      const left = { remainderRp: 0, undecidedRp: 2 * CUP_RP, tipRp: 0 }
      expect(bill.dashboard(2 * CUP_RP + TIP_RP)).toMatchObject(left)
      expect(bill.keep()).toMatchObject(left)
      expect(bill.end(stage)).toMatchObject(left)
      expect(bill.keep()).toMatchObject(left)
      expect(bill.oweAgain()).toMatchObject({ remainderRp: 2 * CUP_RP, undecidedRp: 0 })
    },
  )

  test.each([
    [141, 2000, -141],
    [400, 2000, -400],
    [141, 800, -441],
  ])('of which a part goes back leaves a part of %i that rounding paid', (partRp, tipRp, roundingRp) => {
    const bill = openBill()
    bill.order(partRp)
    bill.order(CUP_RP)
    const left = { remainderRp: CUP_RP, overRp: 0, paidRp: partRp }
    expect(bill.pay(partRp, { tipRp, roundingRp, names: ['ord_0'] })).toMatchObject(left)
    expect(bill.payments()[0]?.covers).toEqual([{ orderId: 'ord_0', amountRp: partRp }])
    expect(bill.refund(100)).toMatchObject({ ...left, roundingRp, tipRp: tipRp - 100 })
    expect(bill.keep()).toMatchObject(left)
  })

  test('that went back before its late money was counted is gone then', () => {
    const bill = openBill()
    bill.order(CUP_RP)
    const code = bill.show(CUP_RP, { tipRp: TIP_RP })
    bill.hear(code, 'expired')
    bill.hear(code, 'late')
    bill.refund(TIP_RP)
    expect(bill.hear(code, 'credited')).toMatchObject({ remainderRp: 0, paidRp: CUP_RP, tipRp: 0 })
  })

  test('that the provider gave back beside the money for a cup is no question', () => {
    const bill = tipped(2)
    bill.dashboard(2 * CUP_RP)
    expect(bill.dashboard(TIP_RP)).toMatchObject({ undecidedRp: 2 * CUP_RP, remainderRp: 0, tipRp: 0 })
  })

  test('goes back with the whole payment, when nothing of it is left to pay for', () => {
    const bill = tipped(1)
    bill.cancel(0)
    expect(planned(bill)).toEqual([CUP_RP + TIP_RP])
    expect(bill.refund(CUP_RP + TIP_RP)).toMatchObject({ paidRp: 0, tipRp: 0, overRp: 0 })
    expect(planned(bill)).toEqual([])
  })

  test('keeps no cup waiting while it is on its way back, and nothing else from going', () => {
    const bill = tipped(2)
    bill.ask(TIP_RP)
    bill.cancel(1)
    expect(planned(bill)).toEqual([CUP_RP])
    expect(bill.end('succeeded')).toMatchObject({ paidRp: 2 * CUP_RP, tipRp: 0, overRp: CUP_RP })
  })
})
