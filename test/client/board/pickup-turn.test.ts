import { describe, expect, it } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import { boardView } from '../../../client/board/board-view.ts'
import { isUnanswered } from '../../../client/board/pickup/unanswered/unanswered.ts'
import { wayBack } from '../../../client/board/way-back.ts'
import { NOON, orderId, sampleOrder, sampleRow } from './sample-orders.ts'

const MINUTE_MS = 60_000

function pickup(number: number, more: Partial<Order> = {}, startInMinutes = 60): Order {
  return sampleOrder(number, {
    orderType: 'pickup',
    tableId: null,
    tableLabel: null,
    pickup: {
      code: `10${number}`,
      wantedAtMs: NOON + (startInMinutes + 10) * MINUTE_MS,
      pickupAtMs: NOON + (startInMinutes + 10) * MINUTE_MS,
      firstPromisedAtMs: null,
      startAtMs: NOON + startInMinutes * MINUTE_MS,
      hereAtMs: null,
      name: '',
    },
    ...more,
  })
}
const numbers = (tickets: readonly { order: { number: number } }[]) =>
  tickets.map(({ order }) => order.number)
const viewAt = (orders: readonly Order[], nowMs: number) => boardView(orders, [], 0, undefined, nowMs)

describe('pick-ups on the board', () => {
  it('come back from Recent although their visit is closed: they open it again', () => {
    const rejected = pickup(1, { status: 'rejected' })
    expect(wayBack(rejected, new Set([rejected.visitId]))).toBe('placed')
  })

  it('come as new at once, and wait apart once they are accepted, the next to begin first', () => {
    const orders = [
      pickup(1),
      pickup(2, { status: 'accepted' }, 90),
      pickup(3, { status: 'accepted' }, 30),
      sampleOrder(4, { status: 'accepted' }),
    ]
    const { columns, later } = viewAt(orders, NOON)
    expect(numbers(columns.placed)).toEqual([1])
    expect(numbers(later)).toEqual([3, 2])
    expect(numbers(columns.making)).toEqual([4])
  })

  it('are work from the moment at which they should be begun, in the turn of that moment', () => {
    const orders = [
      pickup(1, { status: 'accepted' }, 30),
      sampleOrder(2, { status: 'accepted', placedAtMs: NOON + 20 * MINUTE_MS }),
      sampleOrder(3, { status: 'accepted', placedAtMs: NOON + 40 * MINUTE_MS }),
    ]
    expect(numbers(viewAt(orders, NOON + 30 * MINUTE_MS).columns.making)).toEqual([2, 1, 3])
  })

  it('are begun at once when their guest stands here', () => {
    const waiting = pickup(1, { status: 'accepted' })
    const here = { ...waiting, pickup: waiting.pickup && { ...waiting.pickup, hereAtMs: NOON } }
    expect(numbers(viewAt([here], NOON).columns.making)).toEqual([1])
  })

  it('are never promised before the time that was wished for', () => {
    const row = sampleRow('order.accept', { orderId: orderId(1), readyInMinutes: 5 })
    const [ticket] = boardView([pickup(1)], [row], 0, undefined, NOON).later
    expect(ticket?.order.promisedAtMs).toBe(NOON + 70 * MINUTE_MS)
  })
})

describe('orders to be paid first', () => {
  it('stand apart until their money has come, and then come as new with the age of that moment', () => {
    const payFirst = { state: 'awaited', untilMs: NOON + 15 * MINUTE_MS, releasedAtMs: null } as const
    const awaited = viewAt([sampleOrder(1, { payFirst })], NOON)
    expect([numbers(awaited.awaited), numbers(awaited.columns.placed)]).toEqual([[1], []])
    const paid = { ...payFirst, state: 'paid', releasedAtMs: NOON + 9 * MINUTE_MS } as const
    const orders = [sampleOrder(1, { payFirst: paid }), sampleOrder(2, { placedAtMs: NOON + 5 * MINUTE_MS })]
    expect(numbers(viewAt(orders, NOON + 10 * MINUTE_MS).columns.placed)).toEqual([2, 1])
  })
})

describe('pick-ups that one tap rejects', () => {
  const payFirst = { untilMs: NOON, releasedAtMs: null } as const

  it('are those that nobody accepted and nobody is waiting to be paid for', () => {
    expect(isUnanswered(pickup(1))).toBe(true)
    expect(isUnanswered(pickup(2, { status: 'accepted' }))).toBe(false)
    expect(isUnanswered(pickup(3, { payFirst: { ...payFirst, state: 'awaited' } }))).toBe(false)
    expect(isUnanswered(sampleOrder(4))).toBe(false)
  })

  it('are never those that were paid, which were promised by that', () => {
    const paid = pickup(1, { payFirst: { ...payFirst, state: 'paid', releasedAtMs: NOON } })
    const promised = paid.pickup && { ...paid.pickup, firstPromisedAtMs: NOON }
    expect(isUnanswered({ ...paid, pickup: promised })).toBe(false)
  })
})
