import type { Reader } from './platform/database.ts'
import type { Subscriber } from './platform/feed-subscriber.ts'
import { addressKey, type Limits } from './platform/limits.ts'
import { mayReadVisit } from './visits/visit.store.ts'

/** Open feeds of one session; a phone or tablet needs one, and one more for each tab without Web Locks. */
const MAX_FEEDS_PER_SESSION = 40
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
  held: { readonly subscriber: Subscriber; readonly basis: FeedBasis } | null
}

/** A counted place for one feed, taken before anything is awaited: a burst at once finds it taken. */
export type FeedPlace = {
  hold(subscriber: Subscriber, basis: FeedBasis): void
  leave(): void
}

export type FeedRoom = { readonly place: FeedPlace } | { readonly why: 'full' | 'address' }

/** All open feeds with what they rest on: sessions, a place in a visit, room on this server. */
export function createFeedSessions(read: Reader, limits: Pick<Limits, 'feedsPerAddress'>) {
  const open = new Set<OpenFeed>()

  function forgetClosed(): void {
    for (const feed of open) if (feed.held?.subscriber.isClosed()) open.delete(feed)
  }

  function endWhere(isMeant: (basis: FeedBasis) => boolean): void {
    for (const feed of open) {
      if (!feed.held || !isMeant(feed.held.basis)) continue
      feed.held.subscriber.close()
      open.delete(feed)
    }
  }

  function keepFewOf(tokenHash: string): void {
    const own = [...open].filter((feed) => feed.held?.basis.tokenHashes.includes(tokenHash))
    const [oldest] = own
    if (!oldest || own.length < MAX_FEEDS_PER_SESSION) return
    oldest.held?.subscriber.close()
    open.delete(oldest)
  }

  function take(kind: ReaderKind, address: string): FeedRoom {
    forgetClosed()
    if (open.size >= (kind === 'staff' ? MAX_FEEDS : MAX_FEEDS - STAFF_FEEDS)) return { why: 'full' }
    const key = addressKey(address)
    if (kind !== 'staff') {
      const beside = [...open].filter((feed) => feed.kind === kind && feed.address === key)
      if (beside.length >= limits.feedsPerAddress[kind]) return { why: 'address' }
    }
    const feed: OpenFeed = { kind, address: key, held: null }
    open.add(feed)
    const hold = (subscriber: Subscriber, basis: FeedBasis) => {
      for (const tokenHash of basis.tokenHashes) keepFewOf(tokenHash)
      feed.held = { subscriber, basis }
    }
    return { place: { hold, leave: () => open.delete(feed) } }
  }

  return {
    take,
    /** Ends the feeds of these sessions. */
    end(tokenHashes: readonly string[]): void {
      const ended = new Set(tokenHashes)
      if (ended.size > 0) endWhere((basis) => basis.tokenHashes.some((hash) => ended.has(hash)))
    },
    /** Ends the feeds whose session has ended by itself: the rights were looked at when the feed opened. */
    endExpired(nowMs: number): void {
      forgetClosed()
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
