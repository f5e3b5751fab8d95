// Where this phone sits, as a scanned code said it, and which codes it has seen before. Pure.
import type { Scan } from '#shared/tables/table.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'

/** `table` is null for codes that hang elsewhere (counter, merchandise). */
export type Seat = {
  readonly token: string
  readonly outletId: string
  readonly table: Scan['table']
  readonly scannedAtMs: number
  /** The server has not answered this scan yet: the time is this phone's, and nobody there knows of it. */
  readonly isUnheard?: boolean
}

/** How the code of the page's address fares. `known` and `table` codes open the menu, the others explain themselves. */
export type CodeState = 'checking' | 'seated' | 'unknown' | 'replaced' | 'unreachable'

const MAX_KNOWN_CODES = 20
/** After this long the guest has gone home: the menu stays, the table does not. */
export const SEAT_LASTS_MS = 12 * 60 * 60_000

export function isSeatFresh(seat: Seat, nowMs: number): boolean {
  return nowMs - seat.scannedAtMs < SEAT_LASTS_MS
}

/**
 * True when this phone's own last visit at the table was closed after the scan: the seat is one that it has left,
 * and whoever sits there now must not be asked to let it in. Where the end is not known the server decides.
 */
export function isSeatLeft(
  { outletId, table, scannedAtMs, isUnheard }: Seat,
  ownPhones: readonly Pick<
    VisitPhone,
    'visitId' | 'outletId' | 'tableLabel' | 'isVisitOpen' | 'closedAtMs'
  >[],
): boolean {
  if (!table || isUnheard) return false
  const there = ownPhones.filter((phone) => phone.outletId === outletId && phone.tableLabel === table.label)
  // Ids begin with their time.
  const last = there.sort((a, b) => (a.visitId < b.visitId ? 1 : -1))[0]
  return last !== undefined && !last.isVisitOpen && scannedAtMs < (last.closedAtMs ?? 0)
}

/** The codes that this phone has scanned, newest first, so that one opens again without signal. */
export function rememberCode(codes: readonly Seat[], seat: Seat): readonly Seat[] {
  return [seat, ...codes.filter((known) => known.token !== seat.token)].slice(0, MAX_KNOWN_CODES)
}

export function forgetCode(codes: readonly Seat[], token: string): readonly Seat[] {
  return codes.filter((known) => known.token !== token)
}

/** True when both stand for the same table, whichever code led there. */
export function isSameTable(one: Seat | null, other: Seat | null): boolean {
  return (one?.table?.id ?? null) === (other?.table?.id ?? null)
}
