import type { PAYMENT_METHODS, PROVIDERS } from '#shared/payment/payment.ts'

type Method = (typeof PAYMENT_METHODS)[number]
type Provider = (typeof PROVIDERS)[number]

/** What `GET /api/desk/<outlet>/days/<day>` answers. */
export type DayBooks = {
  readonly day: string
  /** The business day that it is at the outlet now. */
  readonly today: string
  readonly sums: readonly DaySum[]
  readonly expectedCashRp: number
  readonly close: {
    readonly expectedCashRp: number
    readonly countedCashRp: number
    readonly differenceRp: number
    readonly note: string
    readonly closedBy: string
    readonly approvedBy: string
    readonly atMs: number
    readonly movesSince: number
  } | null
  readonly gateway: readonly GatewayLine[]
}

export type DaySum = {
  readonly method: Method
  readonly provider: Provider
  readonly receivedRp: number
  readonly refundedRp: number
  readonly receipts: number
}

export type GatewayLine = {
  readonly paymentId: string
  readonly provider: Provider
  readonly providerRef: string | null
  readonly bookedRp: number
  readonly providerRp: number | null
  readonly isSame: boolean
}

/** What `GET /api/desk/<outlet>/promises/<day>` answers: pick-ups that were made, and how many of them when first promised. */
export type DayPromises = {
  readonly made: number
  readonly kept: number
  readonly hitPermille: number | null
}
