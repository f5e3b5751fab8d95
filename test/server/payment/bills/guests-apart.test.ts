import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import type { Standing } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'
import { moneyOf } from '../../../../client/board/ticket/order-money.ts'
import { moneyOnItsWay } from '../../../../client/payment/bill/money-on-its-way.ts'
import { readOrder } from '../../../../server/ordering/order.store.ts'
import { readAccount } from '../../../../server/payment/bills/bill-keeping.ts'
import type { Tx } from '../../../../server/platform/database/database.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import type { Browser } from '../../../support/browser.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

const ONE_RP = 22_000

/** A table with two orders of 22.000, cancelled or accepted; a second phone was let in. */
async function table(dialect: Dialect) {
  const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
  const { shop, barista, phone, acceptedOrderId, placedOrderId } = scene
  await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
  await barista.send('order.accept', { orderId: placedOrderId, readyInMinutes: 5 })
  const friend = await shop.phone('A1')
  await friend.send('visit.join', { token: scene.table.token })
  const row = await shop.read.get<{ number: number }>(
    sql`SELECT number FROM visit_phones WHERE visit_id = ${scene.visitId} AND customer_id = ${friend.customerId}`,
  )
  await phone.send('visit.answer_phone', { visitId: scene.visitId, number: row?.number, admit: true })

  const cancel = async (orderId: string, by: Browser = phone) => {
    await by.send('order.ask', { orderId, kind: 'cancel', note: '' })
    expect((await barista.send('order.answer', { orderId, isAccepted: true })).body.ok).toBe(true)
  }
  const order = async (by: Browser) => {
    const args = await shop.orderArgs((await shop.table('A1')).token)
    shop.clock.turn(1000)
    expect((await by.send('order.place', args)).body.ok).toBe(true)
    return args.orderId
  }
  const pay = async (by: Browser, part?: Parameters<typeof scene.showCode>[0]): Promise<Payment> => {
    shop.clock.turn(1000)
    const shown = await scene.showCode(part, by)
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    return scene.payment(shown.id)
  }
  const later = async () => {
    await scene.settle()
    shop.clock.turn(16 * 60_000)
    await scene.settle()
  }
  const dashboard = async ({ providerRef }: Payment, amountRp: number) => {
    scene.simulator?.dashboard?.refund(providerRef ?? '', amountRp)
    await later()
  }
  const account = async () => readAccount(shop.read, await scene.bill())
  const expectStanding = async (wanted: Partial<Standing>) =>
    expect((await account()).standing).toMatchObject(wanted)
  /** What the payers of these are told of their money, as "state amount". */
  const told = async (own: readonly Payment[]) => {
    const { bill, payments } = await account()
    const ownIds = new Set(own.map(({ id }) => id))
    return moneyOnItsWay({ bills: [bill], payments, refunds: [], ownIds }).map(
      ({ state, amountRp }) => `${state} ${amountRp}`,
    )
  }
  const plan = async () => {
    const { standing, payments } = await account()
    return refundPlan(standing.overRp, payments)
  }
  return {
    ...scene,
    friend,
    ...{ cancel, order, pay, later, dashboard, account, expectStanding, told, plan },
  }
}

describeOnBoth('what a provider gave back of one guest’s payment', (dialect) => {
  test.each(['choosing cups', 'paying the rest'] as const)(
    'says nothing of the money of another, %s',
    async (way) => {
      const scene = await table(dialect)
      const { acceptedOrderId, placedOrderId, phone, friend, barista, shop } = scene
      const cups = (orderId: string) =>
        way === 'choosing cups'
          ? ({ kind: 'items', units: [{ orderId, line: 0, quantity: 1 }] } as const)
          : undefined
      await scene.cancel(acceptedOrderId)
      const one = await scene.pay(phone, cups(placedOrderId))
      const theirs = await scene.order(friend)
      const two = await scene.pay(friend, cups(theirs))
      await scene.expectStanding({ owedRp: 2 * ONE_RP, paidRp: 2 * ONE_RP, remainderRp: 0 })
      await scene.dashboard(one, ONE_RP)
      await scene.expectStanding({ remainderRp: 0, undecidedRp: ONE_RP, overRp: 0 })

      const asked = await readOrder(shop.read, theirs)
      if (!asked) throw new Error('The order is there.')
      const { bill, payments } = await scene.account()
      expect(moneyOf(asked, [bill], payments).backRp).toBe(ONE_RP)
      const reject = { orderId: theirs, reason: 'sold_out', text: '' }
      expect((await barista.send('order.reject', reject)).body.ok).toBe(true)
      await scene.expectStanding({ remainderRp: 0, undecidedRp: ONE_RP, overRp: ONE_RP })
      expect(await scene.plan()).toEqual([{ paymentId: two.id, amountRp: ONE_RP }])
      expect(await scene.told([two])).toEqual([`due ${ONE_RP}`])
      expect(await scene.told([one])).toEqual([`returned ${ONE_RP}`])

      await scene.cancel(placedOrderId)
      await scene.expectStanding({ undecidedRp: 0, overRp: ONE_RP })
      expect(await scene.plan()).toEqual([{ paymentId: two.id, amountRp: ONE_RP }])
    },
  )

  const cup = (orderId: string) => ({ kind: 'items', units: [{ orderId, line: 0, quantity: 1 }] }) as const
  const partOf = (way: 'items' | 'rest' | 'amount' | 'share', orderId: string) => {
    if (way === 'items') return cup(orderId)
    if (way === 'amount') return { kind: 'amount', amountRp: ONE_RP } as const
    return way === 'share' ? ({ kind: 'share', partsLeft: 2 } as const) : undefined
  }

  test.each([
    ['items', 0],
    ['items', 1],
    ['rest', 0],
    ['rest', 1],
    ['amount', 0],
    ['share', 0],
    ['share', 1],
  ] as const)('leaves each their own money, paying by %s, when order %i of two ends', async (way, ended) => {
    const scene = await table(dialect)
    const { acceptedOrderId, placedOrderId, phone, friend } = scene
    await scene.cancel(acceptedOrderId)
    const first = way === 'share' ? null : await scene.pay(phone, partOf(way, placedOrderId))
    const theirs = await scene.order(friend)
    const one = first ?? (await scene.pay(phone, partOf(way, placedOrderId)))
    const two = await scene.pay(friend, partOf(way === 'items' ? way : 'rest', theirs))
    const payments = [one, two]
    if (ended === 0) await scene.cancel(placedOrderId)
    else await scene.barista.send('order.reject', { orderId: theirs, reason: 'sold_out', text: '' })
    await scene.expectStanding({ overRp: ONE_RP, remainderRp: 0 })
    expect(await scene.plan()).toEqual([{ paymentId: payments[ended]?.id, amountRp: ONE_RP }])
    for (const [index, payment] of payments.entries()) {
      expect(await scene.told([payment])).toEqual(index === ended ? [`due ${ONE_RP}`] : [])
    }
  })

  test.each(['amount', 'share'] as const)(
    'is known of a bill of the build before, paid by %s',
    async (way) => {
      const scene = await table(dialect)
      const { acceptedOrderId, placedOrderId, phone, friend, shop } = scene
      await scene.cancel(acceptedOrderId)
      const theirs = await scene.order(friend)
      const two = await scene.pay(friend, partOf(way, theirs))
      await scene.pay(phone)
      // Its payments told no orders, and its bill not who ordered.
      const forget = async (tx: Tx) => {
        const rows = await tx.all<{ id: string; body: string }>(
          sql`SELECT id, body FROM records WHERE kind IN ('bill', 'payment')`,
        )
        for (const { id, body } of rows) {
          const { covers: _, ...record } = JSON.parse(body)
          for (const order of record.orders ?? []) delete order.phone
          await tx.run(sql`UPDATE records SET body = ${JSON.stringify(record)} WHERE id = ${id}`)
        }
        return { keep: true, value: null }
      }
      await shop.database.runGroup([forget])
      await scene.barista.send('order.reject', { orderId: theirs, reason: 'sold_out', text: '' })
      expect(await scene.plan()).toEqual([{ paymentId: two.id, amountRp: ONE_RP }])
      expect((await scene.bill()).orders.map((order) => [order.orderId, order.phone])).toEqual([
        [placedOrderId, 1],
      ])
    },
  )

  test('leaves the first of three their money, whatever went back of the second', async () => {
    const scene = await table(dialect)
    const { acceptedOrderId, placedOrderId, phone, friend, asking } = scene
    await scene.cancel(acceptedOrderId)
    const one = await scene.pay(phone)
    await scene.order(friend)
    const two = await scene.pay(friend)
    await phone.send('visit.answer_phone', { visitId: scene.visitId, number: 2, admit: true })
    await scene.order(asking)
    await scene.pay(asking)
    await scene.cancel(placedOrderId)
    await scene.dashboard(two, ONE_RP)
    await scene.expectStanding({ overRp: ONE_RP, undecidedRp: ONE_RP })
    expect(await scene.plan()).toEqual([{ paymentId: one.id, amountRp: ONE_RP }])
    expect(await scene.told([one])).toEqual([`due ${ONE_RP}`])
  })

  test('leaves what went back in part a question of its own guest', async () => {
    const scene = await table(dialect)
    const { acceptedOrderId, placedOrderId, phone, friend } = scene
    await scene.cancel(acceptedOrderId)
    const one = await scene.pay(phone, cup(placedOrderId))
    const two = await scene.pay(friend, cup(await scene.order(friend)))
    await scene.dashboard(two, 10_000)
    await scene.cancel(placedOrderId)
    await scene.expectStanding({ overRp: ONE_RP, undecidedRp: 10_000, remainderRp: 0 })
    expect(await scene.plan()).toEqual([{ paymentId: one.id, amountRp: ONE_RP }])
    expect(await scene.told([two])).toEqual(['returned 10000'])
    const asked = { refundId: scene.shop.id('rfd'), paymentId: two.id, amountRp: ONE_RP / 2, reason: 'batal' }
    const { body } = await scene.barista.send('payment.refund', { ...asked, approval: scene.approval })
    // Nobody gives one guest's money back for the other's cup without having been asked.
    expect(body.refusal).toMatchObject({ code: 'refund.owes_again' })
  })

  test('pays for no order of another guest, and for what the same guest orders instead', async () => {
    const scene = await table(dialect)
    const { acceptedOrderId, placedOrderId, phone, friend } = scene
    await scene.cancel(acceptedOrderId)
    const one = await scene.pay(phone, cup(placedOrderId))
    await scene.order(friend)
    await scene.cancel(placedOrderId)
    await scene.expectStanding({ overRp: ONE_RP, remainderRp: ONE_RP, isPaid: false })
    expect(await scene.told([one])).toEqual([`due ${ONE_RP}`])
    expect(await scene.plan()).toEqual([{ paymentId: one.id, amountRp: ONE_RP }])
    await scene.order(phone)
    await scene.expectStanding({ overRp: 0, remainderRp: ONE_RP })
    expect(await scene.told([one])).toEqual([])
    const two = await scene.pay(friend)
    expect(two.amountRp).toBe(ONE_RP)
    await scene.expectStanding({ overRp: 0, remainderRp: 0, isPaid: true })
  })

  test('settles nothing that is to go back to another', async () => {
    const scene = await table(dialect)
    const { acceptedOrderId, placedOrderId, phone, friend } = scene
    await scene.cancel(acceptedOrderId)
    const one = await scene.pay(phone, cup(placedOrderId))
    const theirs = await scene.order(friend)
    const two = await scene.pay(friend, cup(theirs))
    await scene.barista.send('order.reject', { orderId: theirs, reason: 'sold_out', text: '' })
    await scene.dashboard(one, ONE_RP)
    await scene.expectStanding({ remainderRp: 0, undecidedRp: ONE_RP, overRp: ONE_RP })
    expect(await scene.plan()).toEqual([{ paymentId: two.id, amountRp: ONE_RP }])
    await scene.dashboard(two, ONE_RP)
    await scene.expectStanding({ remainderRp: 0, undecidedRp: ONE_RP, overRp: 0 })
  })

  test('was due where the refund asked for here comes to nothing', async () => {
    const scene = await table(dialect)
    const { acceptedOrderId, phone, barista, shop, gateway } = scene
    if (!gateway) throw new Error('The scene has a gateway.')
    const paid = await scene.pay(phone)
    await scene.cancel(acceptedOrderId)
    const answers = { refund: gateway.refund }
    Object.assign(gateway, { refund: async () => ({ ok: false, refusal: { code: 'gateway.unreachable' } }) })
    const asked = { refundId: shop.id('rfd'), paymentId: paid.id, amountRp: ONE_RP, reason: 'pesanan batal' }
    await barista.send('payment.refund', { ...asked, approval: scene.approval })
    await scene.settle()
    await scene.dashboard(paid, ONE_RP)
    await scene.expectStanding({ overRp: ONE_RP, returningRp: ONE_RP, undecidedRp: ONE_RP })
    const refused = { ok: false, refusal: { code: 'gateway.refused', says: 'INSUFFICIENT_BALANCE' } }
    Object.assign(gateway, { refund: async () => refused })
    shop.clock.turn(60 * 60_000)
    await scene.settle()
    Object.assign(gateway, answers)
    expect((await scene.refund(asked.refundId)).stage).toBe('failed')
    await scene.expectStanding({ overRp: 0, returningRp: 0, undecidedRp: 0, paidRp: ONE_RP, remainderRp: 0 })
    expect(await scene.told([paid])).toEqual([`returned ${ONE_RP}`])
    expect(await scene.plan()).toEqual([])
    expect((await scene.account()).payments.flatMap(attentionTo)).toEqual([])
  })
})
