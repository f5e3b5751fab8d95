import { ref, watch } from 'vue'
import type { Bill } from '#shared/payment/payment.ts'
import { getJson } from '../../../sync/api.ts'

/** Who gave a discount, and why. Guests read the bill, so that this is told to the desk alone, when it looks. */
type DiscountDeed = {
  readonly reason: string
  readonly by: string | null
  readonly approvedBy: string | null
  readonly atMs: number
}

export function useDiscountDeed(bill: () => Bill | null) {
  const deed = ref<DiscountDeed | null>(null)
  watch(
    () => {
      const it = bill()
      return it?.discount ? `/api/desk/${it.outletId}/bills/${it.id}/discount?rev=${it.rev}` : null
    },
    async (path, _before, onCleanup) => {
      let isOver = false
      onCleanup(() => {
        isOver = true
      })
      deed.value = null
      if (path === null) return
      const { body } = await getJson<{ discount: DiscountDeed | null }>(path)
      if (!isOver) deed.value = body?.discount ?? null
    },
    { immediate: true },
  )
  return deed
}
