import sql, { type Sql } from 'sql-template-tag'
import { expect, test } from 'vitest'
import { runChecks } from '../../../server/upkeep/check.ts'
import { shopChecks } from '../../../server/upkeep/shop-checks.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

async function shopWithOrders(dialect: Dialect) {
  const shop = await createTestShop({ dialect })
  const phone = await shop.phone('A1')
  const { token } = await shop.table('A1')
  const args = await shop.orderArgs(token, [{ itemId: 'americano', quantity: 2 }, { itemId: 'caffe-latte' }])
  const placed = await phone.send('order.place', args)
  expect(placed.status, JSON.stringify(placed.body)).toBe(200)
  return { shop, orderId: args.orderId }
}

async function examine(shop: TestShop): Promise<{ wrong: string[]; all: readonly string[] }> {
  const { lines } = await runChecks(shopChecks(shop.read))
  return { wrong: lines.filter((line) => line.startsWith('WRONG')), all: lines }
}

/** Changes what no command would. */
async function tamper(shop: TestShop, statement: Sql): Promise<void> {
  await shop.writer.submit(async (tx) => {
    expect(await tx.run(statement)).toBeGreaterThan(0)
    return { keep: true, value: undefined }
  })
}

describeOnBoth('the doctor looks at what is stored', (dialect) => {
  test('and finds nothing wrong in a shop that nobody tampered with', async () => {
    const { shop } = await shopWithOrders(dialect)
    const { all, wrong } = await examine(shop)
    expect(wrong).toEqual([])
    expect(all.join('\n')).toContain('order totals: 1 orders add up')
    expect(all).toHaveLength(5)
  })

  test('and names the order whose total was changed beside its record', async () => {
    const { shop, orderId } = await shopWithOrders(dialect)
    await tamper(shop, sql`UPDATE orders SET total_rp = total_rp - 1000 WHERE id = ${orderId}`)
    const { wrong } = await examine(shop)
    expect(wrong).toHaveLength(1)
    expect(wrong[0]).toMatch(new RegExp(`^WRONG order totals: 1 of 1 .*${orderId}.*\\. Do: `))
  })

  test.each([
    ['a price', '"unitRp":', '"unitRp":1'],
    ['the total', '"totalRp":', '"totalRp":1'],
    ['a quantity', '"quantity":2', '"quantity":3'],
  ])('and names the order in whose record %s was changed', async (_, from, to) => {
    const { shop, orderId } = await shopWithOrders(dialect)
    await tamper(
      shop,
      sql`UPDATE records SET body = REPLACE(body, ${from}, ${to}) WHERE kind = 'order' AND id = ${orderId}`,
    )
    const { wrong } = await examine(shop)
    expect(wrong.join('\n')).toContain(`WRONG order totals: `)
    expect(wrong.join('\n')).toContain(orderId)
  })

  test('and names the record that is no record any more', async () => {
    const { shop, orderId } = await shopWithOrders(dialect)
    await tamper(shop, sql`UPDATE records SET body = '{"id":' WHERE kind = 'order' AND id = ${orderId}`)
    const { wrong } = await examine(shop)
    expect(wrong[0]).toContain(`WRONG records: 1 of`)
    expect(wrong[0]).toContain(`order ${orderId}`)
    expect(wrong.every((line) => !line.includes('\n'))).toBe(true)
  })

  test('and finds a change that leads nowhere, an order without a record, a counter that is behind', async () => {
    const { shop, orderId } = await shopWithOrders(dialect)
    await tamper(shop, sql`DELETE FROM records WHERE kind = 'order' AND id = ${orderId}`)
    await tamper(shop, sql`UPDATE order_numbers SET last_number = 0`)
    const { wrong } = await examine(shop)
    expect(wrong.map((line) => line.split(':')[0])).toEqual([
      'WRONG order totals',
      'WRONG order numbers',
      'WRONG streams',
    ])
  })

  test('and says which photo of the menu is gone', async () => {
    const { shop } = await shopWithOrders(dialect)
    const photo = `${'0a'.repeat(16)}.webp`
    await tamper(
      shop,
      sql`UPDATE records SET body = REPLACE(body, '"photo":null', ${`"photo":"${photo}"`}) WHERE kind = 'menu'`,
    )
    const { wrong } = await examine(shop)
    expect(wrong).toHaveLength(1)
    expect(wrong[0]).toMatch(new RegExp(`^WRONG photos: 1 of 1 .*${photo}`))
  })
})
