import { describe, expect, test } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import { hitPermille, isForLater, isNoShow, requotedMs, startAtMs } from '#shared/ordering/promise.ts'

const at = (clock: string) => Date.parse(`2026-11-23T${clock}:00+07:00`)

describe('what was promised', () => {
  test('is begun with some slack, and not much earlier than it must', () => {
    expect(startAtMs(at('12:00'), 3, 1)).toBe(at('11:52'))
    expect(startAtMs(at('12:00'), 18, 1)).toBe(at('11:40'))
    expect(startAtMs(at('12:00'), 40, 1)).toBe(at('11:20'))
    expect(startAtMs(at('12:00'), 40, 2)).toBe(at('11:40'))
  })

  test('is told anew only when it slips by minutes, and never to an earlier time', () => {
    expect(requotedMs(at('12:00'), at('12:02'))).toBeNull()
    expect(requotedMs(at('12:00'), at('11:40'))).toBeNull()
    expect(requotedMs(at('12:00'), at('12:03') + 1)).toBe(at('12:04'))
  })

  test('is measured against the first promise', () => {
    const made = [0, 0, 1].map((late) => ({ firstPromisedAtMs: 100, readyAtMs: 100 + late }))
    expect(hitPermille(made)).toBe(667)
    expect(hitPermille([])).toBeNull()
  })

  test('is given up half an hour after it could be fetched', () => {
    expect(isNoShow(at('12:00'), at('11:55'), at('12:29'))).toBe(false)
    expect(isNoShow(at('12:00'), at('11:55'), at('12:30'))).toBe(true)
    expect(isNoShow(at('12:00'), at('12:10'), at('12:30'))).toBe(false)
    expect(isNoShow(at('12:00'), null, at('13:30'))).toBe(false)
  })
})

test('an accepted pick-up is for later until it is to be begun, or whoever fetches it is here', () => {
  const pickup = { startAtMs: at('11:50'), hereAtMs: null } as NonNullable<Order['pickup']>
  const accepted = { status: 'accepted' as const, pickup }
  expect(isForLater(accepted, at('11:49'))).toBe(true)
  expect(isForLater(accepted, at('11:50'))).toBe(false)
  expect(isForLater({ ...accepted, pickup: { ...pickup, hereAtMs: at('11:40') } }, at('11:45'))).toBe(false)
  expect(isForLater({ ...accepted, status: 'preparing' }, at('11:40'))).toBe(false)
  expect(isForLater({ status: 'accepted', pickup: null }, at('11:40'))).toBe(false)
})
