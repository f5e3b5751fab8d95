import { onScopeDispose, readonly, ref, watch } from 'vue'
import { useOrderStatusWords } from '../i18n/orders/order-status-words.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { readSetting, writeSetting } from '../ui/device/device-settings.ts'
import { useSound } from '../ui/device/useSound.ts'
import { headlineOf, orderNumber } from './order-headline.ts'
import { type RequestAnswer, unreadAnswer } from './order-news.ts'
import type { OrderView, Situation } from './order-views.ts'
import type { Orders } from './useOrders.ts'

/** Long enough to be read out; after it, who looks through the page finds nothing that was true once. */
const NEWS_MS = 15_000
const soundKey = 'meja.order-sound'
const isSoundWanted = ref(readSetting(soundKey) !== 'off')
const politeNews = ref('')
const urgentNews = ref('')

/** What each order was last known to be, for the whole app: a change is told once, whichever page is open. */
type Told = { readonly situation: Situation; readonly answer: RequestAnswer | null }
const told = new Map<string, Told>()
let isFirstLook = true
let rangWhileHidden = false
let readyTitle: string | null = null
let plainTitle = ''

let fading: number | undefined

function silence(): void {
  politeNews.value = ''
  urgentNews.value = ''
}

/** News for the page's two live regions; changes of state only, never the passing minutes. */
export function useOrderNews() {
  return { politeNews: readonly(politeNews), urgentNews: readonly(urgentNews) }
}

export function useReadySound() {
  function setSoundWanted(isWanted: boolean): void {
    isSoundWanted.value = isWanted
    writeSetting(soundKey, isWanted ? null : 'off')
  }
  return { isSoundWanted: readonly(isSoundWanted), setSoundWanted }
}

/** Rings, shakes, retitles the page and fills the live regions when an order's situation changes. */
export function useOrderAlerts(orders: Orders): void {
  const s = useOrderStatusWords()
  const { chime, unlockSound } = useSound()

  function ring(): void {
    if (document.visibilityState === 'hidden') rangWhileHidden = true
    if (isSoundWanted.value) chime('ready')
    // Refused before the first tap, and missing on iPhones; the title, the page and the sound remain.
    navigator.vibrate?.([220, 90, 220, 90, 420])
  }

  function tell(view: OrderView, situation: Situation, answer: RequestAnswer | null): void {
    const headline = headlineOf(s.value.headline, view, situation, answer)
    const sentence = view.kind === 'sent' ? s.value.news(orderNumber(view.order.number), headline) : headline
    if (situation === 'ready') {
      urgentNews.value = sentence
      if (view.kind === 'sent' && view.isOwn) ring()
    } else politeNews.value = sentence
    window.clearTimeout(fading)
    fading = window.setTimeout(silence, NEWS_MS)
  }

  watch(
    () =>
      orders.current.value.map((view) => ({
        view,
        situation: orders.situation(view),
        answer: unreadAnswer(view, orders.moment.value),
      })),
    (seen) => {
      if (!orders.isRead.value) return
      for (const { view, situation, answer } of seen) {
        const before = told.get(view.id)
        told.set(view.id, { situation, answer })
        if (isFirstLook) continue
        if (answer !== null && answer !== before?.answer) tell(view, situation, answer)
        else if (situation !== before?.situation && !isOnlyLessKnown(before?.situation, situation)) {
          tell(view, situation, null)
        }
      }
      isFirstLook = false
      const ready = seen.find(({ view, situation }) => situation === 'ready' && isOwn(view))?.view
      retitle(ready?.kind === 'sent' ? s.value.readyTitle(orderNumber(ready.order.number)) : null)
    },
    { immediate: true },
  )

  // What was said in the language before is not said again in this one.
  watch(useLanguage().language, silence)

  const ears = new AbortController()
  const { signal } = ears
  // The first tap or key anywhere lets the phone ring later.
  for (const type of ['click', 'keydown']) {
    document.addEventListener(type, () => void unlockSound(), { capture: true, once: true, signal })
  }
  document.addEventListener('visibilitychange', ringAgain, { signal })
  /** A phone in a pocket may have kept silent: ring once more when its owner looks. */
  function ringAgain(): void {
    if (document.visibilityState !== 'visible' || !rangWhileHidden) return
    rangWhileHidden = false
    const isStillReady = orders.current.value.some(
      (view) => isOwn(view) && orders.situation(view) === 'ready',
    )
    if (isStillReady) ring()
  }
  onScopeDispose(() => {
    ears.abort()
    retitle(null)
  })
}

/** The connection went, so "unseen for a minute" can no longer be claimed: nothing happened to the order. */
function isOnlyLessKnown(before: Situation | undefined, now: Situation): boolean {
  return before === 'unseen' && (now === 'placed' || now === 'unproven')
}

/** Shows `title` in the tab as long as it is wanted, whatever the page calls itself meanwhile. */
function retitle(title: string | null): void {
  if (document.title !== readyTitle) plainTitle = document.title
  if (title !== null && document.title !== title) document.title = title
  else if (title === null && readyTitle !== null) document.title = plainTitle
  readyTitle = title
}

function isOwn(view: OrderView): boolean {
  return view.kind === 'sent' && view.isOwn
}
