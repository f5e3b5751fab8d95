import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Order, OrderStatus } from '#shared/ordering/order.ts'
import { queueMinutes, readyInMinutes, workMinutes } from '#shared/ordering/queue.ts'

const normal = { mode: 'normal', addMinutes: 15, message: null } as const
const busy = { mode: 'busy', addMinutes: 15, message: null } as const

function order(status: OrderStatus, prepMinutes: number, heldAtMs: number | null = null): Order {
  return { status, heldAtMs, lines: [{ prepMinutes, quantity: 1 }] } as unknown as Order
}

describe('how long it takes', () => {
  test.each([
    [[{ prepMinutes: 3, quantity: 1 }], 3],
    [[{ prepMinutes: 3, quantity: 2 }], 4.5],
    [[{ prepMinutes: 3, quantity: 3 }], 6],
    [
      [
        { prepMinutes: 3, quantity: 1 },
        { prepMinutes: 8, quantity: 1 },
      ],
      11,
    ],
    [[], 0],
  ])('drinks of one line are made together: %j is %d minutes', (lines, minutes) => {
    expect(workMinutes(lines)).toBe(minutes)
  })

  test('only what is accepted or being made waits at the bar, and nothing that is held', () => {
    const orders = [
      order('placed', 1),
      order('accepted', 2),
      order('preparing', 4),
      order('ready', 8),
      order('served', 16),
      order('accepted', 32, 5000),
    ]
    expect(queueMinutes(orders)).toBe(6)
  })

  test('two baristas halve the queue, not the order', () => {
    expect(readyInMinutes(5, 20, 1, normal)).toBe(25)
    expect(readyInMinutes(5, 20, 2, normal)).toBe(15)
    expect(readyInMinutes(5, 20, 0, normal)).toBe(25)
  })

  test('a busy bar adds what its staff said, a normal one does not', () => {
    expect(readyInMinutes(5, 0, 1, busy)).toBe(20)
    expect(readyInMinutes(5, 0, 1, normal)).toBe(5)
  })

  test('the promise is whole minutes, from 2 to 180, and more work never makes it sooner', () => {
    const minutes = fc.double({ min: 0, max: 2000, noNaN: true })
    fc.assert(
      fc.property(
        minutes,
        minutes,
        minutes,
        fc.integer({ min: 0, max: 8 }),
        (own, queued, more, baristas) => {
          const promise = readyInMinutes(own, queued, baristas, normal)
          expect(Number.isInteger(promise) && promise >= 2 && promise <= 180).toBe(true)
          expect(readyInMinutes(own, queued + more, baristas, normal)).toBeGreaterThanOrEqual(promise)
        },
      ),
    )
  })
})
