import { afterEach, expect, test, vi } from 'vitest'

/** The module as another tab of this browser has it. */
async function openTab(app: string) {
  vi.resetModules()
  const tab = await import('../../../client/sync/tries.ts')
  tab.shareTries(`${app}-tries`)
  return tab
}

const heard = () => new Promise((resolve) => setTimeout(resolve, 30))

afterEach(() => vi.resetModules())

test('the tabs of one app know when it is tried again, also those opened later; the other app hears nothing', async () => {
  const sender = await openTab('desk')
  const beside = await openTab('desk')
  const customer = await openTab('customer')
  sender.tellNextTry(5000)
  await heard()
  const later = await openTab('desk')
  await heard()
  expect([beside, later, customer].map((tab) => tab.nextTryAtMs.value)).toEqual([5000, 5000, null])
  customer.tellNextTry(null)
  await heard()
  expect(beside.nextTryAtMs.value).toBe(5000)
})

test('a tab that no longer sends answers nobody', async () => {
  const first = await openTab('desk')
  first.tellNextTry(5000)
  first.leaveTries()
  const second = await openTab('desk')
  second.tellNextTry(9000)
  const third = await openTab('desk')
  await heard()
  expect([first, third].map((tab) => tab.nextTryAtMs.value)).toEqual([9000, 9000])
})
