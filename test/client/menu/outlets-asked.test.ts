import { afterEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { openTab, takePhone, until } from '../../support/phone-tab.ts'

const outlet = (id: string) => ({ id, slug: id, name: id })

afterEach(() => vi.restoreAllMocks())

async function ask() {
  const { useOutlets } = await import('../../../client/menu/useOutlets.ts')
  const scope = effectScope()
  const asked = scope.run(() => useOutlets([]))
  if (!asked) throw new Error('The scope is there.')
  return { ...asked, ids: () => asked.outlets.value.map(({ id }) => id), stop: () => scope.stop() }
}

test('the outlets that the server names are shown while the storage has not answered', async () => {
  takePhone()
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => ({}) as IDBOpenDBRequest)
  vi.stubGlobal('fetch', async () => Response.json({ outlets: [outlet('out_1')] }))
  await openTab()
  const { ids, isWhole, stop } = await ask()
  await until(() => isWhole.value, 1000)
  expect(ids()).toEqual(['out_1'])
  stop()
})

test('what this phone knows is shown until the server answers, and never after', async () => {
  takePhone()
  const tab = await openTab()
  await tab.db.writeSetting('outlets', [outlet('out_1')])
  const { promise, resolve: answer } = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', () => promise)
  const { ids, isWhole, stop } = await ask()
  await until(() => ids().length === 1)
  expect([ids(), isWhole.value]).toEqual([['out_1'], false])
  answer(Response.json({ outlets: [outlet('out_2')] }))
  await until(() => isWhole.value)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(ids()).toEqual(['out_2'])
  stop()
})
