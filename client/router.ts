import { createRouter, createWebHistory } from 'vue-router'
import MenuPage from './pages/customer/MenuPage.vue'

// The menu comes with the app itself: it is the first view of every scan, and one more round trip would delay it.
export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', name: 'menu', component: MenuPage },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})
