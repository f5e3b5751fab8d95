import { createRouter, createWebHistory } from 'vue-router'
import HomePage from './pages/customer/HomePage.vue'
import OutletPage from './pages/customer/OutletPage.vue'
import ScanPage from './pages/customer/ScanPage.vue'
import { focusHeadlines } from './ui/focus/headline-focus.ts'

/** A page of paying with its look; see payment-style.ts. */
function withStyle<Page>(load: () => Promise<Page>): () => Promise<Page> {
  return async () => {
    const [page, { loadPaymentStyle }] = await Promise.all([
      load(),
      import('./payment/style/payment-style.ts'),
    ])
    await loadPaymentStyle()
    return page
  }
}

/** What belongs to a pick-up, with its look. */
function withPickupStyle<Page>(load: () => Promise<Page>): () => Promise<Page> {
  return async () => {
    const [page, { loadPickupStyle }] = await Promise.all([
      load(),
      import('./ordering/pickup/style/pickup-style.ts'),
    ])
    await loadPickupStyle()
    return page
  }
}

// The menu comes with the app itself: it is the first view of every scan, and one more round trip would delay it.
export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'home', component: HomePage },
    { path: '/t/:token', name: 'scan', component: ScanPage, props: true },
    { path: '/o/:slug', name: 'outlet', component: OutletPage, props: true },
    { path: '/orders', name: 'orders', component: () => import('./pages/customer/OrdersPage.vue') },
    {
      path: '/pickup/:id',
      props: true,
      component: withPickupStyle(() => import('./pages/customer/PickupPage.vue')),
    },
    { path: '/bill', component: withStyle(() => import('./pages/customer/BillPage.vue')) },
    { path: '/pay', component: withStyle(() => import('./pages/customer/PayPage.vue')) },
    { path: '/pay/:id', props: true, component: withStyle(() => import('./pages/customer/PaymentPage.vue')) },
    {
      path: '/receipt/:id',
      props: true,
      component: withStyle(() => import('./pages/customer/ReceiptPage.vue')),
    },
    { path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

focusHeadlines(router)
