import { Hono } from 'hono'
import sql from 'sql-template-tag'
import { idPattern } from '#shared/kernel/ids.ts'
import type { CallersOf } from '../actors.ts'
import type { Reader } from '../platform/database/database.ts'
import { deskRefusal, staffFor } from '../staff/staff.queries.ts'
import { readOrder } from './order.store.ts'

type Move = { what: string; who: string | null; at_ms: number }

/** `GET /api/desk/<outlet>/orders/<order>/moves`: who did what to the order, oldest first. */
export function orderRoutes({ read, callers }: { readonly read: Reader; readonly callers: CallersOf }): Hono {
  const app = new Hono()
  app.get('/:outletId/orders/:orderId/moves', async (c) => {
    const outletId = c.req.param('outletId')
    if (!(await staffFor(c, callers, outletId, 'barista'))) return deskRefusal(c)
    const orderId = c.req.param('orderId')
    const order = idPattern('ord').test(orderId) ? await readOrder(read, orderId) : undefined
    if (order?.outletId !== outletId) return deskRefusal(c)
    const moves = await read.all<Move>(sql`
      SELECT order_moves.what AS what, staff.name AS who, order_moves.at_ms AS at_ms
      FROM order_moves LEFT JOIN staff ON staff.id = order_moves.actor
      WHERE order_moves.order_id = ${order.id} ORDER BY order_moves.number`)
    const placed = { what: 'placed', who: null, atMs: order.placedAtMs }
    return c.json({ moves: [placed, ...moves.map(({ what, who, at_ms }) => ({ what, who, atMs: at_ms }))] })
  })
  return app
}
