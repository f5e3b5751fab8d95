import { defineAsyncComponent } from 'vue'

/** Comes after the table was closed: no page waits for it. */
export const ClosedBill = defineAsyncComponent(() => import('../../../payment/bill/ClosedBill.vue'))

/** Few orders are cancelled after they were paid: no page waits for the words about it. */
export const MoneyBackLink = defineAsyncComponent(() => import('../../../payment/bill/MoneyBackLink.vue'))

/** Few have paid yet while they wait for their orders: no page waits for the words about it. */
export const TableStanding = defineAsyncComponent(async () => {
  const [component, { loadPaymentStyle }] = await Promise.all([
    import('../../../payment/bill/TableStanding.vue'),
    import('../../../payment/style/payment-style.ts'),
  ])
  await loadPaymentStyle()
  return component
})

/** Few sit down again while an earlier table of theirs owes: no page waits for the words about it. */
export const EarlierDebts = defineAsyncComponent(() => import('../../../payment/bill/EarlierDebts.vue'))
