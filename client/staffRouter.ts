import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory('/staff/'),
  routes: [
    { path: '/board', name: 'board', component: () => import('./pages/board/BoardPage.vue') },
    { path: '/:rest(.*)*', redirect: '/board' },
  ],
})
