import { computed, type Ref } from 'vue'
import { useWords } from '../i18n/customer/customerWords.ts'
import { headlineOf } from './order-headline.ts'
import { isOpenMatter, type Situation } from './order-views.ts'
import { useOrderAlerts } from './useOrderAlerts.ts'
import { useOrders } from './useOrders.ts'

/** For the bar of the menu page: how many orders are under way, and the most urgent one in words. */
export type ActiveOrders = {
  readonly count: number
  readonly headline: string
  readonly situation: Situation | null
}

export function useActiveOrders(): Readonly<Ref<ActiveOrders>> {
  const t = useWords()
  const orders = useOrders()
  useOrderAlerts(orders)
  return computed(() => {
    const active = orders.current.value.filter((view) => isOpenMatter(view, orders.moment.value))
    const first = active[0]
    if (!first) return { count: 0, headline: '', situation: null }
    const situation = orders.situation(first)
    return {
      count: active.length,
      headline: headlineOf(t.value.orders.headline, first, situation),
      situation,
    }
  })
}
