import { Hono, type Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import sql from 'sql-template-tag'
import { refusalStatus } from '#shared/protocol.ts'
import { createCallers } from './actors.ts'
import { commandRoutes, type DoorDeps } from './commands.ts'
import type { FeedSessions } from './feeds/feed-sessions.ts'
import { feedRoutes } from './feeds/streams.ts'
import { menuRoutes, photoRoutes } from './menu/menu.queries.ts'
import { orderRoutes } from './ordering/order.queries.ts'
import { pickupRoutes, promiseRoutes } from './ordering/pickup/pickup.queries.ts'
import { outletRoutes } from './outlet/outlet.queries.ts'
import { brandRoutes } from './pages/brand.ts'
import { pageRoutes } from './pages/pages.ts'
import type { Gateway } from './payment/gateways/gateway.ts'
import { paymentRoutes } from './payment/payment.queries.ts'
import { webhookRoutes } from './payment/payment.webhooks.ts'
import { StorageFullError, storageRefusal } from './platform/database/database.ts'
import type { Limits } from './platform/http/limits.ts'
import { RequestCutError } from './platform/http/request-body.ts'
import { apiHeaders, isCrossSite, securityHeaders, setHeaders } from './platform/http/security-headers.ts'
import type { StaticFiles } from './platform/http/static-files.ts'
import type { Log } from './platform/log.ts'
import { makeSecret } from './platform/random-ids.ts'
import { staffRoutes } from './staff/staff.queries.ts'
import { tableRoutes } from './tables/table.queries.ts'
import { visitRoutes } from './visits/visit.queries.ts'

export type AppDeps = DoorDeps & {
  readonly log: Log
  readonly limits: Limits
  readonly files: StaticFiles
  readonly feedSessions: FeedSessions
  readonly gateways: ReadonlyMap<string, Gateway>
  readonly onGatewaysAsked: () => void
  readonly publicUrl: string | null
  readonly addressOf: (c: HonoContext) => string
  readonly isConsole: (request: Request) => boolean
  /** Health of the disk, in words, or null when it is well. */
  readonly diskTrouble: () => Promise<string | null>
}

/** A path for the log: addresses of tables carry their token, which is nobody's business. */
function loggedPath(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('/api/') ? 4 : 2)
    .join('/')
}

/** The whole application as a function of what it needs. It never listens; tests call `app.request`. */
export function createApp(deps: AppDeps): Hono {
  const { database, sessions, clock, log } = deps
  const { read } = database
  const isSecure = deps.publicUrl?.startsWith('https:') ?? false
  const callers = createCallers(read, sessions, isSecure)
  const publicOrigin = (request: Request) => deps.publicUrl ?? new URL(request.url).origin
  const app = new Hono()

  // First and alone, since every order comes through it: it sets the headers and looks at the site by itself.
  app.route('/api/commands', commandRoutes({ ...deps, callers, isSecure }))
  app.use(securityHeaders(isSecure))
  // Before the check of sites: no browser sends these, and each proves itself.
  app.route('/api/hooks', webhookRoutes({ ...deps, onStored: deps.onGatewaysAsked }))
  app.use(async (c, next) => {
    const isUnsafe = c.req.method !== 'GET' && c.req.method !== 'HEAD'
    if (isUnsafe && isCrossSite(c.req.raw, deps.publicUrl)) {
      return c.json(
        { ok: false, refusal: { code: 'request.cross_site' } },
        refusalStatus['request.cross_site'],
      )
    }
    return next()
  })
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof RequestCutError) {
      log.info({ path: loggedPath(c.req.path) }, 'request was cut off')
      return c.body(null, 400)
    }
    if (c.req.path.startsWith('/api/')) setHeaders(c, apiHeaders(isSecure))
    const requestId = makeSecret(5)
    const storage = error instanceof StorageFullError ? storageRefusal(error) : null
    log.error({ requestId, path: loggedPath(c.req.path), error: String(error) }, 'request failed')
    const code = storage ?? 'server.broken'
    if (storage) c.header('Retry-After', '5')
    return c.json({ ok: false, refusal: { code, requestId } }, refusalStatus[code])
  })

  app.get('/healthz', async (c) => {
    const disk = await deps.diskTrouble()
    const isAnswering = await read.get(sql`SELECT 1`).then(
      () => true,
      () => false,
    )
    const isWell = isAnswering && disk === null
    return c.json(
      { ok: isWell, database: isAnswering ? 'ok' : 'down', disk: disk ?? 'ok' },
      isWell ? 200 : 503,
    )
  })
  app.route('/api/feed', feedRoutes({ ...deps, read, callers }))
  app.route('/api/outlets', outletRoutes({ read }))
  app.route('/api/outlets', pickupRoutes({ ...deps, read }))
  app.route('/api/desk', staffRoutes({ read, callers }))
  app.route('/api/desk', visitRoutes({ callers, clock, secrets: deps.secrets }))
  app.route('/api/desk', orderRoutes({ read, callers }))
  app.route('/api/desk', promiseRoutes({ read, callers }))
  app.route('/api/desk', menuRoutes({ read, callers }))
  app.route('/api/desk', tableRoutes({ read, callers, publicOrigin }))
  app.route('/api/desk', paymentRoutes({ ...deps, read, callers }))
  app.all('/api/*', (c) => c.json({ ok: false, refusal: { code: 'request.unknown_command' } }, 404))
  app.route('/photos', photoRoutes({ read }))
  app.route('/', brandRoutes({ read }))
  app.route('/', pageRoutes({ read, clock, files: deps.files, log }))
  return app
}
