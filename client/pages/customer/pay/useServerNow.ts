import { type ComputedRef, computed } from 'vue'
import { clockOffsetMs } from '../../../sync/server-clock.ts'
import { useNow } from '../../../ui/useNow.ts'

/** The server's time, a step each second. */
export function useServerNow(): ComputedRef<number> {
  const now = useNow()
  return computed(() => now.value + clockOffsetMs.value)
}
