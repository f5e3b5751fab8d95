import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { describeOnBoth } from '../support/both-databases.ts'
import { createTestShop, PIN } from '../support/test-shop.ts'

describeOnBoth('what the door keeps of an answer', (dialect) => {
  test('nothing of what strangers were refused: wrong guesses must not fill the disk', async () => {
    const shop = await createTestShop({ dialect })
    const isKept = async (id: string) =>
      (await shop.database.read.get(sql`SELECT 1 FROM commands WHERE id = ${id}`)) !== undefined
    const args = { code: 'K7PM-2XQD', deviceId: shop.id('dev'), label: 'Tablet' }
    const guess = await shop.stranger().send('device.enrol', args)
    expect([guess.body.ok, await isKept(guess.id)]).toEqual([false, false])
    const barista = await shop.staff('barista')
    const refused = await barista.send('order.accept', { orderId: shop.id('ord'), readyInMinutes: 5 })
    expect([refused.body.ok, await isKept(refused.id)]).toEqual([false, true])
  })

  test('and says it again only as far as its sender may still read', async () => {
    const shop = await createTestShop({ dialect })
    const [here, there] = [(await shop.outlet()).id, (await shop.outlet('ayahanda')).id]
    const manager = await shop.staff('manager')
    const work = (outletIds: readonly string[]) =>
      shop.asHouse('staff.change', {
        staffId: manager.staffId,
        name: 'Sari',
        role: 'manager',
        outletIds,
        isActive: true,
      })
    const signIn = () => manager.send('staff.sign_in', { staffId: manager.staffId, pin: PIN })
    await work([here, there])
    await signIn()
    const args = {
      staffId: shop.id('stf'),
      name: 'Budi',
      role: 'barista',
      pin: PIN,
      outletIds: [here, there],
    }
    const streamsOf = (answer: { body: { changes: readonly { stream: string }[] } }) =>
      answer.body.changes.map(({ stream }) => stream).toSorted()
    const first = await manager.send('staff.add', args)
    expect(streamsOf(first)).toEqual([`desk:${here}`, `desk:${there}`].toSorted())
    await work([here])
    await signIn()
    const again = await manager.send('staff.add', args, { id: first.id })
    expect([again.body.result, streamsOf(again)]).toEqual([first.body.result, [`desk:${here}`]])
  })
})
