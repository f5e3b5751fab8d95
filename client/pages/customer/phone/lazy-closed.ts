import { defineAsyncComponent } from 'vue'

// Few phones are ever full or closed: no page waits for the words about it.
export const StorageNotice = defineAsyncComponent(() => import('./StorageNotice.vue'))
export const ClosedPhone = defineAsyncComponent(() => import('./ClosedPhone.vue'))
