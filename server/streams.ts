import { Hono } from 'hono'
import { refusalStatus } from '#shared/protocol.ts'
import type { Callers, CallersOf } from './actors.ts'
import { worksAt } from './command.ts'
import { readOutlet } from './outlet/outlet.store.ts'
import type { Reader } from './platform/database.ts'
import type { Cursor, Feed } from './platform/feed.ts'
import type { Subscriber } from './platform/feed-subscriber.ts'
import { mayReadVisit } from './visits/visit.store.ts'

const MAX_STREAMS = 12
/** Open feeds of one session; a phone or tablet needs one, and one more for each tab without Web Locks. */
const MAX_FEEDS_PER_SESSION = 1000
/** Open feeds of this server in all. */
const MAX_FEEDS = 5000

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

type FeedRouteDeps = { readonly read: Reader; readonly feed: Feed; readonly callers: CallersOf }

/** Open subscriptions by the session that they rest on, so that they end with it. */
export function createFeedSessions() {
  const bySession = new Map<string, Set<Subscriber>>()
  return {
    add(tokenHash: string, subscriber: Subscriber): void {
      for (const [hash, subscribers] of bySession) {
        for (const each of subscribers) if (each.isClosed()) subscribers.delete(each)
        if (subscribers.size === 0) bySession.delete(hash)
      }
      const subscribers = bySession.get(tokenHash) ?? new Set()
      const [oldest] = subscribers
      if (oldest && subscribers.size >= MAX_FEEDS_PER_SESSION) oldest.close()
      bySession.set(tokenHash, subscribers.add(subscriber))
    },
    end(tokenHashes: Iterable<string>): void {
      for (const hash of tokenHashes) {
        for (const subscriber of bySession.get(hash) ?? []) subscriber.close()
        bySession.delete(hash)
      }
    },
  }
}
export type FeedSessions = ReturnType<typeof createFeedSessions>

/** `GET /api/feed?s=<stream>@<seq>&s=…`: the changes after each cursor, then live, as server-sent events. */
export function feedRoutes(deps: FeedRouteDeps & { readonly feedSessions: FeedSessions }): Hono {
  const app = new Hono()
  app.get('/', async (c) => {
    // A HEAD would open a feed that nobody reads and nobody closes.
    if (c.req.method !== 'GET') return c.body(null, 405, { allow: 'GET' })
    const asked = [...new Set(c.req.queries('s') ?? [])].slice(0, MAX_STREAMS)
    const cursors = asked.map(parseCursor)
    if (asked.length === 0 || cursors.includes(null)) {
      return c.json({ ok: false, refusal: { code: 'request.invalid', field: 's' } }, 422)
    }
    if (deps.feed.size() >= MAX_FEEDS) {
      c.header('Retry-After', '10')
      return c.json({ ok: false, refusal: { code: 'server.busy' } }, refusalStatus['server.busy'])
    }
    const callers = await deps.callers.of(c)
    const allowed: Cursor[] = []
    const refused: string[] = []
    for (const cursor of cursors) {
      if (!cursor) continue
      if (await mayRead(deps.read, callers, cursor.stream))
        allowed.push(resumeAfter(c.req.header('last-event-id'), cursor))
      else refused.push(cursor.stream)
    }
    const subscriber = deps.feed.subscribe(allowed, refused)
    for (const caller of [callers.customer, callers.staff]) {
      if (caller) deps.feedSessions.add(caller.session.tokenHash, subscriber)
    }
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
