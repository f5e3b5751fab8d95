import { defineAsyncComponent } from 'vue'

/** Few orders are cancelled after they were paid: no page waits for the words about it. */
export const MoneyBackLink = defineAsyncComponent(() => import('../../../payment/bill/MoneyBackLink.vue'))
