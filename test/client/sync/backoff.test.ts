import { afterEach, expect, test, vi } from 'vitest'
import { backoffMs, mostMsOf } from '../../../client/sync/backoff.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test.each([
  [0, 500],
  [1, 1000],
  [3, 4000],
  [5, 16_000],
  [6, 30_000],
  [2000, 30_000],
])('after %i attempts a phone waits any time up to %i ms', (attempt, mostMs) => {
  const random = vi.spyOn(Math, 'random')
  random.mockReturnValue(0)
  expect(backoffMs(attempt)).toBe(0)
  random.mockReturnValue(0.5)
  expect(backoffMs(attempt)).toBe(mostMs / 2)
  random.mockReturnValue(0.999999)
  expect(backoffMs(attempt)).toBeCloseTo(mostMs, -2)
  expect(backoffMs(attempt)).toBeLessThan(mostMs)
})

test('a page that somebody looks at tries again sooner, at random times all the same', () => {
  const random = vi.spyOn(Math, 'random')
  random.mockReturnValue(0.999999)
  expect(backoffMs(1, 5000)).toBeCloseTo(1000, -2)
  expect(backoffMs(9, 5000)).toBeCloseTo(5000, -2)
  random.mockReturnValue(0.1)
  expect(backoffMs(9, 5000)).toBe(500)
})

test.each([
  ['visible', 5000],
  ['hidden', 30_000],
])('a page that is %s tries at least every %i ms', (visibilityState, mostMs) => {
  vi.stubGlobal('document', { visibilityState })
  vi.spyOn(Math, 'random').mockReturnValue(0.999999)
  expect(backoffMs(9, mostMsOf(5000))).toBeCloseTo(mostMs, -2)
  expect(backoffMs(9, mostMsOf(undefined))).toBeCloseTo(30_000, -2)
})

test('two hundred phones that lost the server together come back spread over the whole time', () => {
  const waits = Array.from({ length: 200 }, () => backoffMs(6))
  const tenths = new Set(waits.map((ms) => Math.floor(ms / 3000)))
  expect(tenths.size).toBe(10)
  expect(new Set(waits).size).toBe(200)
})
