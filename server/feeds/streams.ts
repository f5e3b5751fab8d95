import { Hono, type Context as HonoContext } from 'hono'
import sql from 'sql-template-tag'
import { MAX_FEED_STREAMS, refusalStatus } from '#shared/protocol.ts'
import type { Callers, CallersOf } from '../actors.ts'
import { worksAt } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Subscriber } from '../platform/feed/feed-subscriber.ts'
import type { Cursor, Feed } from '../platform/feed.ts'
import { mayReadVisit } from '../visits/visit.store.ts'
import type { FeedBasis, FeedPlace, FeedReader, FeedSessions } from './feed-sessions.ts'

/** May these callers read the stream? The same answer for its past and for what comes live. */
export async function mayRead(reader: Reader, callers: Callers, stream: string): Promise<boolean> {
  const [kind = '', id = ''] = stream.split(':')
  const customer = callers.customer?.actor
  const staff = callers.staff?.actor
  if (kind === 'outlet') return (await readOutlet(reader, id)) !== undefined
  if (kind === 'customer') return customer?.kind === 'customer' && customer.id === id
  if (kind === 'visit') return customer?.kind === 'customer' && (await mayReadVisit(reader, id, customer.id))
  return kind === 'desk' && staff !== undefined && worksAt(staff, id)
}

function parseCursor(text: string): Cursor | null {
  const match = /^([a-z]{1,10}:[a-z]{3}_[0-9a-z]{26})@(\d{1,15})$/.exec(text)
  return match?.[1] ? { stream: match[1], afterSeq: Number(match[2]) } : null
}

type FeedRouteDeps = {
  readonly read: Reader
  readonly feed: Feed
  readonly callers: CallersOf
  readonly feedSessions: FeedSessions
  readonly addressOf: (c: HonoContext) => string
}

function readerOf({ staff, device, customer }: Callers, address: string): FeedReader {
  const atWork = staff ?? device
  if (atWork) return { kind: 'staff', address, session: atWork.session.tokenHash }
  if (customer) return { kind: 'phone', address, session: customer.session.tokenHash }
  return { kind: 'anonymous', address, session: '' }
}

async function basisOf(read: Reader, callers: Callers, cursors: readonly Cursor[]): Promise<FeedBasis> {
  const { customer, staff } = callers
  const row = staff
    ? await read.get<{ expires_at_ms: number }>(
        sql`SELECT expires_at_ms FROM sessions WHERE token_hash = ${staff.session.tokenHash}`,
      )
    : undefined
  return {
    tokenHashes: [customer, staff].flatMap((caller) => (caller ? [caller.session.tokenHash] : [])),
    endsAtMs: row?.expires_at_ms ?? null,
    customerId: customer?.session.subjectId ?? null,
    streams: cursors.map((cursor) => cursor.stream),
  }
}

/** Opens the feed of what these callers may read; the rest is refused by name. */
async function openFeed(
  { read, feed, feedSessions }: FeedRouteDeps,
  callers: Callers,
  place: FeedPlace,
  cursors: readonly Cursor[],
): Promise<Subscriber> {
  const allowed: Cursor[] = []
  const refused: string[] = []
  for (const cursor of cursors) {
    if (await mayRead(read, callers, cursor.stream)) allowed.push(cursor)
    else refused.push(cursor.stream)
  }
  const basis = await basisOf(read, callers, allowed)
  const subscriber = feed.subscribe(allowed, refused)
  place.hold(subscriber, basis)
  // Ended, or taken out of the visit, between the look at its rights and here, nobody else would notice.
  await feedSessions.endEnded(basis.tokenHashes)
  for (const { stream } of allowed) if (stream.startsWith('visit:')) await feedSessions.lookAgain(stream)
  return subscriber
}

/** `GET /api/feed?s=<stream>@<seq>&s=…`: the changes after each cursor, then live, as server-sent events. */
export function feedRoutes(deps: FeedRouteDeps): Hono {
  const app = new Hono()
  app.get('/', async (c) => {
    // A HEAD would open a feed that nobody reads and nobody closes.
    if (c.req.method !== 'GET') return c.body(null, 405, { allow: 'GET' })
    const asked = [...new Set(c.req.queries('s') ?? [])]
    const lastEventId = c.req.header('last-event-id')
    const cursors = asked.flatMap((text) => {
      const cursor = parseCursor(text)
      return cursor ? [resumeAfter(lastEventId, cursor)] : []
    })
    if (asked.length > MAX_FEED_STREAMS) {
      return c.json(
        { ok: false, refusal: { code: 'request.invalid', field: 's', max: MAX_FEED_STREAMS } },
        refusalStatus['request.invalid'],
      )
    }
    // One stream from two places would be read twice over, and live for neither until both are through.
    const streams = new Set(cursors.map(({ stream }) => stream))
    if (asked.length === 0 || streams.size < asked.length) {
      return c.json({ ok: false, refusal: { code: 'request.invalid', field: 's' } }, 422)
    }
    const callers = await deps.callers.of(c)
    const place = deps.feedSessions.take(readerOf(callers, deps.addressOf(c)))
    if (!place) {
      c.header('Retry-After', '10')
      return c.json({ ok: false, refusal: { code: 'server.busy' } }, refusalStatus['server.busy'])
    }
    const subscriber = await openFeed(deps, callers, place, cursors).catch((error: unknown) => {
      place.leave()
      throw error
    })
    return c.body(subscriber.body, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    })
  })
  return app
}

/** A plain EventSource names only the last event it saw; where that is further than the address, it counts. */
function resumeAfter(lastEventId: string | undefined, cursor: Cursor): Cursor {
  const seen = lastEventId ? parseCursor(lastEventId) : null
  return seen?.stream === cursor.stream && seen.afterSeq > cursor.afterSeq ? seen : cursor
}
