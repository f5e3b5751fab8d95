import { Hono } from 'hono'
import type { Menu } from '#shared/menu/menu.ts'
import type { CallersOf } from '../actors.ts'
import { readOutlets } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database/database.ts'
import { deskRefusal, staffFor } from '../staff/staff.queries.ts'
import { readMenu, readPhoto } from './menu.store.ts'
import { menuFileOf, menuToCsv } from './menu-to-csv.ts'

/** `GET /api/desk/<outlet>/menu.csv`: every outlet's menu as the one file that can be imported again. */
export function menuRoutes({ read, callers }: { readonly read: Reader; readonly callers: CallersOf }): Hono {
  const app = new Hono()
  app.get('/:outletId/menu.csv', async (c) => {
    if (!(await staffFor(c, callers, c.req.param('outletId'), 'manager'))) return deskRefusal(c)
    const menus = new Map<string, Menu>()
    for (const outlet of await readOutlets(read)) {
      const menu = await readMenu(read, outlet.id)
      if (menu) menus.set(outlet.slug, menu)
    }
    const delimiter = c.req.query('delimiter') === ',' ? ',' : ';'
    return c.body(menuToCsv(menuFileOf(menus), delimiter), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="menu.csv"',
      },
    })
  })
  return app
}

/** `GET /photos/<id>`: an item's picture. Its name is its content, so it may be kept for ever. */
export function photoRoutes({ read }: { readonly read: Reader }): Hono {
  const app = new Hono()
  app.get('/:id{[0-9a-f]{32}\\.webp}', async (c) => {
    const bytes = await readPhoto(read, c.req.param('id'))
    if (!bytes) return c.text('Not found', 404)
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
      },
    })
  })
  return app
}
