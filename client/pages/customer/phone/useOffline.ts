import { computed, onScopeDispose, type Ref, readonly, ref, watch } from 'vue'
import { connectionState } from '../../../sync/connection.ts'

/** A feed that is only changing hands must not alarm anybody. */
const SURE_AFTER_MS = 2500

/** True once there has been no connection for a moment. Another tab may hold the feed; then only the phone's word counts. */
export function useOffline(): Readonly<Ref<boolean>> {
  const isOnline = ref(navigator.onLine)
  const isFeedCut = ref(connectionState.value === 'offline')
  const isOffline = ref(!navigator.onLine)
  const look = () => {
    isOnline.value = navigator.onLine
  }
  window.addEventListener('online', look)
  window.addEventListener('offline', look)
  // A cut lasts until news comes through again: the tries in between only say that they connect.
  watch(connectionState, (state) => {
    if (state !== 'connecting') isFeedCut.value = state === 'offline'
  })
  const isCut = computed(() => !isOnline.value || isFeedCut.value)
  let timer: number | undefined
  const follow = (cut: boolean) => {
    window.clearTimeout(timer)
    if (!cut) isOffline.value = false
    else {
      timer = window.setTimeout(() => {
        isOffline.value = true
      }, SURE_AFTER_MS)
    }
  }
  // Also when the page is opened in the middle of a cut.
  watch(isCut, follow, { immediate: true })
  onScopeDispose(() => {
    window.clearTimeout(timer)
    window.removeEventListener('online', look)
    window.removeEventListener('offline', look)
  })
  return readonly(isOffline)
}
