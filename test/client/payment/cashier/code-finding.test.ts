import { describe, expect, it } from 'vitest'
import { newPaymentCode } from '#shared/payment/payment-code.ts'
import { findCode, spentReason } from '../../../../client/payment/cashier/scan/code-finding.ts'
import { billFor, makeId, orderOf, paid, paymentOf } from '../sample-money.ts'

const OUTLET = 4
const code = newPaymentCode(OUTLET, 1)
const partCode = newPaymentCode(OUTLET, 2)
const bill = { ...billFor([orderOf(1, [[20_000, 1]], makeId('vis'))]), code }
const part = paymentOf(10_000, { billId: bill.id, method: 'cash', provider: 'manual', code: partCode })

describe('A code at the till', () => {
  it('opens the bill, or the part of it that a phone prepared', () => {
    const whole = findCode(code, OUTLET, [bill], [part])
    expect(whole).toMatchObject({ ok: true, value: { kind: 'found', found: { bill, payment: null } } })
    const own = findCode(` ${partCode}\r`, OUTLET, [bill], [part])
    expect(own).toMatchObject({ ok: true, value: { kind: 'found', found: { bill, payment: part } } })
  })

  it('is asked about when this device does not hold it', () => {
    expect(findCode(code, OUTLET, [], [])).toMatchObject({ ok: true, value: { kind: 'ask', code } })
  })

  it.each([
    ['', 'payment_code.empty'],
    ['8991234567890', 'payment_code.not_a_bill'],
    ['https://kopi.example/t/aaaabbbbccccdddd', 'payment_code.is_table'],
    [code.slice(0, 9), 'payment_code.incomplete'],
    [`${code.slice(0, 11)}${(Number(code[11]) + 1) % 10}`, 'payment_code.mistyped'],
    [newPaymentCode(OUTLET + 1, 1), 'payment_code.other_outlet'],
  ])('%j is refused as %s', (text, refusal) => {
    expect(findCode(text, OUTLET, [bill], [part])).toMatchObject({ ok: false, refusal: { code: refusal } })
  })

  it('says what was paid or given up, and lets a closed table still pay what it owes', () => {
    expect(spentReason({ bill, payment: null }, 22_000)).toBeNull()
    expect(spentReason({ bill: { ...bill, status: 'paid' }, payment: null }, 0)).toBe('paid')
    expect(spentReason({ bill: { ...bill, status: 'closed' }, payment: null }, 0)).toBe('old')
    expect(spentReason({ bill: { ...bill, status: 'closed' }, payment: null }, 5000)).toBeNull()
    expect(spentReason({ bill, payment: paid(part) }, 22_000)).toBe('part_paid')
    expect(spentReason({ bill, payment: { ...part, status: 'cancelled' } }, 22_000)).toBe('part_old')
  })
})
