import type { Payment } from '#shared/payment/payment.ts'
import { parseQris } from '#shared/payment/qris.ts'

/** What a person compares before paying. */
type ShownQris = {
  readonly text: string
  readonly merchantName: string
  readonly city: string
  /** The payer types it where the code does not carry it. */
  readonly isAmountInside: boolean
}

/**
 * What the code of a payment says, or null when it is broken or names another amount than was asked: such
 * a code is never drawn, because whoever scans it believes it. Twice the ceiling, since the outlet sets its own.
 */
export function shownQris({ qrText, askedRp }: Pick<Payment, 'qrText' | 'askedRp'>): ShownQris | null {
  if (qrText === null) return null
  const read = parseQris(qrText, { maxRp: 20_000_000 })
  if (!read.ok) return null
  const { merchantName, city, amountRp } = read.value
  if (amountRp !== null && amountRp !== askedRp) return null
  return { text: qrText, merchantName, city, isAmountInside: amountRp !== null }
}
