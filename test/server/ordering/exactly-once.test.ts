import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import { commandId } from '../../support/browser.ts'
import { createTestShop } from '../../support/test-shop.ts'

const DAY_MS = 86_400_000

describeOnBoth('an order is taken exactly once', (dialect) => {
  test('fifty parallel sendings with one id make one order and are all told the same', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const id = commandId()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => phone.send('order.place', args, { id })),
    )
    expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(200))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body.result))).size).toBe(1)
    expect(await shop.count('orders')).toBe(1)
  })

  test('the same id with other contents is refused and names what differs', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const { id } = await phone.send('order.place', args)
    for (const [field, other] of [
      ['note', { ...args, note: 'tanpa gula' }],
      ['shownTotalRp', { ...args, shownTotalRp: args.shownTotalRp + 1 }],
      ['lines', { ...args, lines: args.lines.map((line) => ({ ...line, quantity: 2 })) }],
    ] as const) {
      const answer = await phone.send('order.place', other, { id })
      expect(answer.status).toBe(409)
      expect(answer.body.refusal).toEqual({ code: 'request.key_reused', field })
    }
    const otherName = await phone.send(
      'order.ask',
      { orderId: args.orderId, kind: 'cancel', note: '' },
      { id },
    )
    expect(otherName.body.refusal).toEqual({ code: 'request.key_reused', field: 'name' })
    expect(await shop.count('orders')).toBe(1)
  })

  test('another phone that sends the same id with other contents learns nothing and orders nothing', async () => {
    const shop = await createTestShop({ dialect })
    const [phone, other] = [await shop.phone('A1'), await shop.phone('A1')]
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const { id } = await phone.send('order.place', args)
    const answer = await other.send('order.place', { ...args, note: 'tanpa gula' }, { id })
    expect(answer.status).toBe(409)
    expect(answer.body).toEqual({ ok: false, refusal: { code: 'request.key_reused', field: 'sender' } })
  })

  test('a phone that lost its cookie hears that it is done, and nothing more, and orders nothing', async () => {
    const shop = await createTestShop({ dialect })
    const [phone, other] = [await shop.phone('A1'), await shop.phone('A1')]
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const { id } = await phone.send('order.place', args)
    const answer = await other.send('order.place', args, { id })
    expect(answer.status).toBe(409)
    expect(answer.body).toEqual({ ok: false, refusal: { code: 'request.done_before' } })
    expect(await shop.count('orders')).toBe(1)
    const sameOrder = await other.send('order.place', args)
    expect(sameOrder.body.refusal.code).toBe('order.id_taken')
  })

  test('a phone that lost its cookie hears that its order was refused, and may order again', async () => {
    const shop = await createTestShop({ dialect })
    const [phone, other] = [await shop.phone('A1'), await shop.phone('A1')]
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const late = { headers: { 'meja-waited-ms': String(DAY_MS) } }
    const { id } = await phone.send('order.place', args, late)
    const answer = await other.send('order.place', args, { id })
    expect(answer.body).toEqual({ ok: false, refusal: { code: 'request.refused_before' } })
    expect((await other.send('order.place', args)).status).toBe(200)
  })

  test('what was refused stays refused when it is sent again', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const { id: outletId } = await shop.outlet()
    await shop.asHouse('menu.sold_out', { outletId, itemId: 'americano', until: 'told', minutes: null })
    const args = await shop.orderArgs((await shop.table('A1')).token)
    const first = await phone.send('order.place', args)
    expect(first.body.refusal.code).toBe('order.item_sold_out')
    await shop.asHouse('menu.back_on', { outletId, itemId: 'americano' })
    const again = await phone.send('order.place', args, { id: first.id })
    expect(again.body).toEqual(first.body)
    expect(await shop.count('orders')).toBe(0)
  })

  test.each([30, 300])(
    'an order that is sent again after %i days is answered as on the first day',
    async (days) => {
      const shop = await createTestShop({ dialect })
      const phone = await shop.phone('A1')
      const args = await shop.orderArgs((await shop.table('A1')).token)
      const first = await phone.send('order.place', args)
      shop.clock.turn(days * DAY_MS)
      const again = await phone.send('order.place', args, { id: first.id })
      expect(again.status).toBe(200)
      expect(again.body.result).toEqual(first.body.result)
      expect(await shop.count('orders')).toBe(1)
    },
  )

  test('after 400 days a phone whose session has ended may still not order the same again', async () => {
    const shop = await createTestShop({ dialect })
    const phone = await shop.phone('A1')
    const table = await shop.table('A1')
    const args = await shop.orderArgs(table.token)
    const first = await phone.send('order.place', args)
    shop.clock.turn(400 * DAY_MS)
    expect((await phone.send('order.place', args, { id: first.id })).status).toBe(401)
    await phone.send('code.scan', { token: table.token })
    const again = await phone.send('order.place', args, { id: first.id })
    expect(again.status).toBe(409)
    expect(again.body.refusal).toEqual({ code: 'request.done_before' })
    expect(await shop.count('orders')).toBe(1)
  })
})
