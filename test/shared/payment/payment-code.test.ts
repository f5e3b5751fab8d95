import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import {
  checkPayable,
  dammState,
  formatPaymentCode,
  newPaymentCode,
  parsePaymentCode,
  serialOf,
} from '#shared/payment/payment-code.ts'
import { DEFAULT_PAYMENT_SETTINGS, paymentSettingsSchema } from '#shared/payment/payment-settings.ts'

const DIGITS = [...'0123456789']
const STATES = DIGITS.map(Number)
const code = newPaymentCode(12, 3_456_789)
const codes = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 9_999_999 }))
  .map(([outlet, serial]) => newPaymentCode(outlet, serial))

describe('the check digit', () => {
  test('is the published one for 572', () => {
    expect(dammState('572')).toBe(4)
    expect(dammState('5724')).toBe(0)
  })

  // Every state answers ten digits with ten states, and every digit leads ten states to ten states:
  // two codes that differ once can never meet again. This is the proof for codes of any length.
  test('finds every single wrong digit', () => {
    for (const state of STATES) expect(new Set(DIGITS.map((digit) => dammState(digit, state))).size).toBe(10)
    for (const digit of DIGITS) expect(new Set(STATES.map((state) => dammState(digit, state))).size).toBe(10)
  })

  test('finds every swap of two neighbours, from every state', () => {
    for (const state of STATES) {
      for (const a of DIGITS) {
        for (const b of DIGITS) {
          if (a !== b) expect(dammState(a + b, state)).not.toBe(dammState(b + a, state))
        }
      }
    }
  })

  test('so no slip of either kind in any code is taken for a bill', () => {
    fc.assert(
      fc.property(codes, (right) => {
        const outletNumber = Number(right.slice(1, 4))
        for (let place = 0; place < right.length; place++) {
          const slips = DIGITS.filter((digit) => digit !== right[place]).map(
            (digit) => right.slice(0, place) + digit + right.slice(place + 1),
          )
          const [here, next] = [right[place]!, right[place + 1]]
          if (next !== undefined && next !== here)
            slips.push(right.slice(0, place) + next + here + right.slice(place + 2))
          for (const slip of slips) expect(parsePaymentCode(slip, outletNumber).ok).toBe(false)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('lets through at most one in ten of all other changes', () => {
    let taken = 0
    for (let serial = 0; serial < 10_000; serial++) {
      if (dammState(`7012${String(serial).padStart(7, '0')}${code.at(-1)}`) === 0) taken += 1
    }
    expect(taken).toBeLessThanOrEqual(1000)
  })
})

describe('a code', () => {
  test('is twelve digits, an even number, for Code 128', () => {
    fc.assert(fc.property(codes, (one) => /^7\d{11}$/.test(one)))
  })

  test('is read as it is printed, typed or scanned', () => {
    fc.assert(
      fc.property(codes, (one) => {
        const outletNumber = Number(one.slice(1, 4))
        for (const text of [
          one,
          formatPaymentCode(one),
          `${one}\r\n`,
          ` ${one.slice(0, 4)}-${one.slice(4)}`,
        ]) {
          expect(parsePaymentCode(text, outletNumber)).toEqual({
            ok: true,
            value: { code: one, outletNumber },
          })
        }
      }),
    )
    expect(formatPaymentCode(code)).toMatch(/^7012 3456 789\d$/)
  })

  test.each([
    ['', 'payment_code.empty'],
    [' \r\n', 'payment_code.empty'],
    ['8991002101234', 'payment_code.not_a_bill'],
    ['MBR-0000123456', 'payment_code.not_a_bill'],
    ['https://kopi.example/t/AB12CD', 'payment_code.not_a_bill'],
    ['٧٠١٢٣٤٥٦٧٨٩٠', 'payment_code.not_a_bill'],
    [`${code}0`, 'payment_code.not_a_bill'],
    ['7'.repeat(5000), 'payment_code.not_a_bill'],
    [code.slice(0, 9), 'payment_code.incomplete'],
    [`${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`, 'payment_code.mistyped'],
    [newPaymentCode(13, 3_456_789), 'payment_code.other_outlet'],
  ])('%s is %s', (text, refused) => {
    expect(parsePaymentCode(text, 12)).toMatchObject({ ok: false, refusal: { code: refused } })
  })

  test('no text makes the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof parsePaymentCode(text, 1).ok === 'boolean'),
    )
  })

  test.each([
    [null, 'payment_code.unknown'],
    ['paid', 'payment_code.paid'],
    ['closed', 'payment_code.old'],
    ['void', 'payment_code.old'],
  ] as const)('of a bill that is %s says %s', (status, refused) => {
    expect(checkPayable(status)).toEqual({ ok: false, refusal: { code: refused } })
  })

  test('of an open bill can be paid', () => {
    expect(checkPayable('open').ok).toBe(true)
  })

  test('draws its serial from all seven digits', () => {
    expect(serialOf(new Uint8Array([255, 255, 255, 255]))).toBe(4_294_967_295 % 10_000_000)
    expect(serialOf(new Uint8Array(4))).toBe(0)
  })
})

test('the settings of a new outlet are sound and cautious', () => {
  expect(v.parse(paymentSettingsSchema, DEFAULT_PAYMENT_SETTINGS)).toMatchObject({
    convertsStaticQris: false,
    tips: { isOn: false },
  })
})
