// A card that was moved on leaves a place holder of its own height where it stood, with the way back.
// So no other card slides under the finger that taps next, and a slip is undone where it happened.
import type { OrderStatus } from '#shared/ordering/order.ts'
import { type BoardView, byTurn, COLUMNS, type Column, columnOf, type Ticket } from '../board-view.ts'

export const LEAVING_MS = 7000

export type Leaving = {
  readonly column: Column
  readonly to: OrderStatus
  readonly heightPx: number
  readonly untilMs: number
}
export type Entry = { readonly ticket: Ticket; readonly leaving: Leaving | null }
type Entries = Readonly<Record<Column, readonly Entry[]>>

/** The columns with their place holders; one goes when its order has moved on or come back. */
export function entriesOf(view: BoardView, leaving: ReadonlyMap<string, Leaving>): Entries {
  const entries: Record<Column, Entry[]> = { placed: [], making: [], ready: [] }
  for (const column of COLUMNS) {
    entries[column] = view.columns[column].map((ticket) => ({ ticket, leaving: null }))
  }
  for (const [orderId, left] of leaving) {
    const ticket = view.byId.get(orderId)
    if (!ticket || ticket.order.status !== left.to || columnOf(left.to) === left.column) continue
    entries[left.column].push({ ticket, leaving: left })
  }
  for (const column of COLUMNS) entries[column].sort((a, b) => byTurn(a.ticket, b.ticket))
  return entries
}

/** True when cards that stay have another place than before; new ones at the end move nobody. */
export function isShifted(before: readonly Entry[], after: readonly Entry[]): boolean {
  const places = new Map(after.map((entry, place) => [entry.ticket.order.id, place]))
  return before.some((entry, place) => {
    const now = places.get(entry.ticket.order.id)
    return now === undefined ? place < after.length : now !== place
  })
}
