import { type ComputedRef, computed, onScopeDispose, ref, watch } from 'vue'
import { connectionState } from '../sync/connection.ts'
import { clockOffsetMs } from '../sync/server-clock.ts'
import { useNow } from '../ui/useNow.ts'
import type { Moment } from './order-views.ts'
import { readOutcomes } from './read-outcomes.ts'

/** A connection that just came is still bringing what was missed. */
const CATCH_UP_MS = 2_000
/** A tab that connects for so long while the phone is online leaves the feed to another tab. */
const OTHER_TAB_MS = 10_000

/** Both clocks, one step a second, and how much the news on this phone can be trusted. */
export function useMoment(): ComputedRef<Moment> {
  const now = useNow()
  const isOnline = ref(navigator.onLine)
  const sinceMs = ref(Date.now())
  const listening = new AbortController()
  const look = () => {
    isOnline.value = navigator.onLine
  }
  window.addEventListener('online', look, { signal: listening.signal })
  window.addEventListener('offline', look, { signal: listening.signal })
  onScopeDispose(() => listening.abort())
  watch([connectionState, isOnline], () => {
    sinceMs.value = Date.now()
  })
  return computed(() => {
    const isCut = !isOnline.value || connectionState.value === 'offline'
    const settledMs = connectionState.value === 'live' ? CATCH_UP_MS : OTHER_TAB_MS
    return {
      phoneNowMs: now.value,
      serverNowMs: now.value + clockOffsetMs.value,
      isCut,
      readOutcomes: readOutcomes.value,
      isFresh: !isCut && now.value - sinceMs.value >= settledMs,
    }
  })
}
