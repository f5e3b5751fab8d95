import { describe, expect, it } from 'vitest'
import { boardView, isPromiseUnsent } from '../../../client/board/board-view.ts'
import { NOON, orderId, sampleOrder, sampleRow } from './sample-orders.ts'

const move = (number: number, from: string, to: string) =>
  sampleRow('order.move', { orderId: orderId(number), from, to })
const accept = (number: number, readyInMinutes = 8) =>
  sampleRow('order.accept', { orderId: orderId(number), readyInMinutes })
const numbers = (tickets: readonly { order: { number: number } }[]) =>
  tickets.map(({ order }) => order.number)

describe('the board', () => {
  it('sorts orders into new, being made and ready, in the order in which they were placed', () => {
    const orders = [
      sampleOrder(4, { status: 'preparing' }),
      sampleOrder(3, { status: 'ready' }),
      sampleOrder(2, { status: 'accepted' }),
      sampleOrder(5),
      sampleOrder(1),
    ]
    const { columns } = boardView(orders, [], 0)
    expect(numbers(columns.placed)).toEqual([1, 5])
    expect(numbers(columns.making)).toEqual([2, 4])
    expect(numbers(columns.ready)).toEqual([3])
  })

  it('shows a chain of moves that were made without a network, and marks them as not sent', () => {
    const rows = [accept(1), move(1, 'accepted', 'preparing'), move(1, 'preparing', 'ready')]
    const { columns } = boardView([sampleOrder(1)], rows, 0)
    expect(columns.ready[0]?.order.status).toBe('ready')
    expect(columns.ready[0]?.pendingCount).toBe(3)
  })

  it('promises by the server’s clock, whatever this device’s clock says', () => {
    const row = accept(1, 10)
    const { columns } = boardView([sampleOrder(1)], [row], 90_000)
    expect(columns.making[0]?.order.promisedAtMs).toBe(row.createdAtMs + 90_000 + 600_000)
  })

  it('calls a promised time exact only once the server has it, which counts from its own moment', () => {
    const isAbout = (rows: readonly ReturnType<typeof sampleRow>[], status: 'placed' | 'accepted') => {
      const { columns } = boardView([sampleOrder(1, { status })], rows, 0)
      return columns.making.map((ticket) => isPromiseUnsent(ticket, rows))
    }
    expect(isAbout([accept(1), accept(2)], 'placed')).toEqual([true])
    expect(isAbout([move(1, 'accepted', 'preparing')], 'accepted')).toEqual([false])
    expect(isAbout([accept(2)], 'accepted')).toEqual([false])
  })

  it('takes accepting as the answer that somebody is at the table', () => {
    const { columns } = boardView([sampleOrder(1, { presence: 'unproven' })], [accept(1)], 0)
    expect(columns.making[0]?.order.presence).toBe('proven')
  })

  it('shows what the server said once it has refused a move', () => {
    const refused = { ...accept(1), state: 'refused' as const }
    const { columns } = boardView([sampleOrder(1)], [refused], 0)
    expect(columns.placed[0]?.pendingCount).toBe(0)
  })

  it('leaves an order where it is when another board has moved it first', () => {
    const order = sampleOrder(1, { status: 'ready', readyAtMs: NOON })
    const { columns } = boardView([order], [move(1, 'accepted', 'preparing')], 0)
    expect(columns.ready[0]?.order.status).toBe('ready')
  })

  it('does not count having looked as a move that waits', () => {
    const row = sampleRow('order.see', { orderIds: [orderId(1), orderId(2)] })
    const { columns } = boardView([sampleOrder(1), sampleOrder(2)], [row], 0)
    expect(columns.placed.map(({ order, pendingCount }) => [order.seenAtMs, pendingCount])).toEqual([
      [row.createdAtMs, 0],
      [row.createdAtMs, 0],
    ])
  })

  it('brings a served order back from the recent ones by one step', () => {
    const served = sampleOrder(1, { status: 'served', readyAtMs: NOON, servedAtMs: NOON, endedAtMs: NOON })
    expect(numbers(boardView([served], [], 0).recent)).toEqual([1])
    const { columns, recent } = boardView([served], [move(1, 'served', 'ready')], 0)
    expect(numbers(columns.ready)).toEqual([1])
    expect(recent).toEqual([])
  })

  it('cancels at once when the barista grants the wish, and keeps the order when not', () => {
    const request = { kind: 'cancel' as const, note: 'salah pesan', askedAtMs: NOON, answer: null }
    const order = sampleOrder(1, { status: 'accepted', request })
    const answer = (isAccepted: boolean) =>
      boardView([order], [sampleRow('order.answer', { orderId: order.id, isAccepted })], 0)
    expect(answer(true).recent[0]?.order.reason?.text).toBe('salah pesan')
    expect(answer(false).columns.making[0]?.order.request?.answer).toBe('declined')
  })

  it('keeps the tickets that have not changed, so that one move redraws one card', () => {
    const orders = [sampleOrder(1), sampleOrder(2)]
    const before = boardView(orders, [], 0)
    const after = boardView(
      orders.map((order) => ({ ...order })),
      [accept(1)],
      0,
      before,
    )
    expect(after.columns.placed[0]).toBe(before.columns.placed[1])
    expect(after.columns.making[0]?.pendingCount).toBe(1)
    const sent = boardView([sampleOrder(1, { rev: 2, status: 'accepted' }), orders[1]!], [], 0, after)
    expect(sent.columns.making[0]?.pendingCount).toBe(0)
  })

  it('holds and resumes, and ignores rows of orders that it does not know', () => {
    const hold = (isHeld: boolean) => sampleRow('order.hold', { orderId: orderId(1), isHeld })
    const held = boardView([sampleOrder(1)], [hold(true), accept(9)], 0).columns.placed[0]
    expect(held?.order.heldAtMs).not.toBeNull()
    expect(
      boardView([sampleOrder(1)], [hold(true), hold(false)], 0).columns.placed[0]?.order.heldAtMs,
    ).toBeNull()
  })
})
