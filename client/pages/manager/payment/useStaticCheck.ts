import { onScopeDispose, ref, watch } from 'vue'
import { getJson } from '../../../sync/api.ts'

/** The stored static code, read by the server at the moment of asking. */
type StaticCheck = {
  readonly stored: string | null
  readonly isStoredApproved: boolean
  readonly checkedAtMs: number
}

const AGAIN_MS = 60_000

/**
 * What the server holds, asked for on looking and again each minute: this device's copy would go on reading
 * well after somebody had swapped the code in the database. Null until the server has answered.
 */
export function useStaticCheck(outletId: () => string | undefined, rev: () => number | undefined) {
  const check = ref<StaticCheck | null>(null)
  let timer: number | undefined
  let round = 0

  async function ask(): Promise<void> {
    window.clearTimeout(timer)
    const own = ++round
    const id = outletId()
    if (id === undefined) return
    const { body } = await getJson<StaticCheck>(`/api/desk/${id}/approved-code`)
    if (own !== round) return
    if (body) check.value = body
    timer = window.setTimeout(() => void ask(), AGAIN_MS)
  }

  watch(outletId, () => {
    check.value = null
  })
  watch([outletId, rev], () => void ask(), { immediate: true })
  onScopeDispose(() => {
    round += 1
    window.clearTimeout(timer)
  })
  return check
}
