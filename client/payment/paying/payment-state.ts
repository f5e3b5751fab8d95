import type { Payment } from '#shared/payment/payment.ts'
import { amountsOf, attentionTo } from '#shared/payment/payment-status.ts'

/** What is true of a payment now, finer than its status: it chooses the words and what to do next. */
export type PaymentState =
  | 'making'
  | 'code'
  | 'static'
  | 'checking'
  | 'cashier'
  | 'failed'
  | 'expired'
  | 'cancelled'
  | CameState

/** Of these, what may be true once money came. */
type CameState = 'paid' | UndecidedState | 'returning' | 'partly_refunded' | 'refunded'

/** Money came in a way that somebody at the bar has to decide about. */
export type UndecidedState = 'short' | 'late' | 'over' | 'twice' | 'disputed'

function pendingState({ method, qrText, expiresAtMs }: Payment, serverNowMs: number): PaymentState {
  if (method === 'cash' || method === 'card') return 'cashier'
  if (qrText === null) return 'making'
  if (method === 'qris_static') return 'static'
  return expiresAtMs !== null && serverNowMs >= expiresAtMs ? 'checking' : 'code'
}

/**
 * Of money that came: what somebody has to decide comes first, then what is on its way, then what is done.
 * `isMissing`: what came short of it is owed still.
 */
export function cameStateOf(payment: Payment, isMissing: boolean): CameState {
  const reasons = attentionTo(payment)
  if (reasons.includes('contradiction')) return 'disputed'
  for (const reason of ['late', 'twice', 'over'] as const) if (reasons.includes(reason)) return reason
  const { receivedRp, returnedRp, returningRp, refundableRp } = amountsOf(payment)
  if (isMissing && reasons.includes('short') && refundableRp > 0) return 'short'
  if (returningRp > 0) return 'returning'
  if (returnedRp === 0) return 'paid'
  return returnedRp < receivedRp ? 'partly_refunded' : 'refunded'
}

/** `isMissing` as for `cameStateOf`. */
export function paymentStateOf(payment: Payment, serverNowMs: number, isMissing = true): PaymentState {
  switch (payment.status) {
    case 'pending':
      return pendingState(payment, serverNowMs)
    case 'failed':
    case 'expired':
    case 'cancelled':
      return payment.status
    default:
      return cameStateOf(payment, isMissing)
  }
}

/** Money came, whatever is still to be sorted out: there is something to keep a receipt of. */
export function hasReceipt(payment: Payment): boolean {
  return amountsOf(payment).receivedRp > 0
}

const UNDECIDED: readonly UndecidedState[] = ['short', 'late', 'over', 'twice', 'disputed']
export const NEEDS_PERSON: ReadonlySet<PaymentState> = new Set(UNDECIDED)

/** How the notice about it looks and sounds. */
export const TONE_OF: Readonly<Record<PaymentState, 'wait' | 'ok' | 'warn' | 'danger' | 'info'>> = {
  making: 'wait',
  code: 'wait',
  static: 'wait',
  checking: 'wait',
  cashier: 'wait',
  failed: 'warn',
  expired: 'warn',
  cancelled: 'info',
  paid: 'ok',
  short: 'danger',
  late: 'danger',
  over: 'warn',
  twice: 'warn',
  disputed: 'danger',
  returning: 'info',
  partly_refunded: 'info',
  refunded: 'info',
}

/** "14:05" left; null when there is no end or it has come. */
export function timeLeft(expiresAtMs: number | null, serverNowMs: number): string | null {
  if (expiresAtMs === null || serverNowMs >= expiresAtMs) return null
  const seconds = Math.ceil((expiresAtMs - serverNowMs) / 1000)
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}

const QUICK_LOOKS = 20
const QUICK_MS = 3_000
const SLOW_MS = 10_000

/** How long to wait before asking for the `looks`-th time: soon at first, as somebody looks at the screen. */
export function lookPauseMs(looks: number): number {
  return looks < QUICK_LOOKS ? QUICK_MS : SLOW_MS
}
