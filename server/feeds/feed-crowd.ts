/** Somebody who holds a place: where from, and by which session; empty for those without a name. */
type Holder = { readonly address: string; readonly session: string }

type OfAddress<Feed> = { count: number; readonly bySession: Map<string, Set<Feed>> }

/** The open feeds of guests, by address and session: counted as they come and go, because a flood asks at each. */
export function createFeedCrowd<Feed extends Holder>() {
  const byAddress = new Map<string, OfAddress<Feed>>()
  let size = 0

  function remove(feed: Feed): void {
    const there = byAddress.get(feed.address)
    const own = there?.bySession.get(feed.session)
    if (!there || !own?.delete(feed)) return
    size--
    there.count--
    if (own.size === 0) there.bySession.delete(feed.session)
    if (there.count === 0) byAddress.delete(feed.address)
  }

  return {
    size: () => size,
    add(feed: Feed): void {
      const there = byAddress.get(feed.address) ?? { count: 0, bySession: new Map<string, Set<Feed>>() }
      const own = there.bySession.get(feed.session) ?? new Set<Feed>()
      byAddress.set(feed.address, there)
      there.bySession.set(feed.session, own.add(feed))
      there.count++
      size++
    },
    remove,
    /** Of the address that holds most, the oldest feed of the session that holds most there. */
    oldestOfLargest(): Feed | undefined {
      let largest: OfAddress<Feed> | undefined
      for (const each of byAddress.values()) if (each.count > (largest?.count ?? 0)) largest = each
      let own: Set<Feed> | undefined
      for (const each of largest?.bySession.values() ?? []) if (each.size > (own?.size ?? 0)) own = each
      const [oldest] = own ?? []
      return oldest
    },
  }
}
