import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { loadWords } from './i18n/useLanguage.ts'
import StaffApp from './StaffApp.vue'
import { router } from './staffRouter.ts'
import { applyTheme } from './ui/useTheme.ts'

applyTheme()
const app = createApp(StaffApp).use(createPinia()).use(router)
await router.isReady()
await loadWords()
app.mount('#app')
