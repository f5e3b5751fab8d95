import { onScopeDispose, ref, watch } from 'vue'
import { getJson } from '../sync/api.ts'
import { serverNowMs } from '../sync/server-clock.ts'

const RETRY_MS = 5000

/** The outlet's word of these minutes, fetched anew when it changes; null while it is not known. */
export function usePresenceWord(outletId: () => string | null) {
  const word = ref<string | null>(null)
  let timer: number | undefined
  let wordEndsAtMs = 0

  async function fetchWord(): Promise<void> {
    window.clearTimeout(timer)
    const id = outletId()
    if (id === null) {
      word.value = null
      return
    }
    const { body } = await getJson<{ word: string; changesAtMs: number }>(`/api/desk/${id}/word`)
    if (outletId() !== id) return
    if (body) {
      word.value = body.word
      wordEndsAtMs = body.changesAtMs
    } else if (serverNowMs() >= wordEndsAtMs) {
      // A word that has run out would send guests in circles.
      word.value = null
    }
    const waitMs = body ? Math.max(1000, body.changesAtMs - serverNowMs() + 500) : RETRY_MS
    timer = window.setTimeout(() => void fetchWord(), waitMs)
  }

  watch(outletId, () => void fetchWord(), { immediate: true })
  onScopeDispose(() => window.clearTimeout(timer))
  return word
}
