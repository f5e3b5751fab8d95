// What the server writes into the page itself, so that a first scan shows the menu without a second
// round trip: the outlet's stream as it is now, and where the scanned code leads.
import type { Change } from '../protocol.ts'
import type { Scan } from './table.ts'

/** `code` says how the scanned token fared; `none` for a page that was opened without one. */
export type Boot = {
  readonly code: 'table' | 'touchpoint' | 'unknown' | 'replaced' | 'none'
  readonly token: string | null
  readonly outletId: string | null
  readonly table: Scan['table']
  /** The whole outlet stream (outlet, menu, item_status), to be stored as if it came by the feed. */
  readonly changes: readonly Change[]
  /** How far those changes go; 0 when there are none. */
  readonly seq: number
  readonly nowMs: number
}
