import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { businessDay, localMoment } from '#shared/kernel/time.ts'
import { blankMoments } from '#shared/ordering/blank-moments.ts'
import { type Order, STALE_AFTER_MS } from '#shared/ordering/order.ts'
import { type PricedOrder, priceOrder } from '#shared/ordering/pricing.ts'
import { openState } from '#shared/outlet/opening-hours.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import {
  MAX_AWAITED_PER_PHONE,
  MAX_AWAITED_PER_TABLE,
  MAX_AWAITED_WITH_FIRST,
  MAX_DENIALS_PER_PHONE,
  MAX_VISIT_ORDERS,
  MAX_WAITING_PER_PHONE,
  MAX_WAITING_PER_TABLE,
} from '#shared/visits/visit.ts'
import { type CommandRefusal, type Context, command } from '../command.ts'
import { readTableByToken } from '../tables/table.store.ts'
import { isCodeUsable, type Seat, takeSeat, wasTappedBeforeLeaving } from '../visits/seating.ts'
import { readPlace } from '../visits/visit.store.ts'
import { givingWay } from './giving-way.ts'
import {
  addOrder,
  countStrangersOrders,
  countWaitingOrders,
  readOrder,
  readOwed,
  takeNumber,
} from './order.store.ts'
import { payFirstOf, readHeldAtTable } from './pay-first.store.ts'
import { readSelling, type Selling } from './pricing.store.ts'
import { endUnpaid, FORGOTTEN_AFTER_MS } from './unpaid-ending.ts'

type PlaceArgs = CommandArgs<'order.place'>

/** Prices the order as things are now; the total that the phone showed is only compared, never used. */
function price(
  context: Context,
  { outlet, menu, soldOut }: Selling,
  { lines, shownTotalRp }: PlaceArgs,
): Result<PricedOrder, CommandRefusal> {
  const { nowMs } = context
  const state = openState(outlet, nowMs)
  if (!state.isOpen) return refuse({ code: 'order.outlet_closed', opensAtMs: state.opensAtMs })
  if (outlet.load.mode === 'paused')
    return refuse({ code: 'order.outlet_paused', message: outlet.load.message })
  const priced = priceOrder(lines, {
    menu,
    charges: outlet.charges,
    soldOut,
    moment: localMoment(nowMs, outlet.zone),
    orderType: 'table',
  })
  if (!priced.ok) return priced
  const { quote } = priced.value
  if (quote.totalRp !== shownTotalRp) {
    return refuse({ code: 'order.price_changed', shownTotalRp, quote, menuVersion: menu.version })
  }
  return priced
}

/** The caps before the kitchen: a photograph of the code must not fill the board. */
async function refuseOverCap(
  context: Context,
  seat: Seat,
  customerId: string,
  totalRp: number,
  isPaidFirst: boolean,
) {
  if (!seat.isAdmitted) return refuseStranger(context, seat, customerId, totalRp, isPaidFirst)
  const { owedRp, orders, hasBill } = await readOwed(context.tx, seat.visitId)
  if (hasBill && orders >= MAX_VISIT_ORDERS) return refuse({ code: 'order.too_many', max: MAX_VISIT_ORDERS })
  if (owedRp + totalRp > seat.capRp) return refuse({ code: 'order.cap_reached', capRp: seat.capRp, owedRp })
  return null
}

/** For a phone that nobody has seen at the table; it learns nothing of what the table owes. */
async function refuseStranger(
  context: Context,
  seat: Seat,
  customerId: string,
  totalRp: number,
  isPaidFirst: boolean,
) {
  // One wrong tap of the barista must not lock a guest out; a prankster is not asked about for ever.
  if (seat.denials >= MAX_DENIALS_PER_PHONE) return refuse({ code: 'visit.not_member' })
  const { ringing, awaited } = await countWaitingOrders(context.tx, seat.visitId, customerId)
  if (isPaidFirst) {
    if (awaited.ofPhone >= MAX_AWAITED_PER_PHONE) return refuse({ code: 'order.unpaid_already' })
    const isFirst = awaited.ofPhone === 0
    const isFull = awaited.ofTable >= (isFirst ? MAX_AWAITED_WITH_FIRST : MAX_AWAITED_PER_TABLE)
    // A further one waits until there is room: nobody's order ends for somebody's second.
    const hasRoom = !isFull || (isFirst && (await forgetOne(context, seat.visitId)))
    if (!hasRoom) return refuse({ code: 'order.table_unpaid' })
    return totalRp > seat.capRp ? refuse({ code: 'order.cap_reached', capRp: seat.capRp }) : null
  }
  if (ringing.ofPhone >= MAX_WAITING_PER_PHONE) return refuse({ code: 'order.waiting_already' })
  if (ringing.ofTable >= MAX_WAITING_PER_TABLE) return refuse({ code: 'order.table_waiting' })
  const sinceMs = context.nowMs - STRANGERS_WITHIN_MS
  const recent = await countStrangersOrders(context.tx, seat.visitId, customerId, sinceMs)
  // Placed and cancelled in a loop, orders would ring at the board without ever waiting.
  if (recent.ofPhone >= MAX_STRANGER_ORDERS_PER_PHONE) return refuse({ code: 'order.waiting_already' })
  if (recent.ofTable >= MAX_STRANGER_ORDERS_PER_TABLE) return refuse({ code: 'order.table_waiting' })
  if (totalRp > seat.capRp) return refuse({ code: 'order.cap_reached', capRp: seat.capRp })
  return null
}

/** Makes room at a table where strangers' unpaid orders have filled theirs, for a phone's first. */
async function forgetOne(context: Context, visitId: string): Promise<boolean> {
  const { tx, nowMs } = context
  const held = await readHeldAtTable(tx, visitId, nowMs)
  return endUnpaid(context, givingWay(held, context.origin(), nowMs - FORGOTTEN_AFTER_MS))
}

/** Orders of unseen phones that ring at the board within this time, whatever became of them. */
const STRANGERS_WITHIN_MS = 10 * 60_000
const MAX_STRANGER_ORDERS_PER_PHONE = 4
const MAX_STRANGER_ORDERS_PER_TABLE = 12

export const placingCommandList = [
  command('order.place', {
    who: 'phone',
    staleAfterMs: STALE_AFTER_MS,
    async handle(context, args) {
      const { tx, nowMs, actor } = context
      if (actor.kind !== 'customer') return refuse({ code: 'session.missing' })
      if (await readOrder(tx, args.orderId)) return refuse({ code: 'order.id_taken' })
      const table = await readTableByToken(tx, args.token)
      if (table?.is_active !== 1) return refuse({ code: 'code.unknown' })
      const place = await readPlace(tx, table.table_id, actor.id)
      if (!isCodeUsable(table, place)) return refuse({ code: 'code.replaced' })
      if (await wasTappedBeforeLeaving(context, table.table_id, actor.id))
        return refuse({ code: 'order.visit_closed_since' })
      const selling = await readSelling(tx, table.outlet_id, nowMs)
      if (!selling) return refuse({ code: 'outlet.unknown' })
      const { outlet } = selling
      const priced = price(context, selling, args)
      if (!priced.ok) return priced
      const seated = await takeSeat(context, table, actor.id, place)
      if (!seated.ok) return seated
      const seat = seated.value
      const { lines, quote } = priced.value
      const payFirst = payFirstOf(table.pay_first_minutes, quote.totalRp, nowMs)
      const over = await refuseOverCap(context, seat, actor.id, quote.totalRp, payFirst !== null)
      if (over) return over
      const day = businessDay(nowMs, outlet.zone, outlet.dayEndsAt)
      const order: Order = {
        ...blankMoments,
        id: args.orderId,
        rev: 1,
        number: await takeNumber(tx, outlet.id, day),
        outletId: outlet.id,
        visitId: seat.visitId,
        orderType: 'table',
        payFirst,
        pickup: null,
        tableId: table.table_id,
        tableLabel: table.label,
        phone: seat.number,
        status: 'placed',
        presence: seat.isAdmitted ? 'proven' : 'unproven',
        lines,
        note: args.note.trim(),
        quote,
        placedAtMs: nowMs,
      }
      await addOrder(context, order, actor.id, day, outlet.charges, seat.hasBill)
      // A stranger's order must not keep the visit of a party that has left alive.
      if (seat.isAdmitted && nowMs - seat.lastActiveAtMs > ACTIVE_WITHIN_MS) {
        context.emit({ type: 'visit.active', visitId: seat.visitId })
      }
      return ok({ orderId: order.id, number: order.number, visitId: order.visitId, totalRp: quote.totalRp })
    },
  }),
]

/** An idle visit is closed after hours: within a minute nothing need be noted again. */
const ACTIVE_WITHIN_MS = 60_000
