import type { Payment } from '#shared/payment/payment.ts'
import type { ProviderDay } from '#shared/payment/provider-day.ts'

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
  readonly providers: readonly ProviderDay[]
  readonly discounts: readonly DayDiscount[]
  readonly openBills: OpenBills
}

export type DayDiscount = {
  readonly billId: string
  readonly code: string
  readonly tableLabel: string | null
  /** 0 where the discount was taken away again. */
  readonly amountRp: number
  readonly reason: string
  readonly by: string | null
  readonly approvedBy: string | null
  readonly atMs: number
}

export type DaySum = {
  readonly method: Payment['method']
  readonly provider: Payment['provider']
  /** Moved no money. */
  readonly isPractice: boolean
  readonly receivedRp: number
  readonly refundedRp: number
  readonly receipts: number
}

export type OpenBills = {
  readonly bills: readonly {
    readonly billId: string
    readonly code: string
    readonly tableLabel: string | null
    readonly openedAtMs: number
    readonly totalRp: number
    readonly owesRp: number
  }[]
  readonly count: number
  readonly owesRp: number
  readonly unbilled: { readonly visits: number; readonly owesRp: number }
  readonly earlier: { readonly bills: number; readonly owesRp: number }
  readonly dueBack: readonly {
    readonly billId: string
    readonly code: string
    readonly tableLabel: string | null
    readonly dueBackRp: number
  }[]
}

/** What `GET /api/desk/<outlet>/promises/<day>` answers: pick-ups that were made, and how many of them when first promised. */
export type DayPromises = {
  readonly made: number
  readonly kept: number
  readonly hitPermille: number | null
}
