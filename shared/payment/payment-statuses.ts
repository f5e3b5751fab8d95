/** What a payment can be, as its record says it. Alone: whoever only reads records needs no rule of payment-status.ts. */
export const PAYMENT_STATUSES = [
  'pending',
  'failed',
  'expired',
  'cancelled',
  'short',
  'paid',
  'paid_late',
  'credited',
  'over',
  'paid_twice',
  'partly_refunded',
  'refunded',
  'disputed',
] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]
