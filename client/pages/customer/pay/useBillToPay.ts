import { type ComputedRef, computed, type Ref, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { RefusalFacts } from '../../../i18n/dictionary.ts'
import type { MoneyOfTable } from '../../../payment/bill/useTableMoney.ts'
import { billQuery } from './bill-address.ts'

/** Asking the bar for the bill, as usePaying does it. */
type Asking = {
  readonly isOffline: Readonly<Ref<boolean>>
  readonly refusal: Readonly<Ref<RefusalFacts | null>>
  readonly openBill: (visitId: string) => Promise<string | null>
}

/**
 * The bill that is paid. Whoever pays before the order is made comes straight here, and nobody has asked for
 * the bill yet: it is asked for, once; without signal again as soon as there is some.
 */
export function useBillToPay(
  { isRead, money }: Pick<MoneyOfTable, 'isRead' | 'money'>,
  { isOffline, refusal, openBill }: Asking,
): {
  readonly isFirst: ComputedRef<boolean>
  readonly billId: ComputedRef<string | null>
  /** Nobody has let this phone in yet: it pays for its own order, and so proves that it is there. */
  readonly isAsking: ComputedRef<boolean>
} {
  const route = useRoute()
  const router = useRouter()
  const isFirst = computed(() => typeof route.query.order === 'string')
  const askedOf = ref('')
  const openedId = ref<string | null>(null)
  watch(
    [isRead, money, isOffline],
    async ([isKnown, table, isCut]) => {
      if (!isKnown || table?.bill) return
      if (!isFirst.value || !table) return void router.replace({ path: '/bill', query: billQuery(table) })
      if (isCut || askedOf.value === table.visitId) return
      askedOf.value = table.visitId
      openedId.value = await openBill(table.visitId)
      if (refusal.value?.code === 'network.unreachable') askedOf.value = ''
    },
    { immediate: true },
  )
  return {
    isFirst,
    billId: computed(() => money.value?.bill?.id ?? openedId.value),
    isAsking: computed(() => money.value?.isAdmitted === false),
  }
}
