// What the board shows: what the server said, with this device's unsent moves on top. Pure, so that
// nothing optimistic is ever stored and nothing has to be taken back when the server disagrees.
import {
  isAwaitingPayment,
  ORDER_STATUSES,
  type Order,
  type OrderStatus,
  REJECT_REASONS,
} from '#shared/ordering/order.ts'
import { advance } from '#shared/ordering/order-status.ts'
import { acceptedAtMs } from '#shared/ordering/pickup.ts'
import { isForLater } from '#shared/ordering/promise.ts'
import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import type { OutboxRow } from '../sync/stored-rows.ts'
import { turnMs } from './pickup/pickup-turn.ts'
import { isUnproven } from './strangers/strangers.ts'

export const COLUMNS = ['placed', 'making', 'ready'] as const
export type Column = (typeof COLUMNS)[number]

/** One order as the board shows it. `pendingCount`: moves on it that the server has not answered yet. */
export type Ticket = { readonly order: Order; readonly pendingCount: number }

export type BoardView = {
  readonly columns: Readonly<Record<Column, readonly Ticket[]>>
  /** Not to be made before they are paid: known here, but nobody's work yet. */
  readonly awaited: readonly Ticket[]
  /** Pick-ups that are accepted and not to be begun yet, the next first. */
  readonly later: readonly Ticket[]
  /** Served, rejected or cancelled, the newest first. */
  readonly recent: readonly Ticket[]
  /** All that this device knows, also those that left the board long ago. */
  readonly byId: ReadonlyMap<string, Ticket>
}

const MAX_RECENT = 40

/** The column of a status; null for orders that have left the board. */
export function columnOf(status: OrderStatus): Column | null {
  if (status === 'placed' || status === 'ready') return status
  return status === 'accepted' || status === 'preparing' ? 'making' : null
}

/**
 * The board from records and outbox. `clockOffsetMs`: server's clock less this device's; `nowMs`: the server's
 * time, by which pick-ups for later become work. Tickets that are
 * as they were in `before` are the very same objects, so that one move does not redraw sixty cards.
 */
export function boardView(
  orders: readonly Order[],
  rows: readonly OutboxRow[],
  clockOffsetMs: number,
  before?: BoardView,
  nowMs = Number.POSITIVE_INFINITY,
): BoardView {
  const tickets = withUnsentMoves(orders, rows, clockOffsetMs, before)
  const columns: Record<Column, Ticket[]> = { placed: [], making: [], ready: [] }
  const recent: Ticket[] = []
  const awaited: Ticket[] = []
  const later: Ticket[] = []
  for (const ticket of tickets.values()) {
    const column = columnOf(ticket.order.status)
    if (isAwaitingPayment(ticket.order)) awaited.push(ticket)
    else if (isForLater(ticket.order, nowMs)) later.push(ticket)
    else if (column) columns[column].push(ticket)
    else recent.push(ticket)
  }
  // By the moment of coming, which hardly changes: a card keeps its place among the others wherever it goes.
  for (const column of COLUMNS) columns[column].sort(byTurn)
  awaited.sort(byTurn)
  later.sort(byTurn)
  recent.sort((a, b) => (b.order.endedAtMs ?? 0) - (a.order.endedAtMs ?? 0))
  return { columns, awaited, later, recent: recent.slice(0, MAX_RECENT), byId: tickets }
}

/** What nobody has answered yet: new, or not to be made before it is paid. */
export function waitingOrders({ columns, awaited }: BoardView): readonly Order[] {
  return [...columns.placed, ...awaited].map(({ order }) => order)
}

export function byTurn(a: Ticket, b: Ticket): number {
  return turnMs(a.order) - turnMs(b.order) || a.order.number - b.order.number
}

function withUnsentMoves(
  orders: readonly Order[],
  rows: readonly OutboxRow[],
  offsetMs: number,
  before: BoardView | undefined,
): ReadonlyMap<string, Ticket> {
  const byId = new Map<string, Ticket>(orders.map((order) => [order.id, ticketOf(order, before)]))
  for (const row of rows) {
    if (row.state === 'refused') continue
    const orderIds = row.name === 'visit.deny_strangers' ? strangersOrders(row, byId) : orderIdsOf(row)
    for (const orderId of orderIds) {
      const ticket = byId.get(orderId)
      if (!ticket) continue
      const order = applyMove(ticket.order, row, row.createdAtMs + offsetMs)
      // Having looked is no move that anybody waits for.
      const isMove = row.name !== 'order.see'
      byId.set(orderId, { order, pendingCount: ticket.pendingCount + (isMove ? 1 : 0) })
    }
  }
  return byId
}

function ticketOf(order: Order, before: BoardView | undefined): Ticket {
  const known = before?.byId.get(order.id)
  const isSame =
    known?.pendingCount === 0 && known.order.rev === order.rev && known.order.seenAtMs === order.seenAtMs
  return isSame ? known : { order, pendingCount: 0 }
}

/** The server counts promised minutes from their arrival: until then the time is only about right. */
export function isPromiseUnsent({ order, pendingCount }: Ticket, rows: readonly OutboxRow[]): boolean {
  if (pendingCount === 0) return false
  return rows.some(
    ({ name, state, args }) =>
      state !== 'refused' &&
      (name === 'order.accept' || name === 'order.promise') &&
      (args as CommandArgs<'order.accept'>).orderId === order.id,
  )
}

/** The orders that an outbox row speaks of. */
export function orderIdsOf(row: OutboxRow): readonly string[] {
  if (!row.name.startsWith('order.')) return []
  const { orderId, orderIds } = row.args as { orderId?: string; orderIds?: readonly string[] }
  return orderIds ?? (orderId === undefined ? [] : [orderId])
}

/** Those that the server will find unproven at the row's table, of what this board had shown. */
function strangersOrders({ args }: OutboxRow, byId: ReadonlyMap<string, Ticket>): readonly string[] {
  const { tableId, seen } = args as CommandArgs<'visit.deny_strangers'>
  const orders = [...byId.values()].map(({ order }) => order)
  return orders
    .filter((order) => order.tableId === tableId && isUnproven(order))
    .map(({ id }) => id)
    .filter((id) => seen === undefined || seen.ids.includes(id))
}

/** The order after one unsent command; unchanged where the server will refuse it anyway. */
function applyMove(order: Order, { name, args }: OutboxRow, atMs: number): Order {
  switch (name as CommandName) {
    case 'order.see':
      return { ...order, seenAtMs: order.seenAtMs ?? atMs }
    case 'order.accept': {
      if (order.status !== 'placed') return order
      const { readyInMinutes } = args as CommandArgs<'order.accept'>
      return advanced(order, 'accepted', atMs, {
        presence: 'proven',
        ...promised(order, atMs, readyInMinutes),
      })
    }
    case 'order.reject': {
      const { reason, text } = args as CommandArgs<'order.reject'>
      if (!REJECT_REASONS.includes(reason)) return order
      return advanced(order, 'rejected', atMs, { reason: { code: reason, text } })
    }
    case 'visit.deny_strangers':
      return advanced(order, 'rejected', atMs, { reason: { code: 'nobody_there', text: '' } })
    case 'order.move': {
      const { from, to } = args as CommandArgs<'order.move'>
      return order.status === from && ORDER_STATUSES.includes(to) ? advanced(order, to, atMs) : order
    }
    case 'order.hold': {
      const { isHeld } = args as CommandArgs<'order.hold'>
      return { ...order, heldAtMs: isHeld ? (order.heldAtMs ?? atMs) : null }
    }
    case 'order.promise': {
      const { readyInMinutes } = args as CommandArgs<'order.promise'>
      return { ...order, ...promised(order, atMs, readyInMinutes) }
    }
    case 'order.answer':
      return answered(order, (args as CommandArgs<'order.answer'>).isAccepted, atMs)
    default:
      return order
  }
}

/** Of a pick-up never before the moment that was wished for. */
function promised({ pickup }: Order, atMs: number, readyInMinutes: number): Partial<Order> {
  const readyAtMs = atMs + readyInMinutes * 60_000
  if (!pickup) return { promisedAtMs: readyAtMs }
  const pickupAtMs = acceptedAtMs(pickup, readyAtMs)
  return { promisedAtMs: pickupAtMs, pickup: { ...pickup, pickupAtMs } }
}

function advanced(order: Order, to: OrderStatus, atMs: number, more: Partial<Order> = {}): Order {
  const moved = advance(order, to, atMs)
  return moved.ok ? { ...moved.value, ...more } : order
}

function answered(order: Order, isAccepted: boolean, atMs: number): Order {
  if (!order.request || order.request.answer !== null) return order
  const request = { ...order.request, answer: isAccepted ? ('accepted' as const) : ('declined' as const) }
  if (!isAccepted || request.kind === 'change') return { ...order, request }
  return advanced(order, 'cancelled', atMs, { request, reason: { code: 'asked', text: request.note } })
}
