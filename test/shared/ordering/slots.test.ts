import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkSlot,
  earliestPickupMs,
  nearestSlots,
  nextSlot,
  type Promised,
  type SlotFacts,
  slotsFor,
  WALK_IN_PERMILLE,
} from '#shared/ordering/slots.ts'
import { slowSlotsFor } from './slow-slots.ts'

const MINUTE = 60_000
const at = (clock: string) => Date.parse(`2026-11-23T${clock}:00+07:00`)
const days = (from: string, until: string) =>
  Array.from({ length: 7 }, () => [{ from, until }]) as unknown as SlotFacts['outlet']['hours']
const normal = { mode: 'normal', addMinutes: 15, message: null } as const

function facts(changes: Partial<SlotFacts> = {}, load: SlotFacts['outlet']['load'] = normal): SlotFacts {
  return {
    outlet: { hours: days('08:00', '22:00'), seasons: [], specialDays: [], zone: 'Asia/Jakarta', load },
    nowMs: at('10:00'),
    baristas: 1,
    queuedMinutes: 0,
    promised: [],
    held: [],
    ...changes,
  }
}

const free = (list: ReturnType<typeof slotsFor>) =>
  list.filter(({ isFree }) => isFree).map(({ pickupAtMs }) => pickupAtMs)

describe('pick-up moments', () => {
  test('begin when the order itself can be ready and end before the outlet closes', () => {
    const slots = slotsFor(facts(), 3)
    expect(slots[0]).toEqual({ pickupAtMs: at('10:10'), isFree: true })
    const today = free(slots).filter((ms) => ms < at('22:30'))
    expect(today.at(-1)).toBe(at('21:50'))
    expect(free(slots).filter((ms) => ms > at('22:00'))[0]).toBe(at('08:10') + 24 * 60 * MINUTE)
  })

  test('before opening, the first one leaves time to make it after the doors open', () => {
    expect(free(slotsFor(facts({ nowMs: at('06:00') }), 3))[0]).toBe(at('08:10'))
    expect(free(slotsFor(facts({ nowMs: at('06:00') }), 9))[0]).toBe(at('08:20'))
  })

  test('the queue at the bar and busy mode push the first one back', () => {
    expect(earliestPickupMs(facts({ queuedMinutes: 24 }), 3)).toBe(at('10:30'))
    expect(earliestPickupMs(facts({ queuedMinutes: 24, baristas: 2 }), 3)).toBe(at('10:20'))
    expect(earliestPickupMs(facts({}, { ...normal, mode: 'busy' }), 3)).toBe(at('10:20'))
  })

  test('the queue is worked off before anything for later', () => {
    const behind = facts({ queuedMinutes: 24 })
    expect(checkSlot(behind, 3, at('10:30')).ok).toBe(true)
    expect(checkSlot(behind, 6, at('10:30')).ok).toBe(false)
    expect(checkSlot(behind, 6, at('10:40')).ok).toBe(true)
  })

  test('that nobody has taken are too early and not full, and are not offered', () => {
    const behind = facts({ queuedMinutes: 24 })
    expect(checkSlot(behind, 6, at('10:30'))).toEqual({
      ok: false,
      refusal: { code: 'pickup.too_soon', earliestMs: at('10:40') },
    })
    expect(slotsFor(behind, 6)[0]).toEqual({ pickupAtMs: at('10:40'), isFree: true })
    const early = facts({ nowMs: at('06:00') })
    expect(slotsFor(early, 3)[0]).toEqual({ pickupAtMs: at('08:10'), isFree: true })
    expect(checkSlot(early, 3, at('08:00'))).toMatchObject({ refusal: { code: 'pickup.too_soon' } })
    const taken = facts({ promised: [{ minutes: 6, pickupAtMs: at('10:10') }] })
    expect(slotsFor(taken, 3)[0]).toEqual({ pickupAtMs: at('10:10'), isFree: false })
  })

  test('count work, not orders', () => {
    const six = (count: number, minutes: number): Promised[] =>
      Array.from({ length: count }, () => ({ minutes, pickupAtMs: at('12:00') }))
    // Two slots of ten minutes, less the share of the room, are twelve minutes of work.
    expect(20 * (1000 - WALK_IN_PERMILLE)).toBe(12_000)
    expect(checkSlot(facts({ promised: six(9, 1) }), 3, at('12:00')).ok).toBe(true)
    expect(checkSlot(facts({ promised: six(2, 6) }), 3, at('12:00'))).toEqual({
      ok: false,
      refusal: { code: 'pickup.full' },
    })
    expect(checkSlot(facts({ promised: six(2, 6), baristas: 2 }), 3, at('12:00')).ok).toBe(true)
  })

  test('a full moment leaves its neighbours what it does not need', () => {
    const promised = [6, 6].map((minutes) => ({ minutes, pickupAtMs: at('12:00') }))
    expect(checkSlot(facts({ promised }), 6, at('12:10')).ok).toBe(true)
    expect(checkSlot(facts({ promised }), 7, at('12:10'))).toMatchObject({ ok: false })
    expect(checkSlot(facts({ promised }), 12, at('12:20')).ok).toBe(true)
  })

  test('a large order may be begun earlier', () => {
    expect(checkSlot(facts(), 60, at('12:00')).ok).toBe(true)
    expect(checkSlot(facts(), 60, at('11:10'))).toMatchObject({ refusal: { code: 'pickup.too_soon' } })
  })

  test('work that is late anyhow does not close the rest of the day', () => {
    const promised = [{ minutes: 200, pickupAtMs: at('10:20') }]
    expect(checkSlot(facts({ promised }), 3, at('12:00')).ok).toBe(true)
  })

  test.each([
    ['pickup.paused', facts({}, { ...normal, mode: 'paused' }), at('12:00')],
    ['pickup.off_grid', facts(), at('12:03')],
    ['pickup.too_soon', facts(), at('10:00')],
    ['pickup.too_far', facts(), at('10:10') + 24 * 60 * MINUTE],
    ['pickup.closed', facts(), at('22:00')],
  ] as const)('%s is refused', (code, given, pickupAtMs) => {
    expect(checkSlot(given, 3, pickupAtMs)).toMatchObject({ ok: false, refusal: { code } })
  })

  test('a paused outlet offers none', () => {
    expect(slotsFor(facts({}, { ...normal, mode: 'paused' }), 3)).toEqual([])
  })

  test('taking offered moments one after the other never promises more work than the bar gives', () => {
    const wishes = fc.array(fc.tuple(fc.constantFrom(1, 3, 4.5, 8, 20), fc.nat(40)), { maxLength: 25 })
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 3 }), (list, baristas) => {
        const promised: Promised[] = []
        for (const [minutes, place] of list) {
          const pickupAtMs = at('10:30') + place * 10 * MINUTE
          const slot = checkSlot(facts({ promised, baristas }), minutes, pickupAtMs)
          if (slot.ok) promised.push({ minutes, pickupAtMs })
        }
        const rate = (baristas * (1000 - WALK_IN_PERMILLE)) / 1000
        for (const { pickupAtMs } of promised) {
          const due = promised
            .filter((one) => one.pickupAtMs <= pickupAtMs)
            .reduce((sum, { minutes }) => sum + minutes, 0)
          expect(due).toBeLessThanOrEqual(((pickupAtMs - at('10:00')) / MINUTE) * rate)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('are the same as when each is counted by itself', () => {
    const promised = fc.array(
      fc.record({
        minutes: fc.constantFrom(0.5, 1, 3, 4.5, 8, 20, 75, 400),
        // Also off the grid, past, and beyond the day: times are promised anew to the minute.
        pickupAtMs: fc.integer({ min: -30, max: 1600 }).map((minute) => at('10:00') + minute * MINUTE),
      }),
      { maxLength: 40 },
    )
    const given = fc.record({
      promised,
      baristas: fc.integer({ min: 1, max: 3 }),
      queuedMinutes: fc.constantFrom(0, 4, 24.5, 90),
      nowMs: fc.integer({ min: 0, max: 1439 }).map((minute) => at('10:00') + minute * MINUTE + 1234),
    })
    const loads = fc.constantFrom(normal, { ...normal, mode: 'busy' } as const)
    const work = fc.constantFrom(0, 1, 3, 4.5, 12, 30, 200)
    fc.assert(
      fc.property(given, loads, work, (changes, load, minutes) => {
        const known = facts(changes, load)
        const slots = slotsFor(known, minutes)
        expect(slots).toEqual(slowSlotsFor(known, minutes))
        for (const slot of slots.slice(0, 5)) {
          expect(checkSlot(known, minutes, slot.pickupAtMs).ok).toBe(slot.isFree)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('nearest to a wish are free, and no free one is nearer', () => {
    const promised = [10, 20, 30].map((minute) => ({
      minutes: 12,
      pickupAtMs: at('12:00') + minute * MINUTE,
    }))
    const known = facts({ promised })
    const nearest = nearestSlots(known, 6, at('12:20'), 3)
    const byDistance = free(slotsFor(known, 6)).sort(
      (a, b) => Math.abs(a - at('12:20')) - Math.abs(b - at('12:20')),
    )
    expect(nearest).toEqual(byDistance.slice(0, 3).sort((a, b) => a - b))
  })

  test('that strangers hold for nothing leave two thirds of the bar to everybody else', () => {
    const held = fc.array(
      fc.record({
        minutes: fc.constantFrom(1, 3, 12, 75, 400),
        pickupAtMs: fc.integer({ min: 1, max: 144 }).map((slot) => at('10:00') + slot * 10 * MINUTE),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(
        held,
        fc.constantFrom(1, 3, 8, 30),
        fc.integer({ min: 1, max: 3 }),
        (list, each, baristas) => {
          const minutes = each * baristas
          const alone = facts({ baristas })
          const beside = facts({ baristas, held: list })
          const isCramped = (ms: number) => (ms - at('10:00')) / MINUTE < each * 2.5 + 10
          for (const { pickupAtMs } of slotsFor(alone, minutes).filter(({ isFree }) => isFree)) {
            const opensMs = at('08:00') + (pickupAtMs > at('22:00') ? 24 * 60 * MINUTE : 0)
            if (isCramped(pickupAtMs) || pickupAtMs - opensMs < (each * 2.5 + 10) * MINUTE) continue
            expect(checkSlot(beside, minutes, pickupAtMs)).toEqual({ ok: true, value: pickupAtMs })
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('that are held push nothing away once they are paid, and are free again when they are not', () => {
    const paid = [6, 6].map((minutes) => ({ minutes, pickupAtMs: at('12:00') }))
    expect(checkSlot(facts({ promised: paid }), 3, at('12:00')).ok).toBe(false)
    expect(checkSlot(facts({ held: paid }), 3, at('12:00')).ok).toBe(true)
    expect(nextSlot(facts({ promised: paid }), 3, at('12:00'))).toBe(at('12:10'))
  })

  test('a day of offers beside a hundred orders is made in a moment', () => {
    const promised = Array.from({ length: 100 }, (_, index) => ({
      minutes: index % 7 === 0 ? 400 : 5,
      pickupAtMs: at('11:00') + (index % 60) * 10 * MINUTE,
    }))
    const tookMs = Array.from({ length: 30 }, () => {
      const startedMs = performance.now()
      slotsFor(facts({ promised, baristas: 2 }), 6)
      return performance.now() - startedMs
    })
    // Some tenths of a millisecond; the rest is for a machine that has other things to do.
    expect(Math.min(...tookMs)).toBeLessThan(3)
  })
})
