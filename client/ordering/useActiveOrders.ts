import { computed, type Ref } from 'vue'
import { useOrderStatusWords } from '../i18n/orders/order-status-words.ts'
import { headlineOf } from './order-headline.ts'
import { isOpenMatter, unreadAnswer } from './order-news.ts'
import type { Situation } from './order-views.ts'
import { useOrderAlerts } from './useOrderAlerts.ts'
import { useOrders } from './useOrders.ts'

/** For the bar of the menu page: how many orders are under way, and the most urgent one in words. */
type ActiveOrders = {
  readonly count: number
  readonly headline: string
  readonly situation: Situation | null
}

export function useActiveOrders(): Readonly<Ref<ActiveOrders>> {
  const s = useOrderStatusWords()
  const orders = useOrders()
  useOrderAlerts(orders)
  return computed(() => {
    const moment = orders.moment.value
    const active = orders.current.value.filter((view) => isOpenMatter(view, moment))
    const first = active[0]
    if (!first) return { count: 0, headline: '', situation: null }
    const situation = orders.situation(first)
    return {
      count: active.length,
      headline: headlineOf(s.value.headline, first, situation, unreadAnswer(first, moment)),
      situation,
    }
  })
}
