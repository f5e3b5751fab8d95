import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop, PIN } from '../../support/test-shop.ts'

const NOWHERE = 'out_00000000000000000000000000'

describeOnBoth('nobody is hired for, and no table put in, a place that does not exist', (dialect) => {
  test('a person is neither hired for nor moved to an unknown outlet', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const outlet = await shop.outlet()
    const staffId = shop.id('stf')
    const hire = (outletIds: readonly string[]) =>
      owner.send('staff.add', { staffId, name: 'Bayu', role: 'barista', pin: PIN, outletIds })
    expect((await hire([outlet.id, NOWHERE])).body.refusal.code).toBe('outlet.unknown')
    expect((await hire([outlet.id])).status).toBe(200)
    const moved = { staffId, name: 'Bayu', role: 'barista', outletIds: [NOWHERE], isActive: true }
    expect((await owner.send('staff.change', moved)).body.refusal.code).toBe('outlet.unknown')
  })

  test('a table is neither added nor moved to an area that the outlet has not', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const outlet = await shop.outlet()
    const areaId = outlet.areas[0]?.id ?? ''
    const table = { tableId: shop.id('tbl'), areaId, label: 'Z9', seats: 2 }
    const refusal = { code: 'request.invalid', field: 'areaId' }
    const lost = await manager.send('table.add', { ...table, outletId: outlet.id, areaId: 'the-moon' })
    expect([lost.status, lost.body.refusal]).toEqual([422, refusal])
    expect((await manager.send('table.add', { ...table, outletId: outlet.id })).status).toBe(200)
    const moved = await manager.send('table.change', { ...table, areaId: 'the-moon', isActive: true })
    expect([moved.status, moved.body.refusal]).toEqual([422, refusal])
    expect((await manager.send('table.change', { ...table, seats: 4, isActive: true })).status).toBe(200)
  })

  test('a table whose area was taken away since is still changed where it stands, and not put back there', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const { id: outletId, rev: _, load: __, ...settings } = await shop.outlet()
    const [gone, ...areas] = settings.areas
    const [areaId, otherId] = [gone?.id ?? '', areas[0]?.id ?? '']
    const table = { tableId: shop.id('tbl'), label: 'Z9', seats: 2 }
    await manager.send('table.add', { ...table, outletId, areaId })
    await shop.asHouse('outlet.change', { outletId, settings: { ...settings, areas } })
    const change = (wish: object) => manager.send('table.change', { ...table, isActive: true, ...wish })
    expect((await change({ areaId, seats: 4 })).status).toBe(200)
    expect((await change({ areaId, isActive: false })).status).toBe(200)
    expect((await change({ areaId: otherId })).status).toBe(200)
    expect((await change({ areaId })).body.refusal).toEqual({ code: 'request.invalid', field: 'areaId' })
  })
})
