/** An order of a phone that nobody knows, which holds one of few places. */
export type Held = {
  readonly id: string
  /** From where it came, as a keyed fingerprint; null for one of an earlier program. */
  readonly origin: string | null
  readonly placedAtMs: number
  /** Money came for it, or somebody looks at it: it keeps its place whoever wants one. */
  readonly isSure: boolean
  /** Its place is sure for as long as its phone says, but for one that was flooded in. */
  readonly isKept: boolean
  /** Likewise, against places that are wanted from where it came itself. */
  readonly isPromised: boolean
}

/** The address that holds more than half of the places, or null. */
function crowdOf(held: readonly Held[]): string | null {
  const counts = new Map<string, number>()
  for (const { origin } of held) if (origin !== null) counts.set(origin, (counts.get(origin) ?? 0) + 1)
  for (const [origin, count] of counts) if (count * 2 > held.length) return origin
  return null
}

/**
 * Which of the held places, oldest first, is given to a phone that comes from `origin`; none is when all
 * are sure. Who holds more than half gives way at once to who holds less than a quarter, else whoever
 * floods takes each place that falls free; and makes room for its own among its own alone.
 */
export function givingWay(held: readonly Held[], origin: string, beforeMs: number): string | undefined {
  const crowd = crowdOf(held)
  const own = held.filter((order) => order.origin === origin).length
  const flooded = held.find((order) => order.origin === crowd && !order.isSure)
  if (crowd !== null && crowd !== origin && own * 4 < held.length && flooded) return flooded.id
  return held.find(
    (order) =>
      order.placedAtMs <= beforeMs &&
      !order.isSure &&
      !order.isKept &&
      (order.origin !== origin ? crowd !== origin : !order.isPromised),
  )?.id
}
