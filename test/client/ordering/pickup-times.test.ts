import { expect, test } from 'vitest'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { notSoonBecause, obstacleOf } from '../../../client/ordering/pickup/pickup-obstacle.ts'
import { nearestFree, slotDays } from '../../../client/ordering/pickup/times/slot-days.ts'

const SLOT_MS = 600_000
/** 23:30 in Jakarta. */
const NOW = Date.UTC(2026, 10, 21, 16, 30)
const slot = (place: number, isFree = true) => ({ pickupAtMs: NOW + place * SLOT_MS, isFree })
const hours = Array.from({ length: 7 }, () => [{ from: '07:00', until: '23:00' }])
const outlet = {
  hours,
  specialDays: [],
  seasons: [],
  zone: 'Asia/Jakarta',
  pickup: { isOn: true, isServiceCharged: false },
  load: { mode: 'normal', addMinutes: 0, message: null },
} as unknown as Outlet

test('times stand under the day on the outlet’s wall', () => {
  const days = slotDays([slot(1), slot(2), slot(3), slot(4)], NOW, 'Asia/Jakarta')
  expect(days.map(({ daysAhead, slots }) => [daysAhead, slots.length])).toEqual([
    [0, 2],
    [1, 2],
  ])
})

test('instead of a time that has gone the nearest free ones are offered, in the order of the clock', () => {
  const slots = [slot(1), slot(2, false), slot(3, false), slot(4), slot(5), slot(9)]
  expect(nearestFree(slots, slot(3).pickupAtMs, 3)).toEqual([slot(1), slot(4), slot(5)])
})

test('what cannot be ordered says why, and what nobody knows yet is left to the server', () => {
  const soon = { slots: [slot(1)], soonMs: slot(1).pickupAtMs }
  const late = { slots: [slot(50)], soonMs: null }
  const none = { slots: [], soonMs: null }
  const kind = (...args: Parameters<typeof obstacleOf>) => obstacleOf(...args)?.kind ?? null
  expect(kind(outlet, null, null, NOW)).toBe(null)
  expect(kind(outlet, soon, null, NOW)).toBe(null)
  expect(kind(outlet, late, null, NOW)).toBe('choose')
  expect(kind(outlet, late, slot(50).pickupAtMs, NOW)).toBe(null)
  expect(kind(outlet, late, slot(49).pickupAtMs, NOW)).toBe('gone')
  expect(kind(outlet, none, null, NOW)).toBe('closed_until')
  expect(kind(outlet, { slots: [slot(1, false)], soonMs: null }, null, NOW)).toBe('full')
  expect(kind({ ...outlet, pickup: { ...outlet.pickup, isOn: false } }, soon, null, NOW)).toBe('off')
  expect(kind({ ...outlet, load: { ...outlet.load, mode: 'paused' } }, soon, null, NOW)).toBe('paused')
})

test('an open outlet with no time left is not full: the order takes longer than it is open', () => {
  const noon = NOW - 11 * 3_600_000
  expect(obstacleOf(outlet, { slots: [], soonMs: null }, null, noon)).toEqual({ kind: 'no_time' })
  const never = { ...outlet, hours: Array.from({ length: 7 }, () => []) } as unknown as Outlet
  expect(obstacleOf(never, { slots: [], soonMs: null }, null, noon)).toEqual({ kind: 'closed' })
})

test('where nothing is soon, the reason and the earliest time are known', () => {
  const noon = NOW - 11 * 3_600_000
  const later = { slots: [slot(1, false), slot(50)], soonMs: null }
  const firstMs = slot(50).pickupAtMs
  expect(notSoonBecause(outlet, later, NOW)).toEqual({ kind: 'shut', firstMs })
  expect(notSoonBecause(outlet, later, noon)).toEqual({ kind: 'busy', firstMs })
  const large = { slots: [slot(50)], soonMs: null }
  expect(notSoonBecause(outlet, large, noon)).toEqual({ kind: 'long', firstMs })
  expect(notSoonBecause(outlet, { slots: [slot(1)], soonMs: slot(1).pickupAtMs }, noon)).toBeNull()
  expect(notSoonBecause(outlet, { slots: [], soonMs: null }, NOW)).toBeNull()
})
