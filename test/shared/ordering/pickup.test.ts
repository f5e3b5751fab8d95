import { describe, expect, test } from 'vitest'
import { chargesFor } from '#shared/ordering/charges.ts'
import type { Order } from '#shared/ordering/order.ts'
import { advance, stepBack } from '#shared/ordering/order-status.ts'
import { callNameOf, findPickup, isPickupText, pickupQrText } from '#shared/ordering/pickup.ts'
import { nearestSlots, type SlotFacts, soonestPickupMs } from '#shared/ordering/slots.ts'

const MINUTE = 60_000
const id = (letter: string) => `ord_01k0000000000000000000000${letter}`

type Found = Parameters<typeof findPickup>[0][number]
const pickup = (letter: string, code: string, status: Order['status'] = 'ready', placedAtMs = 1): Found => ({
  id: id(letter),
  status,
  placedAtMs,
  pickup: {
    code,
    wantedAtMs: null,
    pickupAtMs: 1,
    firstPromisedAtMs: null,
    startAtMs: 1,
    hereAtMs: null,
    name: '',
  },
})

describe('the counter finds a pick-up', () => {
  const orders = [pickup('a', '417'), pickup('b', '418'), { ...pickup('c', '417'), pickup: null }]

  test('by its number, however it is said, and by its QR', () => {
    for (const said of ['417', ' 417 ', '#417', id('a'), id('a').toUpperCase(), `${id('a')}\n`]) {
      expect(findPickup(orders, said)?.id).toBe(id('a'))
      expect(isPickupText(said)).toBe(true)
    }
    expect(pickupQrText({ id: id('a') })).toBe(id('a'))
  })

  test('and takes nothing else for one', () => {
    for (const said of ['', '41', '4170', '700123456789', id('c'), id('d')]) {
      expect(findPickup(orders, said)).toBeUndefined()
    }
    expect(isPickupText('700123456789')).toBe(false)
  })

  test('that is still to be fetched, when its number was used before on the same day', () => {
    const used = [
      pickup('a', '417', 'served', 9),
      pickup('b', '417', 'ready', 5),
      pickup('c', '417', 'served', 8),
    ]
    expect(findPickup(used, '417')?.id).toBe(id('b'))
    expect(findPickup([pickup('a', '417', 'no_show')], '417')?.status).toBe('no_show')
  })

  test('calls a table by its label and a pick-up by its number', () => {
    expect(callNameOf({ tableLabel: 'A7', pickup: null })).toBe('A7')
    expect(callNameOf({ tableLabel: null, pickup: pickup('a', '417').pickup })).toBe('417')
  })
})

describe('what nobody fetched', () => {
  const ready = { ...pickup('a', '417'), readyAtMs: 5, servedAtMs: null, endedAtMs: null } as Order

  test('is given up from ready only, and only a pick-up', () => {
    const gone = advance(ready, 'no_show', 9)
    expect(gone).toMatchObject({ ok: true, value: { status: 'no_show', endedAtMs: 9, readyAtMs: 5 } })
    expect(advance({ ...ready, pickup: null }, 'no_show', 9).ok).toBe(false)
    expect(advance({ ...ready, status: 'preparing' }, 'no_show', 9).ok).toBe(false)
  })

  test('goes back to ready by one step, or out of the door when they come after all', () => {
    const gone = { ...ready, status: 'no_show', endedAtMs: 9 } as const
    expect(stepBack('no_show')).toBe('ready')
    expect(advance(gone, 'ready', 10)).toMatchObject({
      ok: true,
      value: { status: 'ready', endedAtMs: null },
    })
    expect(advance(gone, 'served', 10)).toMatchObject({
      ok: true,
      value: { status: 'served', servedAtMs: 10 },
    })
  })
})

describe('service', () => {
  const charges = {
    service: { label: { id: 'Layanan', en: 'Service' }, permille: 50, base: 'after_discount' },
    tax: { label: { id: 'PB1', en: 'PB1 tax' }, permille: 100, mode: 'exclusive' },
  } as const

  test('is for being served at a table; tax is owed on both', () => {
    const outlet = { charges, pickup: { isOn: true, isServiceCharged: false } }
    expect(chargesFor(outlet, 'table')).toEqual(charges)
    expect(chargesFor(outlet, 'pickup').service.permille).toBe(0)
    expect(chargesFor(outlet, 'pickup').tax).toEqual(charges.tax)
    expect(chargesFor({ charges, pickup: { isOn: true, isServiceCharged: true } }, 'pickup')).toEqual(charges)
  })
})

describe('free moments', () => {
  const nowMs = Date.parse('2026-11-23T10:00:00+07:00')
  const day = [{ from: '08:00', until: '22:00' }]
  const facts: SlotFacts = {
    outlet: {
      hours: [day, day, day, day, day, day, day],
      seasons: [],
      specialDays: [],
      zone: 'Asia/Jakarta',
      load: { mode: 'normal', addMinutes: 0, message: null },
    },
    nowMs,
    baristas: 1,
    queuedMinutes: 0,
    promised: [],
    held: [],
  }
  const promised = [6, 6].map((minutes) => ({ minutes, pickupAtMs: nowMs + 30 * MINUTE }))
  const full = { ...facts, promised }

  test('"as soon as possible" is the first one, and nothing when it is no more than an hour away', () => {
    expect(soonestPickupMs(facts, 3)).toBe(nowMs + 10 * MINUTE)
    expect(soonestPickupMs({ ...facts, queuedMinutes: 90 }, 3)).toBeNull()
  })

  test('the nearest to what was wanted, by the clock, and never a full one', () => {
    const wantedMs = nowMs + 30 * MINUTE
    const near = nearestSlots(full, 6, wantedMs, 4)
    expect(near).toHaveLength(4)
    expect(near).not.toContain(wantedMs)
    expect([...near].sort((a, b) => a - b)).toEqual(near)
    for (const atMs of near) expect(Math.abs(atMs - wantedMs)).toBeLessThanOrEqual(40 * MINUTE)
  })
})
