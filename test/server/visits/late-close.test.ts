import { expect, test } from 'vitest'
import { readOrder } from '../../../server/ordering/order.store.ts'
import { readVisit } from '../../../server/visits/visit.store.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createScene } from '../../support/scene.ts'

/** A table with one order without an answer, as a board saw it that then lost its network. */
async function seenByBoard(dialect: Dialect) {
  const scene = await createScene({ dialect })
  const { shop, phone, barista, table, visitId, placedOrderId } = scene
  const close = (seenOrderIds?: readonly string[]) =>
    barista.send('visit.close', seenOrderIds ? { visitId, seenOrderIds } : { visitId })
  const order = async () => {
    const args = await shop.orderArgs(table.token)
    const answer = await phone.send('order.place', args)
    expect(answer.body.ok, JSON.stringify(answer.body)).toBe(true)
    return { orderId: args.orderId, number: (await readOrder(shop.read, args.orderId))?.number }
  }
  const statusOf = async (orderId: string) => (await readOrder(shop.read, orderId))?.status
  const isOpen = async () => (await readVisit(shop.read, visitId))?.status === 'open'
  return { ...scene, close, order, statusOf, isOpen, seen: [placedOrderId] }
}

describeOnBoth('a table closed on a tablet that was offline', (dialect) => {
  test('stays open when an order has come since the tap: nothing is rejected, and the board learns its number', async () => {
    const { close, order, statusOf, isOpen, seen, placedOrderId } = await seenByBoard(dialect)
    const later = await order()
    const answer = await close(seen)
    expect(answer.status).toBe(409)
    expect(answer.body.refusal).toEqual({ code: 'visit.new_orders', numbers: [later.number] })
    expect([await isOpen(), await statusOf(placedOrderId), await statusOf(later.orderId)]).toEqual([
      true,
      'placed',
      'placed',
    ])
    expect((await close([...seen, later.orderId])).status).toBe(200)
    expect([await isOpen(), await statusOf(later.orderId)]).toEqual([false, 'rejected'])
  })

  test('names them in turn, also where the numbers of a new day began meanwhile', async () => {
    const { shop, visitId, order } = await seenByBoard(dialect)
    const numbers: number[] = []
    while (numbers.at(-1) !== 1) {
      shop.clock.turn(2 * 60 * 60_000)
      numbers.push((await order()).number ?? 0)
    }
    expect(numbers.length).toBeGreaterThan(1)
    // Whoever signed in yesterday has to do so again.
    const barista = await shop.staff('barista')
    const { refusal } = (await barista.send('visit.close', { visitId, seenOrderIds: [] })).body
    expect(refusal.numbers).toHaveLength(numbers.length + 1)
    expect(refusal.numbers).toEqual([...refusal.numbers].sort((a: number, b: number) => a - b))
  })

  test('closes when what came since was answered, and rejects what the board had seen', async () => {
    const { close, order, statusOf, isOpen, seen, barista, placedOrderId } = await seenByBoard(dialect)
    const later = await order()
    await barista.send('order.accept', { orderId: later.orderId, readyInMinutes: 5 })
    expect((await close(seen)).status).toBe(200)
    expect([await isOpen(), await statusOf(placedOrderId), await statusOf(later.orderId)]).toEqual([
      false,
      'rejected',
      'accepted',
    ])
  })

  test('closes for a board of an earlier version, which names none', async () => {
    const { close, order, isOpen } = await seenByBoard(dialect)
    await order()
    expect((await close()).status).toBe(200)
    expect(await isOpen()).toBe(false)
  })

  test('is not closed by names that are no orders, nor by more of them than stand at any table', async () => {
    const { close, isOpen, shop } = await seenByBoard(dialect)
    expect((await close(['vis_1'])).status).toBe(422)
    expect((await close(Array.from({ length: 301 }, () => shop.id('ord')))).status).toBe(422)
    expect(await isOpen()).toBe(true)
  })
})
