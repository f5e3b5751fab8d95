import { ok } from '#shared/kernel/result.ts'
import { hasLeft } from '#shared/ordering/here.ts'
import { advance } from '#shared/ordering/order-status.ts'
import { isNoShow, NO_SHOW_AFTER_MS } from '#shared/ordering/promise.ts'
import type { CommandResult, Context, HouseCommand } from '../../command.ts'
import { type DoorDeps, submit } from '../../commands.ts'
import { eachApart, type Part } from '../../platform/jobs.ts'
import { makeId } from '../../platform/random-ids.ts'
import { changeOrder, readOrder } from '../order.store.ts'
import { endUnpaid } from '../unpaid-ending.ts'
import { readStarted, readUnfetched } from './pickup.store.ts'
import { requoted } from './promising.ts'

type About = { readonly orderId: string }

function house(
  name: HouseCommand['name'],
  handle: (context: Context, about: About) => Promise<CommandResult>,
): HouseCommand {
  return { name, handle: handle as HouseCommand['handle'] }
}

/** Whose money did not come in time: the order ends, and its slot is free again. */
export const unpaidCancelled = house('house.order_unpaid', async (context, { orderId }) => {
  await endUnpaid(context, orderId)
  return ok({ orderId })
})

const notFetched = house('house.pickup_not_fetched', async (context, { orderId }) => {
  const order = await readOrder(context.tx, orderId)
  if (order?.status !== 'ready' || !order.pickup) return ok({})
  if (!isNoShow(order.pickup.pickupAtMs, order.readyAtMs, context.nowMs)) return ok({})
  // Who said "I'm here" stands at the counter, for some time at least.
  if (order.pickup.hereAtMs !== null && !hasLeft(order, context.nowMs)) return ok({})
  const ended = advance(order, 'no_show', context.nowMs)
  if (!ended.ok) return ended
  await changeOrder(context, ended.value, 'no_show')
  return ok({ orderId })
})

const promiseLooked = house('house.pickup_requoted', async (context, { orderId }) => {
  const order = await readOrder(context.tx, orderId)
  const later = order && (await requoted(context, order))
  if (!later) return ok({})
  await changeOrder(context, later, 'requoted')
  return ok({ orderId })
})

/** Throws when it is refused. */
export async function runForOrder(door: DoorDeps, command: HouseCommand, orderId: string): Promise<void> {
  const id = makeId('cmd', door.clock.now())
  const { answer } = await submit(door, command, id, { orderId }, { kind: 'house' })
  if (!answer.ok) throw new Error(`${command.name}: ${JSON.stringify(answer.refusal)}`)
}

/** Gives up what nobody fetched, and tells anew what slipped. */
export async function watchPickups(door: DoorDeps): Promise<void> {
  await eachApart(partsOf(door))
}

async function* partsOf(door: DoorDeps): AsyncGenerator<Part> {
  const { read } = door.database
  const nowMs = door.clock.now()
  for (const orderId of await readUnfetched(read, nowMs - NO_SHOW_AFTER_MS)) {
    yield [orderId, () => runForOrder(door, notFetched, orderId)]
  }
  for (const orderId of await readStarted(read, nowMs)) yield [orderId, () => lookAtPromise(door, orderId)]
}

/** Looked at without the lane of writes; only what has slipped takes a turn there. */
async function lookAtPromise(door: DoorDeps, orderId: string): Promise<void> {
  const { read } = door.database
  const order = await readOrder(read, orderId)
  const isLater = order && (await requoted({ tx: read, nowMs: door.clock.now() }, order))
  if (isLater) await runForOrder(door, promiseLooked, orderId)
}
