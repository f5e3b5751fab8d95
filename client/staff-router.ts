import { createRouter, createWebHistory } from 'vue-router'
import { readCode } from './staff/code/kept-code.ts'
import type { DeskStep } from './staff/desk.ts'
import { useDesk } from './staff/useDesk.ts'
import { focusHeadlines } from './ui/focus/headline-focus.ts'

const doors: Readonly<Partial<Record<DeskStep, string>>> = {
  setup: '/setup',
  enrol: '/enrol',
  signin: '/signin',
  unreachable: '/unreachable',
}

export const router = createRouter({
  history: createWebHistory('/staff/'),
  routes: [
    { path: '/board', name: 'board', component: () => import('./pages/board/BoardPage.vue') },
    { path: '/display', name: 'display', component: () => import('./pages/board/DisplayPage.vue') },
    { path: '/cashier', name: 'cashier', component: () => import('./pages/board/CashierPage.vue') },
    { path: '/signin', name: 'signin', component: () => import('./pages/board/SignInPage.vue') },
    { path: '/setup', name: 'setup', component: () => import('./pages/board/SetupPage.vue') },
    { path: '/enrol', name: 'enrol', component: () => import('./pages/board/EnrolPage.vue') },
    {
      path: '/unreachable',
      name: 'unreachable',
      component: () => import('./pages/board/UnreachablePage.vue'),
    },
    {
      path: '/manager',
      component: () => import('./pages/manager/ManagerPage.vue'),
      children: [
        { path: '', name: 'manager', component: () => import('./pages/manager/HomePage.vue') },
        { path: 'codes', name: 'manager-codes', component: () => import('./pages/manager/CodesPage.vue') },
        { path: 'menu', name: 'manager-menu', component: () => import('./pages/manager/MenuPage.vue') },
        { path: 'people', name: 'manager-people', component: () => import('./pages/manager/PeoplePage.vue') },
        {
          path: 'devices',
          name: 'manager-devices',
          component: () => import('./pages/manager/DevicesPage.vue'),
        },
        {
          path: 'payment',
          name: 'manager-payment',
          component: () => import('./pages/manager/PaymentPage.vue'),
        },
        { path: 'day', name: 'manager-day', component: () => import('./pages/manager/DayPage.vue') },
        { path: 'outlet', name: 'manager-outlet', component: () => import('./pages/manager/OutletPage.vue') },
      ],
    },
    { path: '/', redirect: '/board' },
    {
      path: '/:rest(.*)*',
      name: 'lost',
      component: () => import('./pages/NotFoundPage.vue'),
      props: { isStaff: true },
    },
  ],
})

const doorPaths: readonly string[] = ['/setup', '/enrol', '/signin', '/unreachable']

router.beforeEach((to) => {
  // That an address leads nowhere is no secret: nobody has to sign in to be told.
  if (to.name === 'lost') return true
  const { step } = useDesk()
  const door = doors[step.value]
  if (door === undefined) return to.path === '/enrol' || !doorPaths.includes(to.path) ? true : '/board'
  // An invited device may enrol anew, and a link with a set-up code is answered by the server, not guessed here.
  const isCodeBrought = to.hash !== '' || readCode('setup').code !== ''
  if (to.path === door || to.path === '/enrol' || (to.path === '/setup' && isCodeBrought)) return true
  return { path: door, query: doorPaths.includes(to.path) ? {} : { next: to.fullPath } }
})

focusHeadlines(router)
