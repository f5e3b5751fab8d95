import { expect, test } from 'vitest'
import { hereFromMs } from '#shared/ordering/here.ts'
import { movedPickup, type Pickup } from '#shared/ordering/pickup.ts'

const MINUTE = 60_000
const NOON = 1_790_000_000_000
const pickup: Pickup = {
  code: '417',
  wantedAtMs: null,
  pickupAtMs: NOON + 28 * MINUTE,
  firstPromisedAtMs: null,
  startAtMs: NOON,
  hereAtMs: null,
  name: '',
}
const mayBeSaid = (moved: Pickup, nowMs = NOON) =>
  (hereFromMs({ status: 'preparing', pickup: moved, readyAtMs: null }) ?? 0) <= nowMs

test('whoever might say that they are here still may when the time slips', () => {
  expect(mayBeSaid(pickup)).toBe(true)
  const later = movedPickup(pickup, NOON + 60 * MINUTE, 'barista')
  expect(mayBeSaid({ ...later, firstPromisedAtMs: later.pickupAtMs })).toBe(true)
  const again = movedPickup(later, NOON + 75 * MINUTE, 'queue')
  expect(mayBeSaid(again)).toBe(true)
  // A record of before says at least what was promised first.
  expect(
    mayBeSaid({ ...pickup, pickupAtMs: NOON + 60 * MINUTE, firstPromisedAtMs: NOON + 28 * MINUTE }),
  ).toBe(true)
})

test('nobody may say it long before the earliest moment that they were told', () => {
  expect(mayBeSaid({ ...pickup, pickupAtMs: NOON + 60 * MINUTE })).toBe(false)
  const later = movedPickup({ ...pickup, pickupAtMs: NOON + 60 * MINUTE }, NOON + 90 * MINUTE, 'queue')
  expect(mayBeSaid(later, NOON + 29 * MINUTE)).toBe(false)
  expect(mayBeSaid(later, NOON + 30 * MINUTE)).toBe(true)
})

test('a pick-up keeps who moved it last, and nothing where it did not move', () => {
  const byHand = movedPickup(pickup, NOON + 60 * MINUTE, 'barista')
  expect(byHand.movedBy).toBe('barista')
  expect(movedPickup(byHand, byHand.pickupAtMs, 'queue')).toBe(byHand)
  expect(movedPickup(byHand, NOON + 70 * MINUTE, 'queue')).not.toHaveProperty('movedBy')
})
