import { Hono } from 'hono'
import type { Reader } from '../platform/database/database.ts'
import { readOutlets } from './outlet.store.ts'

/** `GET /api/outlets`: every outlet, as everybody may read it. */
export function outletRoutes({ read }: { readonly read: Reader }): Hono {
  const app = new Hono()
  app.get('/', async (c) => c.json({ outlets: await readOutlets(read) }))
  return app
}
