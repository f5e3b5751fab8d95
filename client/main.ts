import './ui/boot-text.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { loadWords } from './i18n/useLanguage.ts'
import { readOutletRows } from './menu/useOutletMenu.ts'
import { useCart } from './ordering/cart/useCart.ts'
import { prepareUsual } from './ordering/usual/useUsual.ts'
import { router } from './router.ts'
import { openDatabase } from './sync/db.ts'
import { tryCookies } from './sync/phone-closure.ts'
import { addEarlyRows, boot } from './tables/boot.ts'
import { startSync } from './tables/customer-streams.ts'
import { restoreSeat, useSeat } from './tables/useSeat.ts'
import { applyTheme } from './ui/device/useTheme.ts'
import { keepFocus } from './ui/focus/focus-keeper.ts'

/** With the menu in the page, storage may delay the app by this much at most; what comes later still counts. */
const PATIENCE_MS = 150

openDatabase('meja-customer')
applyTheme()
const app = createApp(App).use(createPinia()).use(router)

async function readMenuAhead(): Promise<void> {
  await restoreSeat()
  const { seat, lastOutletId } = useSeat()
  const outletId = seat.value?.outletId ?? lastOutletId.value
  if (outletId) addEarlyRows(`outlet:${outletId}`, await readOutletRows(outletId))
}

/** Reads what this phone holds before the first mount, so that nothing moves afterwards. */
async function readStorage(): Promise<void> {
  const read = Promise.allSettled([readMenuAhead(), useCart().restore(), prepareUsual()])
  const patience = new Promise((resolve) => setTimeout(resolve, boot?.outletId ? PATIENCE_MS : 2000))
  await Promise.race([read, patience])
}

// The server's first paint stays until the page can replace it whole; mounting earlier would flash an empty screen.
await Promise.all([readStorage(), router.isReady().then(loadWords)])
app.mount('#app')
keepFocus()
tryCookies()
void startSync()
