import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discountName } from '#shared/payment/payment.ts'
import {
  differenceRp,
  type ProviderPayment,
  providerDays,
  stateOfLine,
} from '#shared/payment/provider-day.ts'

const paid: ProviderPayment = {
  paymentId: 'pay_1',
  provider: 'midtrans',
  isPractice: false,
  providerRef: 'a',
  status: 'paid',
  askedRp: 22_000,
  bookedRp: 22_000,
  providerRp: 22_000,
  createdAtMs: 1,
  askedAtMs: 5,
  isAwaited: false,
  returningRp: 0,
  wasMoved: true,
}
const open: ProviderPayment = { ...paid, status: 'pending', bookedRp: 0, providerRp: 0, wasMoved: false }

describe('A payment beside what its provider says of it', () => {
  it.each<[string, Partial<ProviderPayment>, ReturnType<typeof stateOfLine>]>([
    ['both say the same', paid, 'same'],
    ['the provider has less', { ...paid, providerRp: 0 }, 'differs'],
    ['the provider has money that we lack', { ...open, status: 'expired', providerRp: 22_000 }, 'differs'],
    ['a refund is on its way', { ...paid, providerRp: 0, returningRp: 22_000 }, 'returning'],
    ['the provider has not taken up a refund', { ...paid, returningRp: 5000 }, 'returning'],
    ['more is missing than the refund on its way', { ...paid, providerRp: 0, returningRp: 5000 }, 'differs'],
    ['booked by a person, never told by the provider', { ...paid, providerRp: null }, 'unanswered'],
    ['its code can still be paid', open, 'waiting'],
    [
      'closed here, the provider was never heard',
      { ...open, status: 'expired', providerRp: null },
      'waiting',
    ],
    [
      'closed here, the provider has not closed it',
      { ...open, status: 'cancelled', isAwaited: true },
      'waiting',
    ],
    ['it came to nothing on both sides', { ...open, status: 'expired' }, 'nothing'],
  ])('%s', (_, change, state) => {
    expect(stateOfLine({ ...paid, ...change })).toBe(state)
  })

  it('is added up by provider; practice, and what is uncertain, is added to nothing', () => {
    const practice = { ...paid, paymentId: 'pay_2', provider: 'practice', isPractice: true } as const
    const trial = { ...paid, paymentId: 'pay_3', isPractice: true }
    const xendit = { ...paid, paymentId: 'pay_4', provider: 'xendit', askedAtMs: 9 } as const
    const days = providerDays([trial, paid, practice, { ...open, paymentId: 'pay_5' }, xendit])
    expect(days.map(({ provider, isPractice }) => [provider, isPractice])).toEqual([
      ['midtrans', false],
      ['xendit', false],
      ['midtrans', true],
      ['practice', true],
    ])
    expect(days[0]).toMatchObject({
      payments: 1,
      expectedRp: 22_000,
      settledRp: 22_000,
      answeredSinceMs: 5,
      differing: [],
      waiting: [{ paymentId: 'pay_5' }],
    })
  })
})

const anyLine = fc.record({
  bookedRp: fc.constantFrom(0, 10_000, 22_000),
  providerRp: fc.constantFrom(null, 0, 10_000, 22_000),
  returningRp: fc.constantFrom(0, 10_000, 12_000),
  status: fc.constantFrom('pending', 'paid', 'expired', 'refunded'),
  isAwaited: fc.boolean(),
  wasMoved: fc.boolean(),
})

describe('The difference of a day', () => {
  it('is always the sum of the differences that are listed', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 8 }), (changes) => {
        const payments = changes.map((change, index) => ({ ...paid, ...change, paymentId: `pay_${index}` }))
        for (const day of providerDays(payments as ProviderPayment[])) {
          const listed = [...day.differing, ...day.returning].map(differenceRp)
          expect(listed.reduce((sum, rp) => sum + rp, 0)).toBe(day.expectedRp - day.settledRp)
        }
      }),
    )
  })
})

describe('What a discount is called', () => {
  it.each([
    ['Potongan', null],
    [' diskon ', null],
    ['', null],
    [undefined, null],
    ['Maaf menunggu', 'Maaf menunggu'],
  ])('%j', (label, name) => {
    expect(discountName(label)).toBe(name)
  })
})
