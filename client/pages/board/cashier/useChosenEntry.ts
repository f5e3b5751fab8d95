import { computed, nextTick, type Ref, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Cashier } from '../../../payment/cashier/money/useCashier.ts'

/** Which table the till looks at, and what a phone has prepared there. It is part of the address, so that going back closes it. */
export function useChosenEntry(
  cashier: Cashier,
  place: Readonly<Ref<HTMLElement | null>>,
  onChoose: () => void,
) {
  const route = useRoute()
  const router = useRouter()
  const spent = ref('')
  const preparedId = ref<string | null>(null)
  const prepared = computed(() => cashier.payments.value.find(({ id }) => id === preparedId.value) ?? null)

  async function choose(entryId: string | null, paymentId: string | null = null, reason = ''): Promise<void> {
    preparedId.value = paymentId
    spent.value = reason
    onChoose()
    if ((route.query.table ?? null) !== entryId) {
      await router.push({ query: entryId === null ? {} : { table: entryId } })
    }
    await nextTick()
    place.value?.focus({ preventScroll: true })
    place.value?.scrollTo({ top: 0 })
  }

  watch(
    () => route.query.table,
    (table) => {
      const next = typeof table === 'string' ? table : null
      if (cashier.selectedId.value !== next) cashier.selectedId.value = next
    },
    { immediate: true },
  )

  function prepare(paymentId: string | null): void {
    preparedId.value = paymentId
    spent.value = ''
  }

  return { prepared, spent, choose, prepare }
}
