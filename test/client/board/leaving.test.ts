import { describe, expect, it } from 'vitest'
import { boardView } from '../../../client/board/board-view.ts'
import { entriesOf, isShifted, type Leaving } from '../../../client/board/columns/leaving.ts'
import { NOON, orderId, sampleOrder } from './sample-orders.ts'

const leaving = (more: Partial<Leaving> = {}): Leaving => ({
  column: 'placed',
  to: 'accepted',
  heightPx: 200,
  untilMs: NOON,
  ...more,
})

describe('the place that a card leaves', () => {
  it('stays kept where the card stood, so that the next card does not slide under the finger', () => {
    const view = boardView([sampleOrder(1, { status: 'accepted' }), sampleOrder(2)], [], 0)
    const entries = entriesOf(view, new Map([[orderId(1), leaving()]]))
    expect(entries.placed.map(({ ticket, leaving }) => [ticket.order.number, leaving !== null])).toEqual([
      [1, true],
      [2, false],
    ])
    expect(entries.making.map(({ leaving }) => leaving)).toEqual([null])
  })

  it('goes when the order has come back or was moved on from elsewhere', () => {
    const kept = new Map([[orderId(1), leaving()]])
    for (const status of ['placed', 'preparing'] as const) {
      const entries = entriesOf(boardView([sampleOrder(1, { status })], [], 0), kept)
      expect([...entries.placed, ...entries.making].every((entry) => entry.leaving === null)).toBe(true)
    }
  })

  it('lets taps rest only when cards that stay have changed places', () => {
    const placed = (...all: number[]) =>
      entriesOf(
        boardView(
          all.map((number) => sampleOrder(number)),
          [],
          0,
        ),
        new Map(),
      ).placed
    expect(isShifted(placed(1, 2), placed(1, 2, 3))).toBe(false)
    expect(isShifted(placed(1, 2), placed(2))).toBe(true)
    expect(isShifted(placed(1, 3), placed(1, 2, 3))).toBe(true)
    expect(isShifted(placed(1, 2), placed(1))).toBe(false)
  })
})
