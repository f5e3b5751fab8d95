import { type Component, defineAsyncComponent, markRaw, shallowRef } from 'vue'

/** What the first view does not need, fetched as soon as it stands, so that it opens at once and without signal. */
export const ActiveOrdersBar = defineAsyncComponent(() => import('./ActiveOrdersBar.vue'))

/** Only for somebody without a table: no scan of one fetches it. */
export const PickupLine = defineAsyncComponent(async () => {
  const [line, { loadPickupStyle }] = await Promise.all([
    import('../../../ordering/pickup/PickupLine.vue'),
    import('../../../ordering/pickup/style/pickup-style.ts'),
  ])
  await loadPickupStyle()
  return line
})

function lazy<Loaded extends Component>(load: () => Promise<{ default: Loaded }>) {
  const loaded = shallowRef<Loaded | null>(null)
  /** False when it cannot be fetched now; the next call tries again. */
  async function ready(): Promise<boolean> {
    try {
      loaded.value ??= markRaw((await load()).default)
      return true
    } catch {
      return false
    }
  }
  return { loaded, ready }
}

export const itemSheet = lazy(() => import('../../../menu/item/ItemSheet.vue'))
export const cartSheet = lazy(() => import('../../../ordering/cart/CartSheet.vue'))
export const settingsSheet = lazy(() => import('../phone/SettingsSheet.vue'))

/** Call it once the first view stands. */
export function prefetchSheets(): void {
  const idle = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 300))
  idle(() => {
    void itemSheet.ready()
    void cartSheet.ready()
    void settingsSheet.ready()
  })
}

/** Call it once somebody means to order: the page that follows is then there, also when the signal goes. */
export function prefetchOrdersPage(): void {
  // Only warmed up: a failure shows when it is used.
  void import('../OrdersPage.vue').catch(() => undefined)
}
