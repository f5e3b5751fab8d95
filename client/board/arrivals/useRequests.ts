import { computed, nextTick, ref, watch } from 'vue'
import type { Order } from '#shared/ordering/order.ts'
import { useWords } from '../../i18n/staff/staff-words.ts'
import { useSound } from '../../ui/device/useSound.ts'
import { COLUMNS, type Column, columnOf } from '../board-view.ts'
import { orderPlace } from '../order-place.ts'
import { useBoard } from '../useBoard.ts'
import { tableNames } from './table-names.ts'

/** Makes a guest's wish to change or cancel known: it rings once and stays in the strip until it is answered. */
export function useRequests(show: (column: Column) => void) {
  const t = useWords()
  const board = useBoard()
  const { chime } = useSound()
  const spoken = ref('')
  const known = new Set<string>()

  /** The longest waiting first. */
  const asking = computed(() =>
    COLUMNS.flatMap((column) => board.view.value.columns[column].map(({ order }) => order))
      .filter(({ request }) => request?.answer === null)
      .sort((a, b) => askedAtMs(a) - askedAtMs(b)),
  )
  const title = computed(() => t.value.board.requests.news(asking.value.length))
  const tables = computed(() => tableNames(asking.value))

  watch(
    asking,
    (orders) => {
      const news = orders.filter((order) => !known.has(keyOf(order)))
      for (const order of news) known.add(keyOf(order))
      if (news.length === 0) return
      chime('arrival', 0.8)
      spoken.value = news.map(sentenceOf).join('. ')
    },
    { immediate: true },
  )

  function sentenceOf({ tableLabel, pickup, request }: Order): string {
    const { wantsCancel, wantsChange } = t.value.board.ticket
    const wish = request?.kind === 'cancel' ? wantsCancel : wantsChange
    return t.value.board.requests.spoken(
      orderPlace({ tableLabel, pickup }, t.value),
      wish,
      request?.note ?? '',
    )
  }

  /** To the card whose guest has waited longest. */
  async function look(): Promise<void> {
    const order = asking.value[0]
    const column = order && columnOf(order.status)
    if (!order || !column) return
    show(column)
    await nextTick()
    const card = document.querySelector<HTMLElement>(`[data-order="${order.id}"]`)
    card?.scrollIntoView({ block: 'start' })
    card?.focus({ preventScroll: true })
  }

  return { asking, title, tables, spoken, look }
}

function askedAtMs({ request }: Order): number {
  return request?.askedAtMs ?? 0
}

/** A guest may ask again after an answer; that is news once more. */
function keyOf(order: Order): string {
  return `${order.id} ${askedAtMs(order)}`
}
