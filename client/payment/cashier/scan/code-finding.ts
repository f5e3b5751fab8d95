import { ok, type Result } from '#shared/kernel/result.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { type PaymentCodeRefusal, parsePaymentCode } from '#shared/payment/payment-code.ts'

/** Whose code it is: a whole bill's, or that of one payer's part. */
export type FoundCode = { readonly bill: Bill; readonly payment: Payment | null }

type CodeFinding =
  | { readonly kind: 'found'; readonly found: FoundCode }
  /** A right code of this outlet that this device does not hold: the server may know it. */
  | { readonly kind: 'ask'; readonly code: string }

/** What a scanned or typed text means here. A table's own QR is told from other things that are no bill. */
type ScanRefusal = PaymentCodeRefusal | { readonly code: 'payment_code.is_table' }

export function findCode(
  text: string,
  outletNumber: number,
  bills: readonly Bill[],
  payments: readonly Payment[],
): Result<CodeFinding, ScanRefusal> {
  if (/\/t\/[0-9a-z]{16}\b/.test(text)) return { ok: false, refusal: { code: 'payment_code.is_table' } }
  const parsed = parsePaymentCode(text, outletNumber)
  if (!parsed.ok) return parsed
  const { code } = parsed.value
  const payment = payments.find((each) => each.code === code) ?? null
  const bill = bills.find((each) => (payment ? each.id === payment.billId : each.code === code))
  return ok(bill ? { kind: 'found', found: { bill, payment } } : { kind: 'ask', code })
}

/** Why what was found cannot be paid any more, or null. The bill opens all the same, for a look or a reprint. */
export function spentReason(
  { bill, payment }: FoundCode,
  remainderRp: number,
): 'paid' | 'old' | 'part_paid' | 'part_old' | null {
  if (payment !== null && payment.status !== 'pending') {
    const isGone = ['failed', 'expired', 'cancelled'].includes(payment.status)
    return isGone ? 'part_old' : 'part_paid'
  }
  if (bill.status === 'paid') return 'paid'
  // Closed with something left: the party may have come back to pay.
  return remainderRp > 0 ? null : 'old'
}
