import { Hono, type Context as HonoContext } from 'hono'
import * as v from 'valibot'
import { idPattern } from '#shared/kernel/ids.ts'
import { calendarDay } from '#shared/kernel/schema.ts'
import { hitPermille } from '#shared/ordering/promise.ts'
import type { CallersOf } from '../../actors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Limits } from '../../platform/http/limits.ts'
import { deskRefusal, staffFor } from '../../staff/staff.queries.ts'
import { readPromises } from './pickup.store.ts'
import { createSlotTimes, MAX_MINUTES } from './slot-times.ts'

type PickupRouteDeps = {
  readonly read: Reader
  readonly clock: Clock
  readonly limits: Limits
  readonly addressOf: (c: HonoContext) => string
}

function minutesOf(text: string | undefined): number | null {
  const minutes = Number(text)
  const isWork = text !== undefined && /^\d{1,5}(\.5)?$/.test(text) && minutes <= MAX_MINUTES
  return isWork ? minutes : null
}

/** `GET /api/outlets/<outlet>/pickup-slots?minutes=…`: when an order of so much work could be fetched. */
export function pickupRoutes({ read, clock, limits, addressOf }: PickupRouteDeps): Hono {
  const app = new Hono()
  const timesAt = createSlotTimes(read)
  app.get('/:outletId/pickup-slots', async (c) => {
    const waitMs = limits.takeLook(addressOf(c))
    if (waitMs !== null) {
      c.header('Retry-After', String(Math.ceil(waitMs / 1000)))
      return c.json({ ok: false, refusal: { code: 'request.too_many', waitMs } }, 429)
    }
    const outletId = c.req.param('outletId')
    const minutes = minutesOf(c.req.query('minutes'))
    if (minutes === null)
      return c.json({ ok: false, refusal: { code: 'request.invalid', field: 'minutes' } }, 422)
    const isId = idPattern('out').test(outletId)
    const times = isId ? await timesAt(outletId, minutes, clock.now()) : null
    if (times === null) return c.json({ ok: false, refusal: { code: 'outlet.unknown' } }, 404)
    return c.body(times, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
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
