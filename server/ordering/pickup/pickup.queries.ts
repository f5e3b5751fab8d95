import { Hono } from 'hono'
import * as v from 'valibot'
import { idPattern } from '#shared/kernel/ids.ts'
import { calendarDay } from '#shared/kernel/schema.ts'
import { hitPermille, type Slot, slotsFor, soonestPickupMs } from '#shared/ordering/slots.ts'
import type { CallersOf } from '../../actors.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database.ts'
import { deskRefusal, staffFor } from '../../staff/staff.queries.ts'
import { readBar } from './bar.ts'
import { readPromises } from './pickup.store.ts'

type PickupRouteDeps = { readonly read: Reader; readonly clock: Clock }

type Slots = {
  readonly asOfMs: number
  /** The moment of "as soon as possible", or null when there is none within the hour. */
  readonly soonMs: number | null
  readonly slots: readonly Slot[]
  readonly refusal: { readonly code: string; readonly [fact: string]: unknown } | null
}

/** Counting a day of slots takes milliseconds, and everybody who looks asks for it. */
const KEPT_MS = 2000
const MAX_KEPT = 200
/** More work than one order can hold. */
const MAX_MINUTES = 10_000

function minutesOf(text: string | undefined): number | null {
  const minutes = Number(text)
  const isWork = text !== undefined && /^\d{1,5}(\.5)?$/.test(text) && minutes <= MAX_MINUTES
  return isWork ? minutes : null
}

async function countSlots(
  read: Reader,
  outletId: string,
  minutes: number,
  nowMs: number,
): Promise<Slots | null> {
  const outlet = await readOutlet(read, outletId)
  if (!outlet) return null
  const none = { asOfMs: nowMs, soonMs: null, slots: [] }
  if (!outlet.pickup.isOn) return { ...none, refusal: { code: 'pickup.off' } }
  if (outlet.load.mode === 'paused') {
    return { ...none, refusal: { code: 'order.outlet_paused', message: outlet.load.message } }
  }
  const bar = await readBar(read, outlet, nowMs)
  return { ...none, soonMs: soonestPickupMs(bar, minutes), slots: slotsFor(bar, minutes), refusal: null }
}

/** `GET /api/outlets/<outlet>/pickup-slots?minutes=…`: when an order of so much work could be fetched. */
export function pickupRoutes({ read, clock }: PickupRouteDeps): Hono {
  const app = new Hono()
  const kept = new Map<string, Slots | null>()
  app.get('/:outletId/pickup-slots', async (c) => {
    const outletId = c.req.param('outletId')
    const minutes = minutesOf(c.req.query('minutes'))
    if (minutes === null)
      return c.json({ ok: false, refusal: { code: 'request.invalid', field: 'minutes' } }, 422)
    if (!idPattern('out').test(outletId))
      return c.json({ ok: false, refusal: { code: 'outlet.unknown' } }, 404)
    const nowMs = clock.now()
    const key = `${outletId} ${minutes} ${Math.floor(nowMs / KEPT_MS)}`
    let slots = kept.get(key)
    if (slots === undefined) {
      slots = await countSlots(read, outletId, minutes, nowMs)
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(key, slots)
    }
    if (slots === null) return c.json({ ok: false, refusal: { code: 'outlet.unknown' } }, 404)
    c.header('cache-control', 'no-store')
    return c.json(slots)
  })
  return app
}

/** `GET /api/desk/<outlet>/promises/<day>`: how many pick-ups were ready when they were first promised. */
export function promiseRoutes({
  read,
  callers,
}: {
  readonly read: Reader
  readonly callers: CallersOf
}): Hono {
  const app = new Hono()
  app.get('/:outletId/promises/:day', async (c) => {
    const outletId = c.req.param('outletId')
    if (!(await staffFor(c, callers, outletId, 'manager'))) return deskRefusal(c)
    const day = v.safeParse(calendarDay, c.req.param('day'))
    if (!day.success) return c.json({ ok: false, refusal: { code: 'request.invalid', field: 'day' } }, 422)
    const made = await readPromises(read, outletId, day.output)
    const kept = made.filter(({ firstPromisedAtMs, readyAtMs }) => readyAtMs <= firstPromisedAtMs).length
    return c.json({ made: made.length, kept, hitPermille: hitPermille(made) })
  })
  return app
}
