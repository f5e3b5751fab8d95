import { computed, onScopeDispose, ref, watch } from 'vue'
import { isUnseen } from '#shared/ordering/order.ts'
import { useWords } from '../../i18n/staff/staff-words.ts'
import { useSpoken } from '../../i18n/useSpoken.ts'
import { useSound } from '../../ui/device/useSound.ts'
import { orderPlace } from '../order-place.ts'
import { formatAge } from '../ticket/ticket-age.ts'
import { useBoard } from '../useBoard.ts'
import { tableNames } from './table-names.ts'

const TICK_MS = 1000
const CALM_EVERY_MS = 5000
const URGENT_EVERY_MS = 3000

/** Makes a new order known until somebody has looked: sound, notice, page title, screen reader. */
export function useArrivals() {
  const t = useWords()
  const say = useSpoken()
  const board = useBoard()
  const { chime } = useSound()
  const spoken = ref('')
  const known = new Set<string>()
  let rangAtMs = 0
  let isTitleOn = false

  const unseen = computed(() =>
    board.view.value.columns.placed
      .map(({ order }) => order)
      .filter((order) => order.seenAtMs === null && !board.isEndedByClosing(order)),
  )
  const oldestMs = computed(() => Math.min(...unseen.value.map((order) => order.placedAtMs)))
  const isEscalated = computed(() => unseen.value.some((order) => isUnseen(order, board.nowMs.value)))
  const tables = computed(() => tableNames(unseen.value))
  const title = computed(() => {
    const { waits, news } = t.value.board.arrivals
    return isEscalated.value ? waits(unseen.value.length) : news(unseen.value.length)
  })
  /** Of the one that has waited longest, and of no other. */
  const oldest = computed(() => t.value.board.arrivals.oldest(formatAge(board.nowMs.value - oldestMs.value)))

  function ring(): void {
    rangAtMs = Date.now()
    if (isEscalated.value) chime('urgent', 1)
    else chime('arrival', 0.8)
  }

  /** Its own timer: the page's clock rests while the board is hidden, and then the bell matters most. */
  function tick(): void {
    const everyMs = isEscalated.value ? URGENT_EVERY_MS : CALM_EVERY_MS
    if (unseen.value.length > 0 && Date.now() - rangAtMs >= everyMs) ring()
    isTitleOn = unseen.value.length > 0 && !(isEscalated.value && isTitleOn)
    document.title = isTitleOn ? t.value.board.arrivals.titleNew(unseen.value.length) : baseTitle()
  }

  function baseTitle(): string {
    const name = board.outlet.value?.name
    return name ? `${name} · ${t.value.board.title}` : t.value.board.title
  }

  watch(unseen, (orders) => {
    const news = orders.filter((order) => !known.has(order.id))
    for (const order of news) known.add(order.id)
    if (news.length === 0) return
    ring()
    spoken.value = news
      .map((order) => {
        const items = order.lines.map((line) => `${line.quantity}× ${say(line.name)}`).join(', ')
        return t.value.board.arrivals.spoken(orderPlace(order, t.value), items)
      })
      .join('. ')
  })
  const timer = window.setInterval(tick, TICK_MS)
  onScopeDispose(() => {
    window.clearInterval(timer)
    document.title = t.value.app.name
  })

  /** Somebody looks: the bell rests, and the guests' phones say so. */
  async function look(): Promise<void> {
    const orderIds = unseen.value.map(({ id }) => id).slice(0, 100)
    if (orderIds.length > 0) await board.send('order.see', { orderIds })
    const first = document.querySelector<HTMLElement>(`[data-order="${orderIds[0]}"]`)
    first?.scrollIntoView({ block: 'nearest' })
    first?.focus({ preventScroll: true })
  }

  return { unseen, isEscalated, title, oldest, tables, spoken, look }
}
