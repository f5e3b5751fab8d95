import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankMoments } from '#shared/ordering/blank-moments.ts'
import {
  isUnseen,
  ORDER_STATUSES,
  type Order,
  type OrderStatus,
  UNSEEN_AFTER_MS,
} from '#shared/ordering/order.ts'
import { advance, isActive, isOwed, stepBack } from '#shared/ordering/order-status.ts'

const blankOrder: Order = {
  id: 'ord_01k0000000000000000000000a',
  rev: 1,
  number: 42,
  outletId: 'out_01k0000000000000000000000a',
  visitId: 'vis_01k0000000000000000000000a',
  orderType: 'table',
  payFirst: null,
  pickup: null,
  tableId: 'tbl_01k0000000000000000000000a',
  tableLabel: 'A7',
  phone: 1,
  status: 'placed',
  presence: 'proven',
  lines: [],
  note: '',
  quote: { subtotalRp: 20_000, serviceRp: 0, taxRp: 2000, totalRp: 22_000, includedTaxRp: 0 },
  placedAtMs: 1000,
  ...blankMoments,
}

/** Every move that there is; all others are refused. */
const legal: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  placed: ['accepted', 'rejected', 'cancelled'],
  accepted: ['preparing', 'ready', 'cancelled', 'placed'],
  preparing: ['ready', 'cancelled', 'accepted'],
  ready: ['served', 'preparing'],
  served: ['ready'],
  rejected: ['placed'],
  cancelled: [],
  no_show: ['ready', 'served'],
}

function moved(order: Order, to: OrderStatus, atMs: number): Order {
  const result = advance(order, to, atMs)
  if (!result.ok) throw new Error(`${order.status} → ${to} was refused`)
  return result.value
}

describe('the life of an order is a table', () => {
  const pairs = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to) => [from, to] as const))

  test.each(pairs)('%s → %s', (from, to) => {
    const result = advance({ ...blankOrder, status: from }, to, 5000)
    if (legal[from].includes(to)) {
      expect(result).toMatchObject({ ok: true, value: { status: to, rev: 1 } })
    } else {
      expect(result).toEqual({ ok: false, refusal: { code: 'order.illegal_move', from, to } })
    }
  })

  test('each step forward leaves its moment, each step back takes exactly that step away', () => {
    const accepted = { ...moved(blankOrder, 'accepted', 2000), promisedAtMs: 9000 }
    expect(accepted).toMatchObject({ acceptedAtMs: 2000, seenAtMs: 2000 })
    const preparing = { ...moved(accepted, 'preparing', 3000), madeBy: 'Sari' }
    const ready = moved(preparing, 'ready', 4000)
    const served = moved(ready, 'served', 5000)
    expect(served).toMatchObject({ servedAtMs: 5000, endedAtMs: 5000 })
    expect(moved(served, 'ready', 6000)).toEqual(ready)
    expect(moved(ready, 'preparing', 6000)).toEqual(preparing)
    expect(moved(preparing, 'accepted', 6000)).toEqual(accepted)
    expect(moved(accepted, 'placed', 6000)).toEqual({ ...blankOrder, seenAtMs: 2000 })
    const rejected = {
      ...moved(blankOrder, 'rejected', 2000),
      reason: { code: 'closing' as const, text: '' },
    }
    expect(moved(rejected, 'placed', 3000)).toEqual({ ...blankOrder, seenAtMs: 2000 })
  })

  test('stepping back leads where advancing may go, and nowhere from placed or cancelled', () => {
    for (const status of ORDER_STATUSES) {
      const back = stepBack(status)
      if (back === null) expect(['placed', 'cancelled']).toContain(status)
      else expect(legal[status]).toContain(back)
    }
  })

  test('however an order wanders, it is over or it can go on, and its moments keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ORDER_STATUSES), { maxLength: 30 }), (wishes) => {
        let order = blankOrder
        for (const [index, to] of wishes.entries()) {
          const result = advance(order, to, 2000 + index * 1000)
          if (result.ok) order = result.value
        }
        expect(order.servedAtMs !== null).toBe(order.status === 'served')
        expect(order.endedAtMs !== null).toBe(['served', 'rejected', 'cancelled'].includes(order.status))
        const moments = [order.acceptedAtMs, order.preparingAtMs, order.readyAtMs, order.servedAtMs].filter(
          (moment) => moment !== null,
        )
        expect(moments).toEqual(moments.toSorted((a, b) => a - b))
      }),
    )
  })

  test('starting to make an order that was held takes it off hold', () => {
    const held = { ...blankOrder, status: 'accepted' as const, heldAtMs: 1500 }
    expect(moved(held, 'preparing', 2000).heldAtMs).toBeNull()
  })

  test('rejected and cancelled orders are not owed; placed to ready ones still need somebody', () => {
    expect(ORDER_STATUSES.filter((status) => !isOwed(status))).toEqual(['rejected', 'cancelled'])
    expect(ORDER_STATUSES.filter(isActive)).toEqual(['placed', 'accepted', 'preparing', 'ready'])
  })

  test('an order is unseen after a minute without anybody looking', () => {
    expect(isUnseen(blankOrder, 1000 + UNSEEN_AFTER_MS - 1)).toBe(false)
    expect(isUnseen(blankOrder, 1000 + UNSEEN_AFTER_MS)).toBe(true)
    expect(isUnseen({ ...blankOrder, seenAtMs: 2000 }, 1e9)).toBe(false)
    expect(isUnseen({ ...blankOrder, status: 'accepted' }, 1e9)).toBe(false)
  })
})
