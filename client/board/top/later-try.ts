/** So near a try counts as under way. */
const SOON_MS = 2000
const STEP_SECONDS = 5

/**
 * Within how many seconds what waits is tried again, or null while it is tried or as good as. In steps of
 * five: a screen reader is told each change.
 */
export function laterSeconds(nextTryAtMs: number | null, nowMs: number): number | null {
  const leftMs = nextTryAtMs === null ? 0 : nextTryAtMs - nowMs
  return leftMs <= SOON_MS ? null : Math.ceil(leftMs / 1000 / STEP_SECONDS) * STEP_SECONDS
}
