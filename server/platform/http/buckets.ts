/** So many keys are remembered; the one that was quiet longest is forgotten, which only ever lets it pass. */
const MAX_KEYS = 20_000

export type BucketSize = {
  /** So many refill each second, evenly: no moment of a second is better than another to try again. */
  readonly perSecond: number
  /** So many may be taken at once after a pause. */
  readonly burst: number
}

export interface Buckets {
  /** Takes one from the key's bucket; false when it is empty. */
  take(key: string): boolean
  /** Puts one back. */
  give(key: string): void
}

/** One bucket for each key, full at first. `nowMs` need not be the time of day, only even. */
export function createBuckets(
  { perSecond, burst }: BucketSize,
  nowMs: () => number = () => performance.now(),
): Buckets {
  const buckets = new Map<string, { level: number; atMs: number }>()

  function levelOf(key: string, atMs: number): number {
    const bucket = buckets.get(key)
    if (!bucket) return burst
    return Math.min(burst, bucket.level + ((atMs - bucket.atMs) * perSecond) / 1000)
  }

  function change(key: string, level: number, atMs: number): void {
    // Put last again: a Map keeps its order, so the first key is the one that was quiet longest.
    buckets.delete(key)
    buckets.set(key, { level, atMs })
    const [quietest] = buckets.size > MAX_KEYS ? buckets.keys() : []
    if (quietest !== undefined) buckets.delete(quietest)
  }

  return {
    take(key) {
      const atMs = nowMs()
      const level = levelOf(key, atMs)
      if (level < 1) return false
      change(key, level - 1, atMs)
      return true
    },
    give(key) {
      const atMs = nowMs()
      change(key, Math.min(burst, levelOf(key, atMs) + 1), atMs)
    },
  }
}
