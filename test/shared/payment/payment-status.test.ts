import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRefund } from '#shared/payment/payment.ts'
import { NO_FACTS, type PaymentEvent } from '#shared/payment/payment-facts.ts'
import {
  advancePayment,
  amountsOf,
  attentionTo,
  type PaymentState,
  STAGE_OF,
  type statusOf,
} from '#shared/payment/payment-status.ts'
import { PAYMENT_STATUSES, type PaymentStatus } from '#shared/payment/payment-statuses.ts'

const RETURNED = ['partly_refunded', 'refunded', 'disputed'] as const
const MONEY = ['short', 'paid', 'paid_late', 'credited', 'over', 'paid_twice', ...RETURNED] as const

/** What one further fact can make of a status, besides leaving it as it is. */
const MAY_BECOME: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  pending: ['failed', 'expired', 'cancelled', ...MONEY],
  failed: ['expired', 'cancelled', ...MONEY],
  expired: ['cancelled', ...MONEY],
  cancelled: MONEY,
  short: ['paid', 'over', 'paid_twice', 'paid_late', 'credited', ...RETURNED],
  paid: ['paid_late', 'paid_twice', 'over', 'credited', ...RETURNED],
  over: ['paid_late', 'paid_twice', ...RETURNED],
  // A correction of the closing's time can make both receipts late.
  paid_twice: ['paid_late', ...RETURNED],
  paid_late: ['credited', 'paid', 'short', 'over', 'paid_twice', ...RETURNED],
  credited: ['over', 'paid_twice', ...RETURNED],
  // Refunded, and then paid once more: money is here again.
  refunded: ['partly_refunded', 'disputed'],
  partly_refunded: ['refunded', 'disputed'],
  // Two amounts for one reference: stays so; a person decides by a credit or a refund.
  disputed: [],
}

const ASKED = 38_500
const fresh: PaymentState = { askedRp: ASKED, facts: NO_FACTS }
const REFUND = 'rfd_00000000000000000000000001'

const received = (amountRp = ASKED, atMs = 100, ref = 'qrpy_1'): PaymentEvent => ({
  kind: 'received',
  ref,
  amountRp,
  atMs,
})
const expired = (atMs = 200): PaymentEvent => ({ kind: 'expired', atMs })
const cancelled = (atMs = 200): PaymentEvent => ({ kind: 'cancelled', atMs })
const failed: PaymentEvent = { kind: 'failed', atMs: 50 }
const pending: PaymentEvent = { kind: 'pending', atMs: 900 }
const credited: PaymentEvent = { kind: 'credited', atMs: 999 }
const refund = (
  amountRp = ASKED,
  stage: 'requested' | 'sent' | 'failed' | 'succeeded' = 'succeeded',
): PaymentEvent => ({
  kind: 'refund',
  refundId: REFUND,
  amountRp,
  stage,
  atMs: 500,
})

function hearing(events: readonly PaymentEvent[], askedRp = ASKED) {
  return events.reduce<PaymentState & { status: ReturnType<typeof statusOf> }>(
    (payment, event) => advancePayment(payment, event),
    { ...fresh, askedRp, status: 'pending' },
  )
}

test('what was compared is a matter again as soon as more has gone back, also of what was asked for here', () => {
  const other = (refundId: string, event: PaymentEvent): PaymentEvent =>
    ({ ...event, refundId }) as PaymentEvent
  const foreign = other('rfd_0000000000foreign', refund(30_000))
  const events = [received(), refund(20_000), other('rfd_b', refund(10_000, 'sent')), foreign]
  expect(attentionTo(hearing(events))).toEqual(['over_refunded'])
  const compared: PaymentEvent = { kind: 'compared', returnedRp: 50_000, atMs: 600 }
  expect(attentionTo(hearing([...events, compared]))).toEqual([])
  const done = other('rfd_b', refund(10_000))
  expect(attentionTo(hearing([...events, compared, done]))).toEqual(['over_refunded'])
})

describe('each ending has a name, an amount that counts and an amount to return', () => {
  test.each([
    ['nothing heard', [], 'pending', 0, 0, []],
    ['paid', [received()], 'paid', ASKED, 0, []],
    ['paid, and a late "pending"', [received(), pending], 'paid', ASKED, 0, []],
    ['a wallet that failed, and then paid', [failed, received()], 'paid', ASKED, 0, []],
    ['failed', [failed], 'failed', 0, 0, []],
    ['expired', [expired()], 'expired', 0, 0, []],
    ['cancelled', [cancelled()], 'cancelled', 0, 0, []],
    ['paid before it expired, told after', [expired(), received()], 'paid', ASKED, 0, []],
    ['paid after it expired', [expired(), received(ASKED, 201)], 'paid_late', 0, ASKED, ['late']],
    ['paid after it was cancelled', [cancelled(), received(ASKED, 201)], 'paid_late', 0, ASKED, ['late']],
    [
      'paid late, and credited by a person',
      [expired(), received(ASKED, 201), credited],
      'credited',
      ASKED,
      0,
      [],
    ],
    ['paid late, and returned', [expired(), received(ASKED, 201), refund()], 'refunded', 0, 0, []],
    [
      'paid late, the return under way',
      [expired(), received(ASKED, 201), refund(ASKED, 'sent')],
      'paid_late',
      0,
      ASKED,
      [],
    ],
    ['paid twice', [received(), received(ASKED, 101, 'qrpy_2')], 'paid_twice', ASKED, ASKED, ['twice']],
    [
      'paid twice, once returned',
      [received(), received(ASKED, 101, 'qrpy_2'), refund()],
      'partly_refunded',
      ASKED,
      0,
      [],
    ],
    [
      'paid in time and again after expiry',
      [received(), expired(), received(ASKED, 300, 'qrpy_2')],
      'paid_twice',
      ASKED,
      ASKED,
      ['twice'],
    ],
    ['too little', [received(38_000)], 'short', 38_000, 0, ['short']],
    ['too little, and the rest', [received(38_000), received(500, 120, 'qrpy_2')], 'paid', ASKED, 0, []],
    ['too much', [received(40_000)], 'over', ASKED, 1500, ['over']],
    ['one reference, two amounts', [received(), received(385)], 'disputed', 0, 385, ['contradiction']],
    [
      'of two amounts the smaller, counted',
      [received(), received(385), credited],
      'disputed',
      385,
      0,
      ['short'],
    ],
    ['refunded whole', [received(), refund()], 'refunded', 0, 0, []],
    ['refunded in part', [received(), refund(8500)], 'partly_refunded', 30_000, 0, ['short'].slice(1)],
    ['a refund asked for', [received(), refund(8500, 'requested')], 'paid', ASKED, 0, []],
    ['a refund that failed', [received(), refund(8500, 'failed')], 'paid', ASKED, 0, ['refund_failed']],
    [
      'a refund that failed, then went through',
      [received(), refund(8500, 'succeeded'), refund(8500, 'failed')],
      'partly_refunded',
      30_000,
      0,
      [],
    ],
    ['more returned than came', [received(), refund(40_000)], 'refunded', 0, 0, ['over_refunded']],
    ['a refund heard of before the payment', [refund(), received()], 'refunded', 0, 0, []],
  ] as const)('%s', (_, events, status, countingRp, excessRp, reasons) => {
    const payment = hearing(events as readonly PaymentEvent[])
    expect(payment.status).toBe(status)
    expect(amountsOf(payment)).toMatchObject({ countingRp, excessRp })
    expect(attentionTo(payment)).toEqual(reasons)
  })
})

const time = fc.integer({ min: 1, max: 6 })
const amount = fc.constantFrom(ASKED, ASKED, ASKED, 38_000, 500, 40_000)
const anyEvent: fc.Arbitrary<PaymentEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('received' as const),
    ref: fc.constantFrom('a', 'b', 'c'),
    amountRp: amount,
    atMs: time,
  }),
  fc.record({
    kind: fc.constantFrom(
      'pending' as const,
      'failed' as const,
      'expired' as const,
      'cancelled' as const,
      'credited' as const,
    ),
    atMs: time,
  }),
  fc.record(
    {
      kind: fc.constant('refund' as const),
      refundId: fc.constantFrom(REFUND, 'rfd_00000000000000000000000002'),
      amountRp: amount,
      stage: fc.constantFrom('requested' as const, 'sent' as const, 'failed' as const, 'succeeded' as const),
      atMs: time,
      tipRp: fc.nat({ max: 3000 }),
    },
    { requiredKeys: ['kind', 'refundId', 'amountRp', 'stage', 'atMs'] },
  ),
)
const history = fc.array(anyEvent, { maxLength: 8 })

describe('disorder', () => {
  test('the same events in any order and any number end in the same state', () => {
    const disorder = history.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events, ...events], { minLength: 0 }),
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
      ),
    )
    fc.assert(
      fc.property(disorder, ([events, repeats, shuffled]) => {
        const straight = hearing(events)
        expect(hearing([...repeats, ...shuffled])).toEqual(straight)
        expect(hearing([...shuffled, ...repeats])).toEqual(straight)
      }),
      { numRuns: 20_000 },
    )
  })

  test('a further event leads only where the table allows, and no stage is left backwards', () => {
    const rank = { open: 0, received: 1, returned: 2 }
    const seen = new Set<string>()
    fc.assert(
      fc.property(history, anyEvent, (events, event) => {
        const before = hearing(events)
        const next = advancePayment(before, event)
        if (next.status === before.status) return
        seen.add(`${before.status} ${next.status}`)
        expect(MAY_BECOME[before.status]).toContain(next.status)
        expect(rank[STAGE_OF[next.status]]).toBeGreaterThanOrEqual(rank[STAGE_OF[before.status]])
      }),
      { numRuns: 60_000 },
    )
    for (const status of PAYMENT_STATUSES.slice(0, -1)) {
      expect(
        [...seen].some((step) => step.startsWith(`${status} `)),
        status,
      ).toBe(true)
    }
  })

  test('every rupiah received counts, waits for a person, or went back', () => {
    fc.assert(
      fc.property(history, (events) => {
        const payment = hearing(events)
        const { receivedRp, returnedRp, countingRp, excessRp, refundableRp } = amountsOf(payment)
        expect(countingRp + excessRp + Math.min(receivedRp, returnedRp)).toBe(receivedRp)
        expect(countingRp).toBeLessThanOrEqual(ASKED)
        expect(refundableRp).toBeLessThanOrEqual(receivedRp)
        if (payment.status === 'paid') expect([receivedRp, countingRp]).toEqual([ASKED, ASKED])
        if (excessRp > 0 && !payment.facts.refunds.length)
          expect(attentionTo(payment).length).toBeGreaterThan(0)
      }),
      { numRuns: 20_000 },
    )
  })
})

describe('a refund', () => {
  test.each([
    [[received()], ASKED, null],
    [[received()], ASKED + 1, 'refund.too_much'],
    [[received()], 0, 'refund.amount_malformed'],
    [[received()], 0.5, 'refund.amount_malformed'],
    [[], 1, 'refund.nothing_received'],
    [[received(), refund(30_000, 'requested')], 8500, null],
    [[received(), refund(30_000, 'requested')], 8501, 'refund.too_much'],
    [[received(), refund(30_000, 'failed')], ASKED, null],
    [[received(), refund()], 1, 'refund.too_much'],
  ] as const)('%# of %j: %i is %s', (events, amountRp, code) => {
    expect(checkRefund(hearing(events as readonly PaymentEvent[]), amountRp)).toMatchObject(
      code === null ? { ok: true } : { ok: false, refusal: { code } },
    )
  })
})
