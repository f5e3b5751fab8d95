import { Hono } from 'hono'
import type { CallersOf } from '../actors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secrets } from '../platform/secrets.ts'
import { deskRefusal, staffFor } from '../staff/staff.queries.ts'
import { presenceWord, wordChangesAtMs } from './presence-word.ts'

type VisitRouteDeps = { readonly callers: CallersOf; readonly clock: Clock; readonly secrets: Secrets }

/** `GET /api/desk/<outlet>/word`: the word for the counter display, for staff's eyes only. */
export function visitRoutes({ callers, clock, secrets }: VisitRouteDeps): Hono {
  const app = new Hono()
  app.get('/:outletId/word', async (c) => {
    const outletId = c.req.param('outletId')
    if (!(await staffFor(c, callers, outletId, 'barista'))) return deskRefusal(c)
    const nowMs = clock.now()
    return c.json({ word: presenceWord(outletId, nowMs, secrets), changesAtMs: wordChangesAtMs(nowMs) })
  })
  return app
}
