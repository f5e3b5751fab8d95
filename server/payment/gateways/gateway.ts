import type { Result } from '#shared/kernel/result.ts'
import type { Clock } from '../../platform/clock.ts'
import type { GatewayMode } from './key-guard.ts'

/**
 * What the provider says of a payment. `paid` is money received; `refunded` and `partly_refunded` were
 * paid before. `expired`, `cancelled` and `failed` are not the end: money can still come late.
 */
export type ProviderStatus =
  | 'pending'
  | 'paid'
  | 'expired'
  | 'cancelled'
  | 'failed'
  | 'refunded'
  | 'partly_refunded'
  | 'disputed'

/**
 * Our own ids as every provider takes them: `Idempotency-Key` of Midtrans ends at 46, with a suffix. All
 * ids of one house have one length: Midtrans signs `id + code + amount` without a separator, and
 * only equal lengths keep one id from being the beginning of another.
 */
export const REFERENCE = /^[A-Za-z0-9_-]{1,40}$/

/** The most that one QRIS payment may be, in rupiah (Bank Indonesia). */
export const MAX_QRIS_RP = 10_000_000

export type CreateRequest = {
  /** Our id of this one try to pay, never used again. */
  readonly reference: string
  readonly amountRp: number
  /** How long the code shall live. A provider may make it longer: its answer says what it chose. */
  readonly expiresAfterMs: number
  /** What the payer or the provider's list may show, without personal data; at most 100 characters. */
  readonly description: string
}

export type PaymentCode =
  | { readonly kind: 'qris'; readonly payload: string }
  /** Midtrans does not promise the text of the code, but always an address of its picture. */
  | { readonly kind: 'qris_picture'; readonly url: string }

export type CreatedPayment = {
  /** The provider's own id; the manual ways have none and repeat the reference. */
  readonly providerId: string
  readonly code: PaymentCode | null
  /** When the provider closes it; null when it never does of itself. */
  readonly expiresAtMs: number | null
  /** Made by an earlier try whose answer was lost; a further try has its code's text. */
  readonly isAdopted?: boolean
}

export type PaymentKey = {
  /** Null when the answer to `create` never came; not every provider then finds the payment. */
  readonly providerId: string | null
  readonly reference: string
}

export type PaymentState = {
  readonly providerId: string
  readonly reference: string
  readonly status: ProviderStatus
  /** The provider's own word, for the record. */
  readonly providerStatus: string
  /** What was asked for. The caller compares it with its own figure before it believes `paid`. */
  readonly amountRp: number
  /** What came in; 0 while nothing did. Differs from `amountRp` when short or over. */
  readonly receivedRp: number
  /** What went back, of refunds that are accepted or done; null when this answer does not tell. */
  readonly refundedRp: number | null
  readonly paidAtMs: number | null
  /** The wallet or bank that the money came from, when told. */
  readonly issuer: string | null
  /** What came in one by one, oldest first, where the provider tells several apart. */
  readonly receiptsRp?: readonly number[]
  /** What went back one by one, where the provider tells them apart: those made in its own pages, too. */
  readonly refunds?: readonly RefundState[]
  /** Why what went back could not be read; the rest of the answer holds all the same. */
  readonly unread?: GatewayRefusal
}

export type RefundReason = 'customer' | 'duplicate' | 'cancelled' | 'late' | 'other'

export type RefundRequest = PaymentKey & {
  /** Our id of this refund. Asking again with the same one never pays twice. */
  readonly refundKey: string
  readonly amountRp: number
  readonly reason: RefundReason
  /** Asked right before the request that moves the money: false when somebody else has the refund in hand by now. */
  readonly isStillOurs: () => Promise<boolean>
}

export type RefundState = {
  readonly refundKey: string
  readonly providerRefundId: string | null
  readonly amountRp: number
  /** `accepted`: the provider took it up, and its bank has not confirmed yet. */
  readonly status: 'accepted' | 'done' | 'failed'
  /** The provider's reason when it failed. */
  readonly failure: string | null
}

type Named = { readonly gateway: GatewayName }

/**
 * `mayHaveHappened`: the request may have been carried out although nobody told us. After `create` the
 * code was shown to nobody, so a new reference is safe; after `refund`, ask `refundState` first.
 */
export type GatewayRefusal =
  | (Named & {
      readonly code: 'gateway.unreachable'
      readonly why: 'connect' | 'timeout' | 'reset' | 'server_error' | 'busy'
      readonly attempts: number
      readonly mayHaveHappened: boolean
    })
  | (Named & {
      readonly code: 'gateway.bad_answer'
      readonly why: 'too_large' | 'utf8' | 'json' | 'field' | 'mismatch' | 'status'
      readonly field: string
      readonly mayHaveHappened: boolean
    })
  | (Named & { readonly code: 'gateway.not_authorized'; readonly says: string })
  | (Named & { readonly code: 'gateway.amount_out_of_range'; readonly minRp: number; readonly maxRp: number })
  | (Named & { readonly code: 'gateway.reference_used' })
  | (Named & { readonly code: 'gateway.not_found' })
  /** Nothing was asked for: another server does. */
  | (Named & { readonly code: 'gateway.taken_over' })
  | (Named & { readonly code: 'gateway.wrong_state'; readonly says: string })
  | (Named & { readonly code: 'gateway.refund_too_much'; readonly says: string })
  | (Named & { readonly code: 'gateway.refund_unsupported'; readonly says: string })
  | (Named & { readonly code: 'gateway.refused'; readonly providerCode: string; readonly says: string })

export type GatewayResult<T> = Result<T, GatewayRefusal>

/**
 * A message that proved its sender. What it says is a claim all the same: Midtrans' signature leaves the
 * status out and Xendit's token leaves everything out, so money moves only after `status` agrees.
 */
export type GatewayEvent = {
  /** The same for every copy of the same news; the key to store it under. At most 130 characters. */
  readonly eventId: string
  readonly about: 'payment' | 'refund'
  /**
   * Not signed either: find the payment by `reference` and ask `status` with the id that was stored.
   * Null in Xendit's refund messages, which may name only the refund; then find it by `refundKey`.
   */
  readonly providerId: string | null
  readonly reference: string | null
  readonly refundKey: string | null
  readonly claimedStatus: ProviderStatus | 'refund_failed'
  readonly providerStatus: string
  readonly claimedRp: number
}

export type WebhookRefusal =
  | { readonly code: 'webhook.forged' }
  | { readonly code: 'webhook.malformed'; readonly why: string; readonly field?: string }
  | { readonly code: 'webhook.too_large'; readonly maxBytes: number }
  /** Proven, but about something that this house does not use; answer 200, or it comes again. */
  | { readonly code: 'webhook.unknown_event'; readonly event: string }
  /** This way of paying sends none. */
  | { readonly code: 'webhook.not_expected' }

export type GatewayName = 'manual' | 'midtrans' | 'xendit' | 'practice'

type GatewayAbilities = {
  /** Says by itself when the money came. Where it does not, a person confirms. */
  readonly confirms: boolean
  readonly expires: boolean
  readonly refunds: boolean
  readonly minRp: number
  readonly maxRp: number
}

/**
 * One way for money to come in. None of these may be called inside a transaction: each may take as long
 * as its patience allows, and none takes a transaction to be tempted with.
 */
export interface Gateway {
  readonly name: GatewayName
  /** `test` moves no money: what it says is paid is marked SIMULASI and counts nowhere as money. */
  readonly mode: GatewayMode
  readonly can: GatewayAbilities
  create(request: CreateRequest): Promise<GatewayResult<CreatedPayment>>
  status(key: PaymentKey): Promise<GatewayResult<PaymentState>>
  /** Closes the code and answers what became of the payment: it may have been paid a moment before. */
  expire(key: PaymentKey): Promise<GatewayResult<PaymentState>>
  refund(request: RefundRequest): Promise<GatewayResult<RefundState>>
  refundState(key: PaymentKey & { readonly refundKey: string }): Promise<GatewayResult<RefundState>>
  /** `body` exactly as it came over the wire, before any parser touched it. */
  readWebhook(body: Uint8Array, headers: Headers): Result<GatewayEvent, WebhookRefusal>
}

/** How long and how often one request to a provider is tried. */
export type Patience = {
  /** Until the connection, with TLS, stands. */
  readonly connectMs: number
  /** One attempt as a whole, from connecting to the last byte of the answer. */
  readonly totalMs: number
  readonly attempts: number
  /** The pause before attempt n is random between 0 and firstPauseMs × 2^(n-2), at most maxPauseMs. */
  readonly firstPauseMs: number
  readonly maxPauseMs: number
}

/** A customer waits behind `create`: at worst 3 × 8 s and two short pauses. */
export const PATIENCE: Patience = {
  connectMs: 3000,
  totalMs: 8000,
  attempts: 3,
  firstPauseMs: 400,
  maxPauseMs: 2000,
}

export type GatewayDeps = {
  readonly clock: Clock
  /** From 0 up to, not including, 1. */
  readonly random: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly patience: Patience
}
