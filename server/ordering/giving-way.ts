/** An order of a phone that nobody knows, which holds one of few places. */
export type Held = {
  readonly id: string
  /** From where it came, as a keyed fingerprint; null for one of an earlier program. */
  readonly origin: string | null
  readonly placedAtMs: number
  /** Money came for it, or somebody looks at it: it keeps its place whoever wants one. */
  readonly isSure: boolean
  /** Since when a provider's code for it is open, which keeps its place but for one that was flooded in; or null. */
  readonly codeSinceMs: number | null
  /** Promised to be paid at the till, which anybody can do for nothing. */
  readonly isPromised: boolean
}

/**
 * So many promises and open codes of one address are believed, the oldest: those of a party that came
 * together. Without a bound, either from a café's Wi-Fi would shut a table to all the others on it: a code
 * costs as little as a promise, and who never pays opens the next when it runs out.
 */
const MAX_BELIEVED = 8

function believedOf(held: readonly Held[]): ReadonlySet<Held> {
  const counts = new Map<string | null, number>()
  const isBelieved = ({ origin, isPromised, codeSinceMs }: Held) => {
    if (!isPromised && codeSinceMs === null) return false
    const count = (counts.get(origin) ?? 0) + 1
    counts.set(origin, count)
    return count <= MAX_BELIEVED
  }
  return new Set(held.filter(isBelieved))
}

/** The address that holds more than half of the places, or null. */
function crowdOf(held: readonly Held[]): string | null {
  const counts = new Map<string, number>()
  for (const { origin } of held) if (origin !== null) counts.set(origin, (counts.get(origin) ?? 0) + 1)
  for (const [origin, count] of counts) if (count * 2 > held.length) return origin
  return null
}

/**
 * Which of a crowded address's orders gives way. Behind it an honest party may be at the till, or paying just
 * now: first what nobody pays for, oldest first; then the newest of those promised, of those whose code has
 * long been open, and of those whose code was opened after `beforeMs`. Whoever was there before a flood is
 * older than it.
 */
function firstOfCrowd(orders: readonly Held[], believed: ReadonlySet<Held>, beforeMs: number) {
  const rankOf = (order: Held) => {
    if (order.codeSinceMs !== null) return order.codeSinceMs > beforeMs ? 3 : 2
    return believed.has(order) ? 1 : 0
  }
  const lowest = Math.min(...orders.map(rankOf))
  const those = orders.filter((order) => rankOf(order) === lowest)
  return lowest === 0 ? those[0] : those.at(-1)
}

/** Of one address the newest beyond the believed whose code is older than `beforeMs`: its payer had time. */
function unusedCode(own: readonly Held[], believed: ReadonlySet<Held>, beforeMs: number): Held | undefined {
  return own.findLast(
    (order) =>
      !order.isSure && !believed.has(order) && order.codeSinceMs !== null && order.codeSinceMs <= beforeMs,
  )
}

/**
 * Which of the held places, oldest first, is given to a phone that comes from `origin`; none is when all
 * are sure. Who holds more than half gives way at once to who holds less than a quarter, else whoever
 * floods takes each place that falls free; and makes room for its own among its own alone. An open code
 * keeps its place against other addresses, and for three minutes or among the first of its own against those.
 */
export function givingWay(held: readonly Held[], origin: string, beforeMs: number): string | undefined {
  const believed = believedOf(held)
  const crowd = crowdOf(held)
  const own = held.filter((order) => order.origin === origin)
  if (crowd !== null && crowd !== origin && own.length * 4 < held.length) {
    const flooded = held.filter((order) => order.origin === crowd && !order.isSure)
    const first = firstOfCrowd(flooded, believed, beforeMs)
    if (first) return first.id
  }
  const unpaid = held.find(
    (order) =>
      order.placedAtMs <= beforeMs &&
      !order.isSure &&
      order.codeSinceMs === null &&
      (order.origin !== origin ? crowd !== origin : !believed.has(order)),
  )
  return (unpaid ?? unusedCode(own, believed, beforeMs))?.id
}
