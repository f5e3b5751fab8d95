import { createRouter, createWebHistory } from 'vue-router'
import HomePage from './pages/customer/HomePage.vue'
import OutletPage from './pages/customer/OutletPage.vue'
import ScanPage from './pages/customer/ScanPage.vue'

// The menu comes with the app itself: it is the first view of every scan, and one more round trip would delay it.
export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'home', component: HomePage },
    { path: '/t/:token', name: 'scan', component: ScanPage, props: true },
    { path: '/o/:slug', name: 'outlet', component: OutletPage, props: true },
    { path: '/orders', name: 'orders', component: () => import('./pages/customer/OrdersPage.vue') },
    { path: '/:rest(.*)*', component: () => import('./pages/NotFoundPage.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})
