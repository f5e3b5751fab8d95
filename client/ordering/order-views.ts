import * as v from 'valibot'
import { isUnseen, type Order } from '#shared/ordering/order.ts'
import { orderCommands } from '#shared/ordering/order-commands.ts'
import { isActive, isOwed } from '#shared/ordering/order-status.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import type { OutboxRow, OutboxState } from '../sync/db.ts'

export type PlaceArgs = CommandArgs<'order.place'>

/** An order as the server said it, and whether this phone sent it. */
export type OrderRecord = { readonly order: Order; readonly isOwn: boolean }

/** A wish to change or cancel that the server has not answered yet. */
export type PendingAsk = {
  readonly row: OutboxRow
  readonly kind: 'change' | 'cancel'
  readonly note: string
  readonly state: OutboxState
}

/** On this phone only. `args` is null when an older build stored it in a form that this one cannot read. */
export type UnsentOrder = {
  readonly kind: 'unsent'
  readonly id: string
  readonly row: OutboxRow
  readonly args: PlaceArgs | null
  readonly ask: PendingAsk | null
}

export type SentOrder = {
  readonly kind: 'sent'
  readonly id: string
  readonly order: Order
  readonly isOwn: boolean
  readonly ask: PendingAsk | null
}

export type OrderView = UnsentOrder | SentOrder

/** What is true of an order now, finer than its status. */
export type Situation =
  | 'sending'
  | 'waiting'
  | 'stale'
  | 'refused'
  | 'unproven'
  | 'unseen'
  | 'placed'
  | 'seen'
  | 'accepted'
  | 'held'
  | 'preparing'
  | 'ready'
  | 'served'
  | 'rejected'
  | 'cancelled'

/** What the words depend on besides the order: both clocks, and how much the news can be trusted. */
export type Moment = {
  readonly serverNowMs: number
  readonly phoneNowMs: number
  /** Known to be without a connection. */
  readonly isCut: boolean
  /** Connected, and what was missed has arrived: only then silence means that nothing happened. */
  readonly isFresh: boolean
  /** Outcomes that this phone's guest has read, by `outcomeOf`. */
  readonly readOutcomes?: ReadonlySet<string>
}

/** A fresh order on a live connection is on its way; only later is it one that waits. */
const SENDING_MS = 8_000

/** Records ∪ outbox, newest first. What the server has said wins over what still stands in the outbox. */
export function mergeOrders(records: readonly OrderRecord[], rows: readonly OutboxRow[]): OrderView[] {
  const asks = asksByOrderId(rows)
  const sent = records.map(
    ({ order, isOwn }): SentOrder => ({
      kind: 'sent',
      id: order.id,
      order,
      isOwn,
      ask: asks.get(order.id) ?? null,
    }),
  )
  const known = new Set(sent.map((view) => view.id))
  const unsent = rows
    .filter((row) => row.name === 'order.place')
    .map((row): UnsentOrder => {
      const args = v.is(orderCommands['order.place'], row.args) ? row.args : null
      const id = args?.orderId ?? row.id
      return { kind: 'unsent', id, row, args, ask: asks.get(id) ?? null }
    })
    // A refused row whose id the server knows is a repetition of an order that stands: there is nothing to tell.
    .filter((view) => !known.has(view.id))
  return [...unsent, ...sent].sort((a, b) => bornAtMs(b) - bornAtMs(a))
}

function asksByOrderId(rows: readonly OutboxRow[]): Map<string, PendingAsk> {
  const asks = new Map<string, PendingAsk>()
  for (const row of rows) {
    if (row.name !== 'order.ask' || !v.is(orderCommands['order.ask'], row.args)) continue
    const { orderId, kind, note } = row.args
    asks.set(orderId, { row, kind, note, state: row.state })
  }
  return asks
}

function bornAtMs(view: OrderView): number {
  return view.kind === 'unsent' ? view.row.createdAtMs : view.order.placedAtMs
}

export function situationOf(view: OrderView, moment: Moment): Situation {
  if (view.kind === 'unsent') return situationOfRow(view.row, moment)
  const { order } = view
  switch (order.status) {
    case 'placed':
      // Without fresh news nobody knows whether it is still unseen.
      if (moment.isFresh && isUnseen(order, moment.serverNowMs)) return 'unseen'
      if (order.presence === 'unproven') return 'unproven'
      return order.seenAtMs === null ? 'placed' : 'seen'
    case 'accepted':
    case 'preparing':
      return order.heldAtMs === null ? order.status : 'held'
    default:
      return order.status
  }
}

function situationOfRow(row: OutboxRow, { isCut, phoneNowMs }: Moment): Situation {
  if (row.state !== 'waiting') return row.state
  return !isCut && phoneNowMs - row.createdAtMs < SENDING_MS ? 'sending' : 'waiting'
}

const urgency: Readonly<Record<Situation, number>> = {
  ready: 0,
  stale: 1,
  refused: 1,
  rejected: 2,
  // Nobody at the bar knows of it: a guest who looks has to see that before anything else under way.
  waiting: 3,
  unseen: 4,
  preparing: 5,
  held: 6,
  accepted: 7,
  seen: 8,
  placed: 9,
  unproven: 9,
  sending: 10,
  served: 11,
  cancelled: 12,
}

/** How an order of this phone ended, or what the barista answered; null while there is nothing to tell. */
export function outcomeOf(view: OrderView): string | null {
  if (view.kind === 'unsent' || !view.isOwn) return null
  const { id, status, request } = view.order
  if (status === 'rejected' || status === 'cancelled') return `${id} ${status}`
  return request?.answer && isActive(status) ? `${id} ${request.askedAtMs} ${request.answer}` : null
}

/** An outcome stays on top until it was read, so that nobody waits for coffee that will not come. */
export function isNews(view: OrderView, { readOutcomes }: Moment): boolean {
  const outcome = outcomeOf(view)
  return outcome !== null && !readOutcomes?.has(outcome)
}

/** True when the order still concerns somebody: it is under way, asks something, or its end was not read yet. */
export function isOpenMatter(view: OrderView, moment: Moment): boolean {
  return view.kind === 'unsent' || isActive(view.order.status) || isNews(view, moment)
}

const NEWS = 0.5
const OTHERS = 20
const FINISHED = 40

/**
 * This phone's own first, so that nobody looks for what they sent, or misses what became of it, below a friend's
 * order; then the others'. Within these the most urgent, then the one that is due earlier. Finished ones last,
 * newest first.
 */
export function byUrgency(views: readonly OrderView[], moment: Moment): OrderView[] {
  const isOther = (view: OrderView) => (view.kind === 'sent' && !view.isOwn ? 1 : 0)
  const rank = (view: OrderView) => {
    if (!isOpenMatter(view, moment)) return FINISHED
    const situation = situationOf(view, moment)
    const own = situation !== 'ready' && isNews(view, moment) ? NEWS : urgency[situation]
    return own + isOther(view) * OTHERS
  }
  const dueAtMs = (view: OrderView) => {
    if (rank(view) === FINISHED) return -bornAtMs(view)
    return view.kind === 'sent' ? (view.order.promisedAtMs ?? bornAtMs(view)) : bornAtMs(view)
  }
  return [...views].sort((a, b) => rank(a) - rank(b) || isOther(a) - isOther(b) || dueAtMs(a) - dueAtMs(b))
}

/** What the orders of one visit come to, as far as this phone may see them. */
export type TableBill = {
  readonly visitId: string
  readonly tableLabel: string
  readonly orders: number
  readonly totalRp: number
  readonly ownRp: number
}

export function billsOf(views: readonly SentOrder[]): TableBill[] {
  const bills = new Map<string, TableBill>()
  for (const { order, isOwn } of views) {
    if (!isOwed(order.status)) continue
    const { totalRp } = order.quote
    const before = bills.get(order.visitId)
    bills.set(order.visitId, {
      visitId: order.visitId,
      tableLabel: order.tableLabel,
      orders: (before?.orders ?? 0) + 1,
      totalRp: (before?.totalRp ?? 0) + totalRp,
      ownRp: (before?.ownRp ?? 0) + (isOwn ? totalRp : 0),
    })
  }
  return [...bills.values()]
}

/** Minutes until (positive) or after (negative) the promised time; null when nothing was promised or it is done. */
export function minutesToPromise(order: Order, serverNowMs: number): number | null {
  if (order.promisedAtMs === null || (order.status !== 'accepted' && order.status !== 'preparing'))
    return null
  return Math.ceil((order.promisedAtMs - serverNowMs) / 60_000)
}

/** A new cart's worth of what an order asked for, e.g. after it was rejected. */
export function linesToOrderAgain(order: Order): PlaceArgs['lines'] {
  return order.lines.map(({ itemId, choices, quantity, note }) => ({
    itemId,
    choices: choices.map(({ groupId, optionId }) => ({ groupId, optionId })),
    quantity,
    note,
  }))
}
