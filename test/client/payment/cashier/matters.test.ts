import { describe, expect, it } from 'vitest'
import type { BillSheet } from '#shared/payment/bill/bill.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Payment, Refund } from '#shared/payment/payment.ts'
import { NO_FACTS, type PaymentFacts } from '#shared/payment/payment-facts.ts'
import { statusOf } from '#shared/payment/payment-status.ts'
import type { OverCause } from '../../../../client/payment/bill/over-cause.ts'
import { mattersOf } from '../../../../client/payment/cashier/attention/matters.ts'
import { makeId, NOW, paid, paymentOf } from '../sample-money.ts'

function withFacts(facts: Partial<PaymentFacts>, change: Partial<Payment> = {}): Payment {
  const payment = { ...paymentOf(50_000, change), facts: { ...NO_FACTS, ...facts } }
  return { ...payment, status: statusOf(payment) }
}
const receipt = (ref: string, amountRp: number, atMs = NOW) => ({ ref, amountRp, atMs })

function refundOf(payment: Payment, stage: Refund['stage'], atMs: number, amountRp = 50_000): Refund {
  return {
    id: makeId('rfd'),
    rev: 1,
    paymentId: payment.id,
    billId: payment.billId,
    outletId: payment.outletId,
    amountRp,
    way: 'same',
    stage,
    failure: stage === 'failed' ? 'issuer refused' : null,
    providerRef: null,
    deed: { staffId: makeId('stf'), name: 'Rina', deviceId: null, reason: 'salah', atMs },
    requestedAtMs: atMs,
    endedAtMs: null,
  }
}

const viewOf = (owedRp: number, payments: readonly Payment[], overCause: OverCause = 'other') => {
  const owed = { orderId: makeId('ord'), totalRp: owedRp }
  const sheet = { orders: [owed], sums: { totalRp: owedRp } } as unknown as BillSheet
  return { sheet, standing: standingOf(owedRp, payments), overCause }
}
const about = (
  payment: Payment,
  owedRp: number,
  refunds: readonly Refund[] = [],
  overCause: OverCause = 'other',
) => mattersOf(viewOf(owedRp, [payment], overCause), [payment], refunds)

describe('What needs a person at the till', () => {
  it('is nothing when exactly what was asked came in time', () => {
    expect(about(paid(paymentOf(50_000)), 50_000)).toEqual([])
    expect(about(paymentOf(50_000), 50_000)).toEqual([])
  })

  it('offers to count late money while something is owed, and only to return it afterwards', () => {
    const late = withFacts({ expiredAtMs: NOW, receipts: [receipt('a', 50_000, NOW + 1)] })
    expect(about(late, 50_000)).toMatchObject([
      { kind: 'late', deeds: ['credit', 'refund'], refundRp: 50_000 },
    ])
    const both = [late, paid(paymentOf(50_000))]
    expect(mattersOf(viewOf(50_000, both), both, [])).toMatchObject([{ kind: 'late', deeds: ['refund'] }])
  })

  it('lets a person decide about what the provider gave back unasked, and names the amount', () => {
    const unasked = { refundId: `rfd_${'0'.repeat(25)}1`, amountRp: 20_000, stage: 'succeeded' } as const
    const payment = withFacts({ receipts: [receipt('a', 50_000)], refunds: [unasked] })
    expect(about(payment, 50_000)).toMatchObject([
      { kind: 'unasked', deeds: ['discount', 'owe'], refundRp: 20_000 },
    ])
    const decided = withFacts({
      receipts: [receipt('a', 50_000)],
      refunds: [{ ...unasked, decidedRp: 20_000 }],
    })
    expect(about(decided, 50_000)).toEqual([])
  })

  it('names of what went back unasked what was this payment’s, and proposes the whole as a discount', () => {
    const gone = (made: number, amountRp: number) => {
      const refundId = `rfd_${'0'.repeat(25)}${made}`
      const refunds = [{ refundId, amountRp, stage: 'succeeded' as const }]
      return withFacts({ receipts: [receipt('a', 50_000)], refunds })
    }
    const both = [gone(1, 5000), gone(2, 7000)]
    const found = mattersOf(viewOf(100_000, both), both, [])
    expect(found.map(({ kind, refundRp, discountRp }) => [kind, refundRp, discountRp])).toEqual([
      ['unasked', 5000, 12_000],
      ['unasked', 7000, 12_000],
    ])
  })

  it('offers to count nothing that came after the code was closed and paid in time', () => {
    const receipts = [receipt('a', 50_000), receipt('b', 50_000, NOW + 2)]
    const twice = withFacts({ cancelledAtMs: NOW + 1, receipts })
    expect(about(twice, 100_000)).toMatchObject([{ kind: 'twice', refundRp: 50_000, deeds: ['refund'] }])
  })

  it('asks for the rest of what came short, and says how much is missing', () => {
    const short = withFacts({ receipts: [receipt('a', 30_000)] })
    expect(about(short, 50_000)).toMatchObject([
      { kind: 'short', missingRp: 20_000, deeds: ['collect', 'refund'] },
    ])
    // Of it a friend has paid a part since.
    const { sheet } = viewOf(50_000, [])
    const covers = (amountRp: number) => [{ orderId: sheet.orders[0]?.orderId ?? '', amountRp }]
    const both = [
      { ...short, covers: covers(30_000) },
      { ...paid(paymentOf(15_000)), covers: covers(15_000) },
    ]
    expect(mattersOf({ ...viewOf(50_000, both), sheet }, both, [])).toMatchObject([
      { kind: 'short', missingRp: 5000 },
    ])
  })

  it('returns exactly the excess of what came twice or over', () => {
    const twice = withFacts({ receipts: [receipt('a', 50_000), receipt('b', 50_000)] })
    expect(about(twice, 50_000)).toMatchObject([{ kind: 'twice', refundRp: 50_000, deeds: ['refund'] }])
    const over = withFacts({ receipts: [receipt('a', 53_000)] })
    expect(about(over, 50_000)).toMatchObject([{ kind: 'over', refundRp: 3000, deeds: ['refund'] }])
  })

  it('asks the provider first where it contradicts itself', () => {
    const torn = withFacts({ receipts: [receipt('a', 50_000), receipt('a', 40_000)] })
    expect(about(torn, 50_000)).toMatchObject([
      { kind: 'contradiction', deeds: ['look', 'credit', 'refund'] },
    ])
  })

  it('lets a manager end what went back beyond what was asked for, once it was compared', () => {
    const sum = { refundId: `rfd_0000000001${'0'.repeat(16)}`, amountRp: 60_000, stage: 'succeeded' } as const
    const facts = { receipts: [receipt('a', 50_000)], refunds: [{ ...sum, decidedRp: 60_000 }] }
    const change = { provider: 'xendit' } as const
    expect(about(withFacts(facts, change), 0)).toMatchObject([
      { kind: 'over_refunded', deeds: ['look', 'compare'], refundRp: 0 },
    ])
    expect(about(withFacts({ ...facts, comparedRp: 60_000 }, change), 0)).toEqual([])
    const more = { ...facts, refunds: [{ ...sum, amountRp: 61_000, decidedRp: 61_000 }] }
    expect(about(withFacts({ ...more, comparedRp: 60_000 }, change), 0)).toHaveLength(1)
  })

  it('proposes cash for a refund that failed, and is settled by a later one', () => {
    const failing = { refundId: makeId('rfd'), amountRp: 50_000, stage: 'failed' as const }
    const twice = { receipts: [receipt('a', 50_000), receipt('b', 50_000)] }
    const payment = withFacts({ ...twice, refunds: [failing] }, { provider: 'midtrans' })
    const failed = refundOf(payment, 'failed', NOW)
    expect(about(payment, 50_000, [failed])).toMatchObject([
      {
        kind: 'refund_failed',
        failure: 'issuer refused',
        deeds: ['refund_cash', 'refund', 'drop'],
        refundRp: 50_000,
      },
    ])
    // What was only practised never came, and must not leave the drawer.
    const played: Payment = { ...payment, isTest: true }
    expect(about(played, 50_000, [failed])[0]?.deeds).toEqual(['refund', 'drop'])
    const done = { refundId: makeId('rfd'), amountRp: 50_000, stage: 'succeeded' as const }
    const settled = withFacts({ ...twice, refunds: [failing, done] }, { id: payment.id })
    expect(about(settled, 50_000, [failed, refundOf(settled, 'succeeded', NOW + 1)])).toEqual([])
  })

  it('proposes nothing of a refund that failed once its money pays for something, and counts it until then', () => {
    const failing = { refundId: makeId('rfd'), amountRp: 22_000, stage: 'failed' as const }
    const payment = withFacts({ receipts: [receipt('a', 50_000)], refunds: [failing] })
    const failed = refundOf(payment, 'failed', NOW, 22_000)
    expect(about(payment, 50_000, [failed])).toMatchObject([
      { kind: 'refund_failed', refundRp: 0, deeds: ['drop'] },
    ])
    const little = { refundId: makeId('rfd'), amountRp: 1000, stage: 'succeeded' as const }
    const partly = withFacts({ receipts: [receipt('a', 50_000)], refunds: [failing, little] })
    expect(about(partly, 28_000, [failed, refundOf(partly, 'succeeded', NOW + 1, 1000)])).toMatchObject([
      { kind: 'refund_failed', refundRp: 21_000 },
    ])
  })

  it('asks for nothing of what came short once the rest was paid', () => {
    const short = withFacts({ receipts: [receipt('a', 30_000)] })
    const { sheet } = viewOf(50_000, [])
    const covers = (amountRp: number) => [{ orderId: sheet.orders[0]?.orderId ?? '', amountRp }]
    const both = [
      { ...short, covers: covers(30_000) },
      { ...paid(paymentOf(20_000)), covers: covers(20_000) },
    ]
    expect(mattersOf({ ...viewOf(50_000, both), sheet }, both, [])).toEqual([])
  })

  it('names what is to be returned of a paid bill, and why only where that is certain', () => {
    const kinds = { cancelled: 'cancelled_order', discount: 'discounted', other: 'paid_too_much' } as const
    for (const cause of ['cancelled', 'discount', 'other'] as const) {
      expect(about(paid(paymentOf(50_000)), 30_000, [], cause)).toMatchObject([
        { kind: kinds[cause], refundRp: 20_000, deeds: ['refund'] },
      ])
    }
  })
})
