// The code of an unpaid bill, which the cashier scans or types: twelve digits, the first a 7 (a bill of
// ours), three of the outlet's number, seven drawn by lot, one check digit. Digits only and an even
// number of them, because Code 128 packs two into one symbol: six data symbols, 101 modules, 33 mm at 0.33 mm.
// The check digit is Damm's: it finds every wrong digit and every swap of two neighbours, and nine of ten
// other slips. It is no secret and proves nothing: whoever types it only sees the bill.
// Source: H. M. Damm, Total anti-symmetrische Quasigruppen, 2004 (the table of order 10).
import { assert } from '../kernel/assert.ts'
import { ok, type Result, refuse } from '../kernel/result.ts'
import type { BillStatus } from './bill/standing.ts'

const BILL_DIGIT = '7'
const LENGTH = 12
export const MAX_OUTLET_NUMBER = 999
const MAX_SERIAL = 9_999_999

/** Row: the state so far; column: the next digit. The diagonal is zero, so a right code ends in state 0. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

/** Damm's state after `digits`, beginning with `state`: the check digit of what came before. */
export function dammState(digits: string, state = 0): number {
  let now = state
  for (const digit of digits) now = Number(DAMM[now]?.[Number(digit)])
  return now
}

export type PaymentCode = { readonly code: string; readonly outletNumber: number }

export type PaymentCodeRefusal =
  | { readonly code: 'payment_code.empty' }
  /** Something else was scanned: a product, a member card, a table's link. */
  | { readonly code: 'payment_code.not_a_bill' }
  | { readonly code: 'payment_code.incomplete'; readonly digits: number; readonly expected: number }
  | { readonly code: 'payment_code.mistyped' }
  | { readonly code: 'payment_code.other_outlet'; readonly outletNumber: number }

/** The code of a bill. `serial` is drawn by lot and unique in the outlet for ever, so that an old code stays known. */
export function newPaymentCode(outletNumber: number, serial: number): string {
  assert(
    Number.isSafeInteger(outletNumber) && outletNumber >= 0 && outletNumber <= MAX_OUTLET_NUMBER,
    'an outlet has a number of three digits',
  )
  assert(Number.isSafeInteger(serial) && serial >= 0 && serial <= MAX_SERIAL, 'a serial has seven digits')
  const body = `${BILL_DIGIT}${String(outletNumber).padStart(3, '0')}${String(serial).padStart(7, '0')}`
  return `${body}${dammState(body)}`
}

/** A serial from at least four random bytes. */
export function serialOf(random: Uint8Array): number {
  assert(random.length >= 4, 'a serial needs 32 random bits')
  const [a = 0, b = 0, c = 0, d = 0] = random
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % (MAX_SERIAL + 1)
}

/** "7001 2345 6789": in groups of four, as it is printed under the bars. */
export function formatPaymentCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ')
}

/**
 * The code that was scanned or typed at the outlet `outletNumber`. Spaces, dashes, dots and a scanner's
 * line end are forgiven; nothing else is.
 */
export function parsePaymentCode(
  text: string,
  outletNumber: number,
): Result<PaymentCode, PaymentCodeRefusal> {
  if (text.length > 200) return refuse({ code: 'payment_code.not_a_bill' })
  const code = text.replace(/[\s.-]/g, '')
  if (code === '') return refuse({ code: 'payment_code.empty' })
  if (!/^7\d*$/.test(code) || code.length > LENGTH) return refuse({ code: 'payment_code.not_a_bill' })
  if (code.length < LENGTH) {
    return refuse({ code: 'payment_code.incomplete', digits: code.length, expected: LENGTH })
  }
  if (dammState(code) !== 0) return refuse({ code: 'payment_code.mistyped' })
  const named = Number(code.slice(1, 4))
  if (named !== outletNumber) return refuse({ code: 'payment_code.other_outlet', outletNumber: named })
  return ok({ code, outletNumber: named })
}

type UnpayableRefusal =
  | { readonly code: 'payment_code.unknown' }
  | { readonly code: 'payment_code.paid' }
  | { readonly code: 'payment_code.old' }

/** Whether the bill found under a right code can be paid; null when none was found. */
export function checkPayable(status: BillStatus | null): Result<'open', UnpayableRefusal> {
  switch (status) {
    case null:
      return refuse({ code: 'payment_code.unknown' })
    case 'paid':
      return refuse({ code: 'payment_code.paid' })
    case 'closed':
    case 'void':
      return refuse({ code: 'payment_code.old' })
    case 'open':
      return ok('open')
  }
}
