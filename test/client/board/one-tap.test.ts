import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import { useOneTap } from '../../../client/board/useOneTap.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('takes the second tap of a double tap for none', () => {
  const isMeant = useOneTap(() => 'accepted')
  expect([isMeant(), isMeant()]).toEqual([true, false])
  vi.advanceTimersByTime(499)
  expect(isMeant()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isMeant()).toBe(true)
})

it('takes a tap for none that was on its way when the button came to mean something else', async () => {
  const meaning = ref('close')
  const isMeant = useOneTap(() => meaning.value)
  meaning.value = 'read_again'
  await nextTick()
  expect(isMeant()).toBe(false)
  vi.advanceTimersByTime(500)
  expect(isMeant()).toBe(true)
})

it('takes a tap for none that was aimed at what stood where the button has just come', () => {
  const isMeant = useOneTap(() => 'close', true)
  expect(isMeant()).toBe(false)
  vi.advanceTimersByTime(500)
  expect(isMeant()).toBe(true)
})
