import type { Reader } from '../platform/database/database.ts'
import type { Subscriber } from '../platform/feed/feed-subscriber.ts'
import { addressKey } from '../platform/http/limits.ts'
import type { Sessions } from '../platform/session.ts'
import { mayReadVisit } from '../visits/visit.store.ts'
import { createFeedCrowd } from './feed-crowd.ts'

/** Open feeds of one session; it needs one, and one more for each tab of a browser without Web Locks. */
const MAX_FEEDS_PER_SESSION = { staff: 40, phone: 6 }
/** Open feeds of this server in all. */
const MAX_FEEDS = 5000
/** Of these, kept for staff devices: however many guests or strangers read, the board must open. */
const STAFF_FEEDS = 500

export type ReaderKind = 'staff' | 'phone' | 'anonymous'

/** What an open feed rests on; when one of these goes, so does the feed. */
export type FeedBasis = {
  readonly tokenHashes: readonly string[]
  /** When the first of the sessions ends by itself. */
  readonly endsAtMs: number | null
  readonly customerId: string | null
  readonly streams: readonly string[]
}

type OpenFeed = {
  readonly kind: ReaderKind
  readonly address: string
  readonly session: string
  held: { readonly subscriber: Subscriber; readonly basis: FeedBasis } | null
}

/** Who wants to read; `session` is empty for those without a name. */
export type FeedReader = { readonly kind: ReaderKind; readonly address: string; readonly session: string }

/** A counted place for one feed, taken before anything is awaited: a burst at once finds it taken. */
export type FeedPlace = {
  hold(subscriber: Subscriber, basis: FeedBasis): void
  leave(): void
}

/** All open feeds with what they rest on: sessions, a place in a visit, room on this server. */
export function createFeedSessions(read: Reader, sessions: Pick<Sessions, 'endedOf'>) {
  const open = new Set<OpenFeed>()
  const guests = createFeedCrowd<OpenFeed>()
  const bySession = new Map<string, Set<OpenFeed>>()

  function add(feed: OpenFeed): void {
    open.add(feed)
    if (feed.kind !== 'staff') guests.add(feed)
    if (feed.session !== '') {
      bySession.set(feed.session, (bySession.get(feed.session) ?? new Set<OpenFeed>()).add(feed))
    }
  }

  function remove(feed: OpenFeed): void {
    open.delete(feed)
    guests.remove(feed)
    const own = bySession.get(feed.session)
    own?.delete(feed)
    if (own?.size === 0) bySession.delete(feed.session)
  }

  function close(feed: OpenFeed): void {
    feed.held?.subscriber.close()
    remove(feed)
  }

  function forgetClosed(feeds: Iterable<OpenFeed>): void {
    for (const feed of feeds) if (feed.held?.subscriber.isClosed()) remove(feed)
  }

  function endWhere(isMeant: (basis: FeedBasis) => boolean): void {
    for (const feed of open) if (feed.held && isMeant(feed.held.basis)) close(feed)
  }

  function openHashes(): string[] {
    const hashes = new Set<string>()
    for (const { held } of open) for (const hash of held?.basis.tokenHashes ?? []) hashes.add(hash)
    return [...hashes]
  }

  function keepFewOf({ kind, session }: FeedReader): void {
    if (kind === 'anonymous') return
    forgetClosed(bySession.get(session) ?? [])
    const [oldest, ...others] = bySession.get(session) ?? []
    if (oldest && others.length + 1 >= MAX_FEEDS_PER_SESSION[kind]) close(oldest)
  }

  /** Looks at all only when there seems to be no room: a flood must not make each newcomer cost more. */
  function isFull(kind: ReaderKind): boolean {
    const count = () => (kind === 'staff' ? open.size - MAX_FEEDS : guests.size() - (MAX_FEEDS - STAFF_FEEDS))
    if (count() < 0) return false
    forgetClosed(open)
    return count() >= 0
  }

  /** A place for a newcomer. Null only for staff, when all places are taken: no guest shuts out another. */
  function take(reader: FeedReader): FeedPlace | null {
    keepFewOf(reader)
    if (isFull(reader.kind)) {
      const oldest = reader.kind === 'staff' ? null : guests.oldestOfLargest()
      if (!oldest) return null
      close(oldest)
    }
    const feed: OpenFeed = { ...reader, address: addressKey(reader.address), held: null }
    add(feed)
    const hold = (subscriber: Subscriber, basis: FeedBasis) => {
      // Its place went to another while its rights were looked at.
      if (open.has(feed)) feed.held = { subscriber, basis }
      else subscriber.close()
    }
    return { hold, leave: () => remove(feed) }
  }

  return {
    take,
    /** Ends the feeds whose session was ended: of all that are open, or of those that rest on `tokenHashes`. */
    async endEnded(tokenHashes: readonly string[] = openHashes()): Promise<void> {
      const ended = new Set(await sessions.endedOf(tokenHashes))
      if (ended.size > 0) endWhere((basis) => basis.tokenHashes.some((hash) => ended.has(hash)))
    },
    /** Ends the feeds whose session has ended by itself: the rights were looked at when the feed opened. */
    endExpired(nowMs: number): void {
      forgetClosed(open)
      endWhere(({ endsAtMs }) => endsAtMs !== null && endsAtMs <= nowMs)
    },
    /** Ends the feeds of phones that may follow this visit no more; they come back and are refused it. */
    async lookAgain(stream: string): Promise<void> {
      for (const { held } of [...open]) {
        const { customerId = null, streams = [] } = held?.basis ?? {}
        if (customerId === null || !streams.includes(stream)) continue
        const visitId = stream.slice('visit:'.length)
        if (!(await mayReadVisit(read, visitId, customerId))) held?.subscriber.close()
      }
    },
  }
}
export type FeedSessions = ReturnType<typeof createFeedSessions>
