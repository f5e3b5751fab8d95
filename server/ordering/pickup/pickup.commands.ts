import { assert } from '#shared/kernel/assert.ts'
import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { businessDay, localMoment } from '#shared/kernel/time.ts'
import { blankMoments } from '#shared/ordering/blank-moments.ts'
import { chargesFor } from '#shared/ordering/charges.ts'
import { hereFromMs } from '#shared/ordering/here.ts'
import { isAwaitingPayment, type Order, STALE_AFTER_MS } from '#shared/ordering/order.ts'
import { isActive } from '#shared/ordering/order-status.ts'
import {
  MAX_OPEN_PICKUPS_PER_PHONE,
  MAX_PICKUPS_PER_PHONE_HOUR,
  MAX_UNANSWERED_PICKUPS_PER_OUTLET,
  type Pickup,
} from '#shared/ordering/pickup.ts'
import { type PricedOrder, priceOrder } from '#shared/ordering/pricing.ts'
import { startAtMs } from '#shared/ordering/promise.ts'
import { workMinutes } from '#shared/ordering/queue.ts'
import { checkSlot, nearestSlots, soonestPickupMs } from '#shared/ordering/slots.ts'
import { openState } from '#shared/outlet/opening-hours.ts'
import type { Charges, Outlet } from '#shared/outlet/outlet.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { type CommandRefusal, type Context, command } from '../../command.ts'
import { openPickupVisit } from '../../visits/seating.ts'
import { addOrder, changeOrder, readOrder, readOrderOwner, takeNumber } from '../order.store.ts'
import { payFirstOf, readPayFirstMinutes } from '../pay-first.store.ts'
import { readSelling, type Selling } from '../pricing.store.ts'
import { readBar } from './bar.ts'
import { giveUpUnanswered, hasRoomForUnpaid } from './making-room.ts'
import { countPickups, drawPickupCode } from './pickup.store.ts'

type PlaceArgs = CommandArgs<'pickup.place'>

/** Free moments that a refused wish is answered with. */
const FREE_TIMES = 6

/** Why this phone may not order here for pick-up now, or null. */
async function refusePlacing(
  context: Context,
  outlet: Outlet,
  customerId: string,
): Promise<CommandRefusal | null> {
  if (!outlet.pickup.isOn) return { code: 'pickup.off' }
  if (outlet.load.mode === 'paused') return { code: 'order.outlet_paused', message: outlet.load.message }
  const counts = await countPickups(context.tx, outlet.id, customerId, context.nowMs)
  if (counts.unpaidOfPhone) return { code: 'pickup.unpaid_already', orderId: counts.unpaidOfPhone }
  if (counts.unansweredOfPhone) {
    return { code: 'pickup.unanswered_already', orderId: counts.unansweredOfPhone }
  }
  if (counts.openOfPhone >= MAX_OPEN_PICKUPS_PER_PHONE) {
    return { code: 'pickup.too_many', max: MAX_OPEN_PICKUPS_PER_PHONE }
  }
  if (counts.recentOfPhone >= MAX_PICKUPS_PER_PHONE_HOUR) {
    return { code: 'pickup.too_many', max: MAX_PICKUPS_PER_PHONE_HOUR }
  }
  // Who has fetched something before is no stranger, whoever else waits or rings.
  if (counts.hasFetched) return null
  if (!(await hasRoomForUnpaid(context, outlet.id, counts.unpaidOfOutlet))) return { code: 'pickup.crowded' }
  const isLoud = counts.unansweredOfOutlet >= MAX_UNANSWERED_PICKUPS_PER_OUTLET
  return isLoud && !(await giveUpUnanswered(context, outlet.id)) ? { code: 'pickup.crowded' } : null
}

/** Prices the order as it will be made: a dish of the evening may be ordered in the morning for the evening. */
function price(
  nowMs: number,
  { outlet, menu, soldOut }: Selling,
  charges: Charges,
  { lines, shownTotalRp, wantedAtMs }: PlaceArgs,
): Result<PricedOrder, CommandRefusal> {
  const priced = priceOrder(lines, {
    menu,
    charges,
    soldOut,
    moment: localMoment(wantedAtMs ?? nowMs, outlet.zone),
    orderType: 'pickup',
  })
  if (!priced.ok) return priced
  const { quote } = priced.value
  if (quote.totalRp === shownTotalRp) return priced
  return refuse({ code: 'order.price_changed', shownTotalRp, quote, menuVersion: menu.version })
}

type Moment = Pick<Pickup, 'pickupAtMs' | 'startAtMs'>

/** The moment that is wanted, or the soonest; a wish that cannot be met is answered and never moved. */
async function chooseMoment(
  { tx, nowMs }: Context,
  outlet: Outlet,
  minutes: number,
  wantedAtMs: number | null,
): Promise<Result<Moment, CommandRefusal>> {
  const bar = await readBar(tx, outlet, nowMs)
  const timed = (pickupAtMs: number) =>
    ok({ pickupAtMs, startAtMs: Math.max(nowMs, startAtMs(pickupAtMs, minutes, bar.baristas)) })
  const freeAtMs = () => nearestSlots(bar, minutes, wantedAtMs ?? nowMs, FREE_TIMES)
  if (wantedAtMs === null) {
    const soonestMs = soonestPickupMs(bar, minutes)
    if (soonestMs !== null) return timed(soonestMs)
    const open = openState(outlet, nowMs)
    return open.isOpen
      ? refuse({ code: 'pickup.full', freeAtMs: freeAtMs() })
      : refuse({ code: 'pickup.closed', opensAtMs: open.opensAtMs, freeAtMs: freeAtMs() })
  }
  const slot = checkSlot(bar, minutes, wantedAtMs)
  if (slot.ok) return timed(slot.value)
  const { refusal } = slot
  if (refusal.code === 'pickup.paused') return refuse({ code: 'order.outlet_paused', message: null })
  if (refusal.code === 'pickup.off_grid') return refuse(refusal)
  return refuse({ ...refusal, freeAtMs: freeAtMs() })
}

async function place(
  context: Context,
  selling: Selling,
  customerId: string,
  args: PlaceArgs,
): Promise<Result<Order, CommandRefusal>> {
  const { tx, nowMs } = context
  const { outlet } = selling
  const charges = chargesFor(outlet, 'pickup')
  const priced = price(nowMs, selling, charges, args)
  if (!priced.ok) return priced
  const { lines, quote } = priced.value
  const payFirstMinutes = await readPayFirstMinutes(tx, outlet.id, 'pickup')
  // Nobody knows the phone: what it has not paid yet may not be more than a table may owe.
  const capRp = outlet.caps.unpaidTableRp
  if (quote.totalRp > capRp) return refuse({ code: 'order.cap_reached', capRp, owedRp: 0 })
  const moment = await chooseMoment(context, outlet, workMinutes(lines), args.wantedAtMs)
  if (!moment.ok) return moment
  const code = await drawPickupCode(tx, outlet.id)
  if (code === null) return refuse({ code: 'pickup.crowded' })
  const day = businessDay(nowMs, outlet.zone, outlet.dayEndsAt)
  const payFirst = payFirstOf(payFirstMinutes, quote.totalRp, nowMs)
  const { wantedAtMs } = args
  const order: Order = {
    ...blankMoments,
    id: args.orderId,
    rev: 1,
    number: await takeNumber(tx, outlet.id, day),
    outletId: outlet.id,
    visitId: await openPickupVisit(context, outlet, customerId),
    orderType: 'pickup',
    tableId: null,
    tableLabel: null,
    phone: 1,
    status: 'placed',
    // Nobody has to be there yet; that it is meant is proven by paying, or by the barista who accepts it.
    presence: 'proven',
    lines,
    note: args.note.trim(),
    quote,
    payFirst,
    pickup: {
      code,
      wantedAtMs,
      ...moment.value,
      firstPromisedAtMs: null,
      hereAtMs: null,
      name: args.name.trim(),
    },
    placedAtMs: nowMs,
  }
  // Its visit was opened just now and has no bill yet.
  await addOrder(context, order, customerId, day, charges, false)
  return ok(order)
}

export const pickupCommandList = [
  command('pickup.place', {
    who: 'phone',
    staleAfterMs: STALE_AFTER_MS,
    async handle(context, args) {
      const { actor, tx, nowMs } = context
      if (actor.kind !== 'customer') return refuse({ code: 'session.missing' })
      if (await readOrder(tx, args.orderId)) return refuse({ code: 'order.id_taken' })
      const selling = await readSelling(tx, args.outletId, nowMs)
      if (!selling) return refuse({ code: 'outlet.unknown' })
      const refusal = await refusePlacing(context, selling.outlet, actor.id)
      if (refusal) return refuse(refusal)
      const placed = await place(context, selling, actor.id, args)
      if (!placed.ok) return placed
      const { id, number, visitId, quote, pickup, payFirst } = placed.value
      assert(pickup !== null, 'what was placed for pick-up is a pick-up')
      const { code, pickupAtMs } = pickup
      const payUntilMs = payFirst?.untilMs ?? null
      return ok({ orderId: id, number, visitId, totalRp: quote.totalRp, code, pickupAtMs, payUntilMs })
    },
  }),

  command('pickup.here', {
    who: 'phone',
    async handle(context, { orderId }) {
      const { actor, tx, nowMs } = context
      const order = await readOrder(tx, orderId)
      const isOwn = actor.kind === 'customer' && (await readOrderOwner(tx, orderId)) === actor.id
      if (!order || !isOwn) return refuse({ code: 'order.unknown' })
      if (!order.pickup) return refuse({ code: 'pickup.not_one' })
      if (order.pickup.hereAtMs !== null) return ok({ orderId, hereAtMs: order.pickup.hereAtMs })
      if (isAwaitingPayment(order)) return refuse({ code: 'order.payment_awaited' })
      // Who comes after all is told so at the counter too.
      if (!isActive(order.status) && order.status !== 'no_show') {
        return refuse({ code: 'order.over', status: order.status })
      }
      const fromMs = hereFromMs(order)
      if (fromMs !== null && nowMs < fromMs) return refuse({ code: 'pickup.here_early', fromMs })
      await changeOrder(context, { ...order, pickup: { ...order.pickup, hereAtMs: nowMs } }, 'here')
      return ok({ orderId, hereAtMs: nowMs })
    },
  }),
]
