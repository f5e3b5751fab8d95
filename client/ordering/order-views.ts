import * as v from 'valibot'
import { isAwaitingPayment, isUnseen, type Order } from '#shared/ordering/order.ts'
import { orderCommands } from '#shared/ordering/order-commands.ts'
import { isForLater } from '#shared/ordering/promise.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { isAside } from '../sync/stepping-aside.ts'
import type { OutboxRow, OutboxState } from '../sync/stored-rows.ts'

export type PlaceArgs = CommandArgs<'order.place'> | CommandArgs<'pickup.place'>

/** Of the bill of its table, which was closed: what the till has to give back, and what it gave back. */
type BillBack = { readonly dueRp: number; readonly returnedRp: number }

/** An order as the server said it, and whether this phone sent it. */
export type OrderRecord = {
  readonly order: Order
  readonly isOwn: boolean
  readonly back?: BillBack | undefined
}

/** A wish to change or cancel that the server has not answered yet. */
type PendingAsk = {
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
  readonly back?: BillBack | undefined
  readonly ask: PendingAsk | null
}

export type OrderView = UnsentOrder | SentOrder

/** What is true of an order now, finer than its status. */
export type Situation =
  | 'sending'
  | 'waiting'
  | 'stale'
  | 'refused'
  /** The server failed on it again and again: whether it has it nobody knows, and it is asked again by itself. */
  | 'unsure'
  /** The bar has it under this phone's earlier name: nothing more of it can be read here. */
  | 'arrived'
  | 'unpaid'
  | 'unproven'
  | 'unseen'
  | 'placed'
  | 'seen'
  | 'accepted'
  | 'later'
  | 'held'
  | 'preparing'
  | 'ready'
  | 'served'
  | 'rejected'
  | 'cancelled'
  | 'no_show'

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
    ({ order, isOwn, back }): SentOrder => ({
      kind: 'sent',
      id: order.id,
      order,
      isOwn,
      back,
      ask: asks.get(order.id) ?? null,
    }),
  )
  const known = new Set(sent.map((view) => view.id))
  const unsent = rows
    .filter((row) => row.name === 'order.place' || row.name === 'pickup.place')
    .map((row): UnsentOrder => {
      const args = readArgs(row)
      const id = args?.orderId ?? row.id
      return { kind: 'unsent', id, row, args, ask: asks.get(id) ?? null }
    })
    // A refused row whose id the server knows is a repetition of an order that stands: there is nothing to tell.
    .filter((view) => !known.has(view.id))
  return [...unsent, ...sent].sort((a, b) => bornAtMs(b) - bornAtMs(a))
}

function readArgs({ args }: OutboxRow): PlaceArgs | null {
  if (v.is(orderCommands['order.place'], args)) return args
  return v.is(orderCommands['pickup.place'], args) ? args : null
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

/** When it was placed: by the server's clock, or by this phone's while the server does not know of it. */
export function bornAtMs(view: OrderView): number {
  return view.kind === 'unsent' ? view.row.createdAtMs : view.order.placedAtMs
}

export function situationOf(view: OrderView, moment: Moment): Situation {
  if (view.kind === 'unsent') return situationOfRow(view.row, moment)
  const { order } = view
  switch (order.status) {
    case 'placed':
      if (isAwaitingPayment(order)) return 'unpaid'
      // Without fresh news nobody knows whether it is still unseen.
      if (moment.isFresh && isUnseen(order, moment.serverNowMs)) return 'unseen'
      if (order.presence === 'unproven') return 'unproven'
      return order.seenAtMs === null ? 'placed' : 'seen'
    case 'accepted':
    case 'preparing':
      if (order.heldAtMs !== null) return 'held'
      return isForLater(order, moment.serverNowMs) ? 'later' : order.status
    default:
      return order.status
  }
}

function situationOfRow(row: OutboxRow, { isCut, phoneNowMs }: Moment): Situation {
  if (row.state === 'refused' && row.refusal?.code === 'request.done_before') return 'arrived'
  // An earlier build called it refused.
  if (row.state === 'refused' && row.refusal?.code === 'server.broken') return 'unsure'
  if (row.state !== 'waiting') return row.state
  if (isAside(row)) return row.asideUntilMs === 0 && !isCut ? 'sending' : 'unsure'
  return !isCut && phoneNowMs - row.createdAtMs < SENDING_MS ? 'sending' : 'waiting'
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
