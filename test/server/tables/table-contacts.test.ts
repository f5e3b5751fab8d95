import sql from 'sql-template-tag'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { type Table, type Touchpoint, tableSchema } from '#shared/tables/table.ts'
import { migrate } from '../../../server/platform/database/migrate.ts'
import { putRecord, readChanges, readRecord } from '../../../server/platform/database/records.ts'
import { forgetOld } from '../../../server/upkeep/forgetting.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

const TWO_DAYS_MS = 48 * 3_600_000

async function tableOf(shop: TestShop, label = 'A1'): Promise<Table> {
  const { id } = await shop.table(label)
  return v.parse(tableSchema, await readRecord(shop.read, 'table', id))
}

describeOnBoth('a table counts the phones whose first contact it was', (dialect) => {
  test('each once, and they stay counted when they are forgotten', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    expect((await tableOf(shop)).contacts).toBeUndefined()
    const phone = await shop.phone('A1')
    await shop.phone('A1')
    await phone.send('code.scan', { token: (await shop.table('A1')).token })
    // It was known before it sat down elsewhere.
    await phone.send('code.scan', { token: (await shop.table('A2')).token })
    await shop.phone('A3')
    const counts = async () =>
      Promise.all(['A1', 'A2', 'A3'].map(async (label) => (await tableOf(shop, label)).contacts))
    expect(await counts()).toEqual([2, undefined, 1])
    const desk = await shop.readStream(manager, `desk:${(await shop.outlet()).id}`)
    const told = desk?.findLast(({ kind, body }) => kind === 'table' && (body as Table).label === 'A1')
    expect(told?.body).toMatchObject({ contacts: 2 })
    shop.clock.turn(TWO_DAYS_MS)
    await forgetOld(shop.door)
    expect(await shop.count('customers')).toBe(0)
    expect(await counts()).toEqual([2, undefined, 1])
  })

  test('a new sticker and a change of the table keep the count', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    await shop.phone('A1')
    const { id: tableId, outletId, areaId } = await tableOf(shop)
    await manager.send('table.rotate', { outletId, tableIds: [tableId] })
    await shop.phone('A1')
    await manager.send('table.change', { tableId, areaId, label: 'A1', seats: 8, isActive: true })
    expect(await tableOf(shop)).toMatchObject({ contacts: 2, seats: 8 })
  })

  test('another code counts for itself, a link for none', async () => {
    const shop = await createTestShop({ dialect })
    const { id: outletId } = await shop.outlet()
    const code = await shop.read.get<{ token: string; id: string }>(sql`
      SELECT token, touchpoint_id AS id FROM codes WHERE outlet_id = ${outletId} AND touchpoint_id IS NOT NULL`)
    await shop.stranger().send('code.scan', { token: code?.token })
    await shop.stranger().send('phone.begin', { outletId })
    const touchpoint = await readRecord<Touchpoint>(shop.read, 'touchpoint', code?.id ?? '')
    expect(touchpoint?.contacts).toBe(1)
    const tables = await shop.read.all<{ body: string }>(sql`SELECT body FROM records WHERE kind = 'table'`)
    expect(tables.filter(({ body }) => body.includes('contacts'))).toEqual([])
  })
})

describeOnBoth('tables of an earlier program, which did not count', (dialect) => {
  test('start from the phones that are still known, by old stickers too, and open pages hear of it', async () => {
    const shop = await createTestShop({ dialect })
    const table = await tableOf(shop)
    await shop.phone('A1')
    await shop.phone('A2')
    await shop.asHouse('table.rotate', { outletId: table.outletId, tableIds: [table.id] })
    await shop.phone('A1')
    const label = 'A"}1 \\ 😀'
    const { contacts: _, ...uncounted } = await tableOf(shop)
    const before = { ...uncounted, label, rev: 12 }
    const desk = `desk:${table.outletId}`
    await shop.door.writer.submit(async (tx) => {
      await putRecord(tx, 'table', before, [desk])
      return { keep: true, value: null } as const
    })
    const changes = () => readChanges(shop.read, desk, 0, 10_000)
    const last = (await changes()).at(-1)?.seq ?? 0
    await shop.database.script("DELETE FROM migrations WHERE name LIKE '%table-contacts.sql'")
    await migrate(shop.database)
    expect(v.parse(tableSchema, await readRecord(shop.read, 'table', table.id))).toEqual({
      ...before,
      rev: 13,
      contacts: 2,
    })
    const told = (await changes()).filter(({ seq }) => seq > last)
    expect(told.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['table', last + 1],
      ['table', last + 2],
    ])
    expect((await tableOf(shop, 'A3')).contacts).toBeUndefined()
  })
})
