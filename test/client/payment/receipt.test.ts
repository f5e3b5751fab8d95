import { describe, expect, it } from 'vitest'
import { endedOrders } from '#shared/payment/bill/ended-orders.ts'
import { billViewOf } from '../../../client/payment/bill/bill-view.ts'
import { type KeptReceipt, receiptOf, renewed } from '../../../client/payment/receipt/receipt.ts'
import { charges, makeId, NOW, orderOf, paid, paymentOf, tableOf } from './sample-money.ts'

const visitId = makeId('vis')
const orders = [orderOf(1, [[20_000, 2]], visitId), orderOf(2, [[30_000, 1]], visitId)]
const view = billViewOf(tableOf(orders), charges)
if (!view) throw new Error('There is a bill.')
const { sheet } = view

function kept(payment: KeptReceipt['payment']): KeptReceipt {
  return {
    payment,
    refunds: [],
    sheet,
    numbers: Object.fromEntries(orders.map(({ id, number }) => [id, number])),
    outlet: { name: 'Mojopahit', chainName: 'Titik Koma', address: 'Jl. Mojopahit', zone: 'Asia/Jakarta' },
    tableLabel: 'A7',
    code: '700123456789',
  }
}

describe('The receipt on a phone', () => {
  it('has every line, and its lines with the charges add up to the bill', () => {
    const receipt = receiptOf(kept(paid(paymentOf(77_000, { part: { kind: 'rest' } }))))
    const lines = receipt.orders.flatMap((order) => order.lines)
    const chargesRp = receipt.charges.reduce((sum, line) => sum + ('amountRp' in line ? line.amountRp : 0), 0)
    expect(lines.reduce((sum, line) => sum + line.amountRp, 0) + chargesRp).toBe(receipt.totalRp)
    expect(receipt.totalRp).toBe(77_000)
    expect(lines.map((line) => line.own)).toEqual([null, null])
  })

  it('marks the cups that this payment was for', () => {
    const unitKeys = [`${orders[0]?.id}/0/1`]
    const receipt = receiptOf(kept(paid(paymentOf(22_000, { part: { kind: 'items', unitKeys } }))))
    expect(receipt.orders.flatMap((order) => order.lines.map((line) => line.own))).toEqual([1, 0])
  })

  it('bears the time at which the money came, and what of it went back', () => {
    const payment = paid(paymentOf(22_000))
    const refunds = [{ refundId: makeId('rfd'), amountRp: 2000, stage: 'succeeded' as const }]
    const receipt = receiptOf(kept({ ...payment, facts: { ...payment.facts, refunds } }))
    expect(receipt).toMatchObject({ receivedRp: 22_000, returnedRp: 2000 })
    expect(receipt.atMs).toBeGreaterThanOrEqual(NOW + 1000)
  })
})

describe('A receipt that was kept', () => {
  const payment = paid(paymentOf(22_000))
  const refund = { refundId: makeId('rfd'), amountRp: 22_000, stage: 'succeeded' as const }
  const later = {
    ...payment,
    rev: payment.rev + 1,
    status: 'refunded' as const,
    facts: { ...payment.facts, refunds: [refund] },
  }

  it('shows what went back after the visit was over', () => {
    const receipt = receiptOf(renewed(kept(payment), [later], []))
    expect(receipt).toMatchObject({ receivedRp: 22_000, returnedRp: 22_000, refunds: [refund] })
  })

  it('is not made older by older news', () => {
    expect(renewed(kept(later), [payment], []).payment).toBe(later)
  })
})

describe('The receipt of an order that ended after it was paid', () => {
  it('says what was ordered, what of it ended, and what is left of both', () => {
    const whole = paid(paymentOf(77_000))
    const refunds = [{ refundId: makeId('rfd'), amountRp: 33_000, stage: 'succeeded' as const }]
    const payment = { ...whole, facts: { ...whole.facts, refunds } }
    const ended = [{ ...orderOf(2, [[30_000, 1]], visitId), status: 'rejected' as const }]
    const told = endedOrders(44_000, [...orders, ...ended], [payment])
    expect(told).toEqual(ended)
    const receipt = receiptOf({
      ...kept(payment),
      ended: told.map(({ number, quote }) => ({ number, isRejected: true, totalRp: quote.totalRp })),
    })
    expect(receipt.orderedRp).toBe(receipt.totalRp + 33_000)
    expect(receipt.receivedRp - receipt.returnedRp).toBe(44_000)
  })

  it('names none while no money goes back, and no stranger’s that nobody paid', () => {
    const ended = { ...orderOf(2, [[30_000, 1]], visitId), status: 'cancelled' as const }
    expect(endedOrders(77_000, [ended], [paid(paymentOf(77_000))])).toEqual([])
    const strange = { ...ended, presence: 'unproven' as const }
    expect(endedOrders(44_000, [strange], [paid(paymentOf(77_000))])).toEqual([])
  })
})
