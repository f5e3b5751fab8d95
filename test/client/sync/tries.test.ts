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
  sender.takeTries()
  sender.tellNextTry(5000)
  await heard()
  const later = await openTab('desk')
  await heard()
  expect([beside, later, customer].map((tab) => tab.nextTryAtMs.value)).toEqual([5000, 5000, null])
  customer.takeTries()
  customer.tellNextTry(null)
  await heard()
  expect(beside.nextTryAtMs.value).toBe(5000)
})

test('a tab that no longer sends tells and answers nobody, and believes the one that does', async () => {
  const first = await openTab('till')
  first.takeTries()
  first.tellNextTry(5000)
  const second = await openTab('till')
  await heard()
  // Robbed while it slept, it wakes in the middle of its work.
  first.leaveTries()
  first.tellNextTry(7000)
  await heard()
  expect([first, second].map((tab) => tab.nextTryAtMs.value)).toEqual([5000, 5000])
  second.takeTries()
  second.tellNextTry(9000)
  await heard()
  expect(first.nextTryAtMs.value).toBe(9000)
})

test('with nobody sending, no tab passes on what it once heard', async () => {
  const first = await openTab('kitchen')
  first.takeTries()
  first.tellNextTry(5000)
  const beside = await openTab('kitchen')
  await heard()
  first.leaveTries()
  const later = await openTab('kitchen')
  await heard()
  expect([beside, later].map((tab) => tab.nextTryAtMs.value)).toEqual([5000, null])
})
