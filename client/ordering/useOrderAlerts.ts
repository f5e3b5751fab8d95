import { onScopeDispose, readonly, ref, watch } from 'vue'
import { useWords } from '../i18n/customer/customerWords.ts'
import { readSetting, writeSetting } from '../ui/device/deviceSettings.ts'
import { useSound } from '../ui/device/useSound.ts'
import { headlineOf, orderNumber } from './order-headline.ts'
import type { OrderView, Situation } from './order-views.ts'
import type { Orders } from './useOrders.ts'

const soundKey = 'meja.order-sound'
const isSoundWanted = ref(readSetting(soundKey) !== 'off')
const politeNews = ref('')
const urgentNews = ref('')

/** What each order was last known to be, for the whole app: a change is told once, whichever page is open. */
const told = new Map<string, Situation>()
let isFirstLook = true
let rangWhileHidden = false
let readyTitle: string | null = null
let plainTitle = ''

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
  const t = useWords()
  const { chime, unlockSound } = useSound()

  function ring(): void {
    if (document.visibilityState === 'hidden') rangWhileHidden = true
    if (isSoundWanted.value) chime('ready')
    // Refused before the first tap, and missing on iPhones; the title, the page and the sound remain.
    navigator.vibrate?.([220, 90, 220, 90, 420])
  }

  function tell(view: OrderView, situation: Situation): void {
    const headline = headlineOf(t.value.orders.headline, view, situation)
    const sentence =
      view.kind === 'sent' ? t.value.orders.news(orderNumber(view.order.number), headline) : headline
    if (situation === 'ready') {
      urgentNews.value = sentence
      if (view.kind === 'sent' && view.isOwn) ring()
    } else politeNews.value = sentence
  }

  watch(
    () => orders.current.value.map((view) => ({ view, situation: orders.situation(view) })),
    (seen) => {
      if (!orders.isRead.value) return
      for (const { view, situation } of seen) {
        const before = told.get(view.id)
        if (before === situation) continue
        told.set(view.id, situation)
        if (!isFirstLook && !isOnlyLessKnown(before, situation)) tell(view, situation)
      }
      isFirstLook = false
      const ready = seen.find(({ view, situation }) => situation === 'ready' && isOwn(view))?.view
      retitle(ready?.kind === 'sent' ? t.value.orders.readyTitle(orderNumber(ready.order.number)) : null)
    },
    { immediate: true },
  )

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
