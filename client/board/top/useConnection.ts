import { type ComputedRef, computed, onScopeDispose, ref, watch } from 'vue'
import { connectionState, storageTrouble } from '../../sync/connection.ts'
import { readSetting, writeSetting } from '../../ui/device/device-settings.ts'
import { useNow } from '../../ui/useNow.ts'

const KEY = 'meja.board.lastLiveAtMs'
/** A try that takes longer than this is said as it is: no connection. */
const PATIENCE_MS = 5000
const KEEP_EVERY_MS = 15_000

/** `full`, `broken`: this device's storage, in which what the server says has no place. */
type BoardConnection = 'live' | 'connecting' | 'offline' | 'full' | 'broken'

/** The connection in words that do not flicker between tries, and when the board was last true. */
export function useConnection(): {
  readonly connection: ComputedRef<BoardConnection>
  readonly lastLiveAtMs: ComputedRef<number | null>
} {
  const now = useNow()
  const stored = Number(readSetting(KEY))
  const lastLive = ref(stored > 0 ? stored : null)
  const lostAtMs = ref(Date.now())
  let keptAtMs = 0
  // A cut stream is noticed by its silence, after most of a minute; the device knows of its own network at once.
  const isOnline = ref(navigator.onLine)
  const followOnline = () => {
    isOnline.value = navigator.onLine
  }
  window.addEventListener('online', followOnline)
  window.addEventListener('offline', followOnline)
  onScopeDispose(() => {
    window.removeEventListener('online', followOnline)
    window.removeEventListener('offline', followOnline)
  })

  watch(
    [connectionState, now],
    ([state]) => {
      if (state !== 'live' || !isOnline.value || storageTrouble.value) return
      lastLive.value = Date.now()
      lostAtMs.value = Date.now()
      if (Date.now() - keptAtMs < KEEP_EVERY_MS) return
      keptAtMs = Date.now()
      writeSetting(KEY, String(keptAtMs))
    },
    { immediate: true },
  )

  const connection = computed((): BoardConnection => {
    if (!isOnline.value) return 'offline'
    if (storageTrouble.value) return storageTrouble.value
    if (connectionState.value === 'live') return 'live'
    return now.value - lostAtMs.value < PATIENCE_MS ? 'connecting' : 'offline'
  })
  return { connection, lastLiveAtMs: computed(() => lastLive.value) }
}
