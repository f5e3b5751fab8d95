// What somebody with a wallet, or the world, can do to a simulated payment. Both simulators offer the
// same acts, to tests as functions and to people as buttons.

/** How a payer's scan ended. Every `refused_…` is the wallet's own answer: no money moved. */
export type ScanResult =
  | 'paid'
  | 'returned'
  | 'refused_expired'
  | 'refused_paid'
  | 'refused_fixed_amount'
  | 'unknown'

export type ScanOptions = {
  /**
   * After the code was closed: `honoured` when the money left the wallet before and only the news is late,
   * `returned` when the acquirer sends it back by itself.
   */
  readonly late?: 'honoured' | 'returned'
  /** Another amount than the code says, where the provider lets that through. */
  readonly amountRp?: number
  readonly issuer?: string
}

/** How a stranger would try to be believed. */
export type Forgery = 'no_proof' | 'wrong_key' | 'edited_amount' | 'edited_status' | 'edited_reference'

export type PaymentRow = {
  readonly id: string
  readonly reference: string
  readonly amountRp: number
  readonly status: string
  readonly qris: string
}

export type Payer = {
  list(): readonly PaymentRow[]
  scan(id: string, options?: ScanOptions): ScanResult
  /** The code's time is over, now. */
  runOut(id: string): void
  /** Sends a false message to the shop; answers the HTTP status that it got, null for none. */
  forge(id: string, forgery: Forgery): Promise<number | null>
}
