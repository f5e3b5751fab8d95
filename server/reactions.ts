import type { Menu } from '#shared/menu/menu.ts'
import { withSeasons } from '#shared/menu/seasons.ts'
import type { Order } from '#shared/ordering/order.ts'
import { isAwaitingPayment } from '#shared/ordering/order.ts'
import { advance } from '#shared/ordering/order-status.ts'
import { isApart } from '#shared/payment/bill/apart.ts'
import type { Context, DomainEvent } from './command.ts'
import { readMenu, saveMenu } from './menu/menu.store.ts'
import { changeOrder, readOrder, readUnansweredOrders, readWaitingOrders } from './ordering/order.store.ts'
import { hasOpenPickup } from './ordering/pickup/pickup.store.ts'
import { bookOrder, type Release, releaseOrder } from './ordering/releasing.ts'
import { readOutlet, readOutlets } from './outlet/outlet.store.ts'
import {
  closeBillOfVisit,
  isPickupSettled,
  keepBillOfVisit,
  reopenBillOfVisit,
} from './payment/bills/bill-keeping.ts'
import { closeCodesOf } from './payment/bills/needless.ts'
import { ensureSettings } from './payment/settings/settings.store.ts'
import { forgetScans, readTable, rotateTable } from './tables/table.store.ts'
import { withdrawCalls } from './visits/call.store.ts'
import { closePickupVisit, reopenPickupVisit } from './visits/pickup-visit.ts'
import { setPhoneState } from './visits/seating.ts'
import { noteDenial, readPhones, readVisit, tellRemainder, touchVisit } from './visits/visit.store.ts'

type Reaction<Type extends DomainEvent['type']> = (
  context: Context,
  event: Extract<DomainEvent, { type: Type }>,
) => Promise<void>

/**
 * What one feature's doing means for another, in one table. Runs in the same transaction as the
 * command; what a reaction itself emits is reacted to in its turn, after what was emitted before.
 */
const reactions: { readonly [Type in DomainEvent['type']]: readonly Reaction<Type>[] } = {
  'outlet.opened': [giveMenu, givePaymentSettings],
  'outlet.changed': [moveSeasons],
  'presence.confirmed': [admitPhone, proveWaitingOrders],
  'presence.paid': [admitPayer],
  'phone.refused': [endAwaitedOrders],
  'presence.denied': [refusePhone, endAwaitedOrders],
  'strangers.denied': [
    endStrangersOrders,
    (context, { tableId, scannedUntilMs }) => forgetScans(context.tx, tableId, scannedUntilMs),
  ],
  'table.code_burnt': [replaceTableCode],
  'visit.closed': [
    endUnansweredOrders,
    (context, { visitId }) => closeBillOfVisit(context, visitId),
    async (context, { tableId }) => {
      if (tableId !== null) await withdrawCalls(context, tableId, () => true)
    },
    // The party's phones must not be proposed to whoever sits down next.
    async (context, { tableId }) => {
      if (tableId !== null) await forgetScans(context.tx, tableId, context.nowMs)
    },
  ],
  'visit.active': [(context, { visitId }) => touchVisit(context.tx, visitId, context.nowMs)],
  'orders.paid': [releaseOrders],
  'order.waived': [(context, { orderId }) => releaseWaiting(context, orderId, 'waived')],
  'pickup.ended': [closeSettledPickup],
  'pickup.settled': [bookPaidPickup, closeSettledPickup],
  'pickup.resumed': [
    async (context, { visitId }) => {
      if (await reopenPickupVisit(context, visitId)) await reopenBillOfVisit(context, visitId)
    },
  ],
  'bill.kept': [(context, { visitId, ...left }) => tellRemainder(context, visitId, left)],
  'order.changed': [(context, { visitId }) => keepBillOfVisit(context, visitId), closeCodesOfEnded],
}

// A new outlet sells what the chain sells, until its manager says otherwise; the first one starts empty.
async function giveMenu(context: Context, { outletId }: { outletId: string }): Promise<void> {
  const blank = { categories: [], groups: [], items: [] }
  let model: Pick<Menu, 'categories' | 'groups' | 'items'> = blank
  for (const outlet of await readOutlets(context.tx)) model = (await readMenu(context.tx, outlet.id)) ?? model
  const { categories, groups } = model
  const items = withSeasons(model.items, (await readOutlet(context.tx, outletId))?.seasons ?? [])
  await saveMenu(context, { id: outletId, rev: 1, version: 1, categories, groups, items })
}

// The next Ramadan is entered once, in the outlet's settings; the menu's Ramadan dishes move with it.
async function moveSeasons(context: Context, { outletId }: { outletId: string }): Promise<void> {
  const outlet = await readOutlet(context.tx, outletId)
  const menu = await readMenu(context.tx, outletId)
  if (!outlet || !menu) return
  const items = withSeasons(menu.items, outlet.seasons)
  if (JSON.stringify(items) === JSON.stringify(menu.items)) return
  await saveMenu(context, { ...menu, items, rev: menu.rev + 1, version: menu.version + 1 })
}

// Phones and tills know from the first moment how the outlet takes money.
async function givePaymentSettings(context: Context, { outletId }: { outletId: string }): Promise<void> {
  await ensureSettings(context, outletId)
}

async function admitPhone(context: Context, event: { visitId: string; phone: number }): Promise<void> {
  const visit = await readVisit(context.tx, event.visitId)
  const phone = (await readPhones(context.tx, event.visitId)).find((each) => each.number === event.phone)
  if (visit && phone) await setPhoneState(context, visit, phone, 'admitted')
}

// Money says that somebody means it, not that the party wants them: whoever was sent away stays away.
async function admitPayer(context: Context, event: { visitId: string; phone: number }): Promise<void> {
  const phone = (await readPhones(context.tx, event.visitId)).find((each) => each.number === event.phone)
  if (phone?.state !== 'asking') return
  await admitPhone(context, event)
  await proveWaitingOrders(context, event)
}

// Whoever was sent away waits for nothing more, or their order would come to the board by their money.
async function endAwaitedOrders(context: Context, event: { visitId: string; phone: number }): Promise<void> {
  const waiting = await readWaitingOrders(context.tx, event.visitId, event.phone)
  await rejectOrders(context, waiting.filter(isApart), 'nobody_there')
}

// Nobody was there: the party's phones must not be asked to let this one in.
async function refusePhone(context: Context, event: { visitId: string; phone: number }): Promise<void> {
  await noteDenial(context.tx, event.visitId, event.phone)
  const visit = await readVisit(context.tx, event.visitId)
  const phone = (await readPhones(context.tx, event.visitId)).find((each) => each.number === event.phone)
  if (visit?.status === 'open' && phone?.state === 'asking') {
    await setPhoneState(context, visit, phone, 'refused')
  }
}

async function proveWaitingOrders(
  context: Context,
  event: { visitId: string; phone: number },
): Promise<void> {
  for (const order of await readWaitingOrders(context.tx, event.visitId, event.phone)) {
    await changeOrder(context, { ...order, presence: 'proven' }, 'presence_confirmed')
  }
}

// An order that nobody answered must not hang on a board after the party has gone.
async function endUnansweredOrders(context: Context, event: { visitId: string }): Promise<void> {
  await rejectOrders(context, await readUnansweredOrders(context.tx, event.visitId), 'visit_closed')
}

async function endStrangersOrders(context: Context, event: { orderIds: readonly string[] }): Promise<void> {
  // One after the other: a connection of PostgreSQL answers one question at a time.
  for (const id of event.orderIds) {
    const order = await readOrder(context.tx, id)
    if (order) await rejectOrders(context, [order], 'nobody_there')
  }
}

async function rejectOrders(
  context: Context,
  orders: readonly Order[],
  code: 'nobody_there' | 'visit_closed',
): Promise<void> {
  for (const order of orders) {
    const ended = advance(order, 'rejected', context.nowMs)
    if (!ended.ok) continue
    await changeOrder(context, { ...ended.value, reason: { code, text: '' } }, 'rejected')
  }
}

// Paying proves that somebody means it: the order comes to the board as new, and its phone is let in.
async function releaseOrders(
  context: Context,
  { orderIds, ownIds }: { orderIds: readonly string[]; ownIds: readonly string[] },
): Promise<void> {
  for (const orderId of orderIds) {
    await releaseWaiting(context, orderId, ownIds.includes(orderId) ? 'own' : 'others')
  }
}

async function releaseWaiting(context: Context, orderId: string, by: Release): Promise<void> {
  const order = await readOrder(context.tx, orderId)
  if (order && isAwaitingPayment(order)) await releaseOrder(context, order, by)
}

async function closeCodesOfEnded(context: Context, { orderId }: { orderId: string }): Promise<void> {
  const order = await readOrder(context.tx, orderId)
  if (order) await closeCodesOf(context, order)
}

// Paid of one's own accord, it is as certain as one that had to be: its time is kept for it.
async function bookPaidPickup(context: Context, { visitId }: { visitId: string }): Promise<void> {
  for (const order of await readUnansweredOrders(context.tx, visitId)) await bookOrder(context, order)
}

// Whoever did not come still owes; what has to be paid, or to go back, keeps the visit on the desk.
async function closeSettledPickup(context: Context, { visitId }: { visitId: string }): Promise<void> {
  if (await hasOpenPickup(context.tx, visitId)) return
  if (await isPickupSettled(context, visitId)) await closePickupVisit(context, visitId)
}

async function replaceTableCode(context: Context, { tableId }: { tableId: string }): Promise<void> {
  const table = await readTable(context.tx, tableId)
  if (table) await rotateTable(context, table)
}

/** Runs the reactions to what a command emitted. */
export async function react(context: Context, events: readonly DomainEvent[]): Promise<void> {
  for (const event of events) {
    for (const reaction of reactions[event.type] as readonly Reaction<DomainEvent['type']>[]) {
      await reaction(context, event as never)
    }
  }
}
