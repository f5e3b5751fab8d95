import { Hono, type Context as HonoContext } from 'hono'
import type { Boot } from '#shared/tables/boot.ts'
import { readOutlets } from '../outlet/outlet.store.ts'
import type { Clock } from '../platform/clock.ts'
import { type Reader, StorageFullError } from '../platform/database/database.ts'
import { chooseEncoding, compressAside, type StaticFiles } from '../platform/http/static-files.ts'
import type { Log } from '../platform/log.ts'
import { madeOnce } from '../platform/made-once.ts'
import { readBoot, readOutletBoot } from './boot.ts'
import { readBrand } from './brand.ts'
import { escapeHtml, firstPaint, outletOf, scriptJson } from './first-paint.ts'
import { unavailablePage } from './unavailable-page.ts'

type PageDeps = {
  readonly read: Reader
  readonly clock: Clock
  readonly files: StaticFiles
  readonly log: Log
}

const MARK = '<!--boot-->'
/** Pages that are kept compressed: as many as tables whose guests scan within the same second, and more. */
const MAX_MADE = 200

/** The built page under the shop's own name, also before any script runs. */
function withTitle(shell: string, title: string | undefined): string {
  if (title === undefined) return shell
  return shell.replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
}

function languageOf(c: HonoContext): 'id' | 'en' {
  return /^en\b/i.test(c.req.header('accept-language') ?? '') ? 'en' : 'id'
}

/** The pages: the customer's app at every address of its own, the staff's app below /staff, and files. */
export function pageRoutes({ read, clock, files, log }: PageDeps): Hono {
  const app = new Hono()

  const once = madeOnce<Buffer>(MAX_MADE)

  async function page(
    c: HonoContext,
    key: string,
    text: () => string,
    status: 200 | 404 | 410 | 503 = 200,
  ): Promise<Response> {
    const encoding = chooseEncoding(c.req.header('accept-encoding'))
    const bytes = await once(`${encoding} ${key}`, () => compressAside(text(), encoding))
    const headers = new Headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'accept-encoding, accept-language',
    })
    if (encoding) headers.set('content-encoding', encoding)
    return new Response(new Uint8Array(bytes), { status, headers })
  }

  async function customerPage(c: HonoContext, boot: Boot, isThere = true): Promise<Response> {
    const shell = files.text('/index.html') ?? ''
    const language = languageOf(c)
    const outlet = outletOf(boot)
    const title = outlet ? `${outlet.name} · ${outlet.chainName}` : (await readBrand(read))?.name
    const status = boot.code === 'unknown' || !isThere ? 404 : boot.code === 'replaced' ? 410 : 200
    // Everything that the page shows: its records by where their stream stands, the time to the second.
    const facts = { ...boot, changes: boot.seq, nowMs: Math.floor(boot.nowMs / 1000) }
    const render = () => {
      const data = `<script type="application/json" id="boot">${scriptJson(boot)}</script>`
      // A function as replacement: names on the menu may hold `$&`.
      return withTitle(shell, title).replace(
        `${MARK}</div>`,
        () => `${firstPaint(boot, language)}</div>${data}`,
      )
    }
    return page(c, `${language} ${title} ${JSON.stringify(facts)}`, render, status)
  }

  // Somebody who scans a table reads this: what a command is answered with would tell them nothing.
  app.onError(async (error, c) => {
    if (!(error instanceof StorageFullError)) throw error
    log.error({ error: String(error) }, 'page not readable')
    const language = languageOf(c)
    const text = () => unavailablePage(files.text('/index.html') ?? '', language)
    const response = await page(c, `unavailable ${language}`, text, 503)
    response.headers.set('retry-after', '5')
    response.headers.set('cache-control', 'no-store')
    return response
  })

  app.get('/t/:token', async (c) => customerPage(c, await readBoot(read, c.req.param('token'), clock.now())))
  app.get('/o/:slug', async (c) => {
    const outlet = (await readOutlets(read)).find((each) => each.slug === c.req.param('slug'))
    if (!outlet) return customerPage(c, await readBoot(read, null, clock.now()), false)
    return customerPage(c, await readOutletBoot(read, outlet.id, clock.now()))
  })
  for (const path of ['/', '/orders', '/bill', '/pay', '/pay/:id', '/receipt/:id']) {
    app.get(path, async (c) => customerPage(c, await readBoot(read, null, clock.now())))
  }
  app.get('*', async (c) => {
    const { path } = c.req
    const file = await files.respond(path, c.req.header('accept-encoding'), c.req.query('__WB_REVISION__'))
    if (file) return file
    const isFile = /\.[a-z0-9]+$/i.test(path) || path.startsWith('/api/')
    if (isFile) return c.text('Not found', 404)
    if (path === '/staff' || path.startsWith('/staff/')) {
      const name = (await readBrand(read))?.name
      const title = name === undefined ? undefined : `Staf ${name}`
      return page(c, `staff ${title}`, () => withTitle(files.text('/staff/staff.html') ?? '', title))
    }
    return customerPage(c, await readBoot(read, null, clock.now()), false)
  })
  return app
}
