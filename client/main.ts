import './ui/bootText.ts'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { loadWords } from './i18n/useLanguage.ts'
import { router } from './router.ts'
import { applyTheme } from './ui/useTheme.ts'

applyTheme()
const app = createApp(App).use(createPinia()).use(router)
// The server's first paint stays until the page can replace it whole; mounting earlier would flash an empty screen.
await router.isReady()
await loadWords()
app.mount('#app')
