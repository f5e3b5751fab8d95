import { describe, expect, it } from 'vitest'
import { unitsOf } from '#shared/payment/bill/split.ts'
import { billViewOf } from '../../../client/payment/bill/bill-view.ts'
import { parseRupiah } from '../../../client/payment/part/parse-rupiah.ts'
import {
  askedFor,
  type PartChoice,
  partAgain,
  planPart,
  takersOf,
} from '../../../client/payment/part/pay-part.ts'
import { charges, makeId, orderOf, paid, paymentOf, tableOf } from './sample-money.ts'

const visitId = makeId('vis')
const orders = [orderOf(1, [[20_000, 2]], visitId), orderOf(2, [[30_000, 1]], visitId)]
const view = billViewOf(tableOf(orders), charges)
if (!view) throw new Error('There is a bill.')
const { sheet } = view
const keys = unitsOf(sheet).map((unit) => unit.key)
const open = { sheet, takenKeys: new Set<string>(), openRp: 77_000 }
const choice = (change: Partial<PartChoice>): PartChoice => ({
  kind: 'rest',
  cups: [],
  partsLeft: 2,
  amountRp: null,
  ...change,
})
const settings = { cashRounding: { stepRp: 500, direction: 'nearest' } } as const

describe('The part that a payer chooses', () => {
  it('is all that nobody else pays', () => {
    expect(planPart(choice({}), { ...open, openRp: 47_000 })).toMatchObject({ value: { amountRp: 47_000 } })
  })

  it('says from what it was cut where others pay by amount and leave less than the chosen cups come to', () => {
    const cups = choice({ kind: 'items', cups: [keys[2] ?? ''] })
    expect(planPart(cups, { ...open, openRp: 20_000 })).toMatchObject({
      value: { amountRp: 20_000, cutFromRp: 33_000 },
    })
    expect(planPart(cups, open)).toMatchObject({ value: { amountRp: 33_000 } })
    expect(planPart(cups, open).ok && planPart(cups, open)).not.toHaveProperty('value.cutFromRp')
  })

  it('is asked for by how many cups of a line, whichever of them was tapped', () => {
    const plan = planPart(choice({ kind: 'items', cups: [keys[1] ?? '', keys[2] ?? ''] }), open)
    expect(plan).toEqual({
      ok: true,
      value: {
        amountRp: 55_000,
        wanted: {
          kind: 'items',
          units: [
            { orderId: orders[0]?.id, line: 0, quantity: 1 },
            { orderId: orders[1]?.id, line: 0, quantity: 1 },
          ],
        },
      },
    })
  })

  it('loses a cup that somebody else took meanwhile', () => {
    const cups = [keys[0] ?? '', keys[2] ?? '']
    const taken = { ...open, takenKeys: new Set([keys[2] ?? '']) }
    expect(planPart(choice({ kind: 'items', cups }), taken)).toMatchObject({ value: { amountRp: 22_000 } })
    const all = { ...open, takenKeys: new Set(keys) }
    expect(planPart(choice({ kind: 'items', cups }), all)).toMatchObject({
      refusal: { code: 'part.nothing_chosen' },
    })
  })

  it('is an equal share, the larger one first', () => {
    const plan = planPart(choice({ kind: 'share', partsLeft: 3 }), open)
    expect(plan).toMatchObject({ value: { amountRp: 25_667, wanted: { kind: 'share', partsLeft: 3 } } })
  })

  it('is an amount that leaves nobody a remainder too small to pay', () => {
    const code = (amountRp: number | null) => {
      const plan = planPart(choice({ kind: 'amount', amountRp }), open)
      return plan.ok ? plan.value.amountRp : plan.refusal.code
    }
    expect([null, 999, 76_500, 77_001, 77_000, 20_000].map(code)).toEqual([
      'part.nothing_chosen',
      'bill.part_too_small',
      'bill.remainder_too_small',
      'bill.part_too_large',
      77_000,
      20_000,
    ])
  })

  it('is nothing while others pay all that is left', () => {
    expect(planPart(choice({}), { ...open, openRp: 0 })).toMatchObject({
      refusal: { code: 'bill.nothing_open' },
    })
  })
})

describe('What is asked for', () => {
  it('is rounded in cash only, on a line of its own', () => {
    expect(askedFor(25_667, 2000, 'cash', settings)).toEqual({
      amountRp: 25_667,
      tipRp: 2000,
      roundingRp: -167,
      askedRp: 27_500,
    })
    expect(askedFor(25_667, 2000, 'qris', settings)).toMatchObject({ roundingRp: 0, askedRp: 27_667 })
  })

  it('never becomes nothing by rounding', () => {
    expect(askedFor(200, 0, 'cash', settings)).toMatchObject({ roundingRp: 0, askedRp: 200 })
  })
})

describe('A cup', () => {
  it('is taken by a payment that counts or may still be made, and free again when that came to nothing', () => {
    const part = { kind: 'items', unitKeys: [keys[0] ?? ''] } as const
    expect([...takersOf([paymentOf(22_000, { part })]).keys()]).toEqual([keys[0]])
    expect([...takersOf([paid(paymentOf(22_000, { part }))]).keys()]).toEqual([keys[0]])
    expect([...takersOf([paymentOf(22_000, { part, status: 'expired' })]).keys()]).toEqual([])
  })
})

describe('A payment that came to nothing, in one tap again', () => {
  it('takes the same cups as far as they are free', () => {
    const part = { kind: 'items', unitKeys: [keys[0] ?? '', keys[2] ?? ''] } as const
    const again = partAgain(paymentOf(55_000, { part }), { ...open, takenKeys: new Set([keys[2] ?? '']) })
    expect(again).toMatchObject({ value: { amountRp: 22_000 } })
  })

  it('takes the same amount, or all that is left where too little would be', () => {
    const share = paymentOf(38_500, { part: { kind: 'share', ofParts: 2 } })
    expect(partAgain(share, open)).toMatchObject({ value: { amountRp: 38_500, wanted: { kind: 'amount' } } })
    expect(partAgain(share, { ...open, openRp: 39_000 })).toMatchObject({
      value: { amountRp: 39_000, wanted: { kind: 'rest' } },
    })
    expect(partAgain(share, { ...open, openRp: 20_000 })).toMatchObject({ value: { amountRp: 20_000 } })
    expect(partAgain(share, { ...open, openRp: 0 })).toMatchObject({ ok: false })
  })
})

describe('An amount that is typed', () => {
  it('may have dots, spaces and an Rp, and nothing that could mean something else', () => {
    expect(['25000', '25.000', 'Rp 25.000', ' rp.1.250.000 ', '25 000'].map(parseRupiah)).toEqual([
      25_000, 25_000, 25_000, 1_250_000, 25_000,
    ])
    expect(['', '25,5', '2.50', '25.0000', '-5000', '12345678901', '1e5'].map(parseRupiah)).toEqual(
      Array.from({ length: 7 }, () => null),
    )
  })
})
