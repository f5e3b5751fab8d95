import { createApp } from 'vue'
import { loadWords } from './i18n/useLanguage.ts'
import StaffApp from './StaffApp.vue'
import { startDeskSync } from './staff/desk-sync.ts'
import { useDesk } from './staff/useDesk.ts'
import { router } from './staff-router.ts'
import { openDatabase } from './sync/db.ts'
import { applyTheme } from './ui/device/useTheme.ts'
import { keepFocus } from './ui/focus/focus-keeper.ts'

openDatabase('meja-staff')
applyTheme()
const { restore, refresh, desk } = useDesk()
await restore()
// What is known opens at once, also without a network; a new device has to ask before it can show a door.
if (!desk.value) await refresh()
void startDeskSync()
const app = createApp(StaffApp).use(router)
await router.isReady()
await loadWords()
app.mount('#app')
keepFocus()
