/** More changes than a copy can lack of those that were given since it was made. */
const MOST_LOST = 1_000_000_000

/**
 * The number from which the streams of a restored shop go on, beyond any that a reader may know; `longestSeq` is
 * the newest of the copy. Commonly the time, which no count of changes reaches; a clock that was ahead the time
 * before, or two restores in one second, must not bring them closer.
 */
export function startBeyond(longestSeq: number, nowMs: number): number {
  return Math.max(nowMs, longestSeq + MOST_LOST)
}

/**
 * Each stream's newest change gets the number, and whoever has read less far is to read the stream anew. The
 * others keep theirs: read from its beginning a stream says what it said, and all orders wait while this runs.
 */
export function startAnewSql(number: '?' | '$1'): {
  readonly moveNewest: string
  readonly tellReaders: string
} {
  return {
    moveNewest: `UPDATE changes SET seq = ${number}
      WHERE (stream, seq) IN (SELECT stream, MAX(seq) FROM changes GROUP BY stream)`,
    tellReaders: `INSERT INTO pruned_streams (stream, below_seq) SELECT stream, seq FROM changes WHERE seq = ${number}
      ON CONFLICT (stream) DO UPDATE SET below_seq = excluded.below_seq`,
  }
}
