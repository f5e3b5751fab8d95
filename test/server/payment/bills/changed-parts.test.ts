import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import type { PartWanted } from '#shared/payment/payment-commands.ts'
import { moneyOf } from '../../../../client/board/ticket/order-money.ts'
import { readOrder } from '../../../../server/ordering/order.store.ts'
import { readAccount } from '../../../../server/payment/bills/bill-keeping.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import type { Browser } from '../../../support/browser.ts'
import { createPayingScene, type PayingOptions } from '../../../support/paying-scene.ts'

const ONE_RP = 22_000
const HALF = { kind: 'rate', permille: 500 }

const cups = (...orderIds: string[]): PartWanted => ({
  kind: 'items',
  units: orderIds.map((orderId) => ({ orderId, line: 0, quantity: 1 })),
})

/** Rina's table: one cup of hers that is owed; Dodi was let in. */
async function table(dialect: Dialect, settings?: PayingOptions['settings']) {
  const scene = await createPayingScene({
    dialect,
    provider: 'xendit',
    isLive: true,
    ...(settings && { settings }),
  })
  const { shop, barista, phone: rina, acceptedOrderId, placedOrderId, visitId } = scene
  const send = async (by: Browser, ...command: Parameters<Browser['send']>) => {
    const { body } = await by.send(...command)
    if (!body.ok) throw new Error(`${command[0]}: ${JSON.stringify(body.refusal)}`)
  }
  const end = async (orderId: string) => {
    if (orderId === acceptedOrderId) {
      await send(rina, 'order.ask', { orderId, kind: 'cancel', note: '' })
      await send(barista, 'order.answer', { orderId, isAccepted: true })
    } else await send(barista, 'order.reject', { orderId, reason: 'sold_out', text: '' })
    await scene.settle()
  }
  await send(barista, 'order.answer', { orderId: acceptedOrderId, isAccepted: false })
  await end(placedOrderId)
  const dodi = await shop.phone('A1')
  await dodi.send('visit.join', { token: scene.table.token })
  const row = await shop.read.get<{ number: number }>(
    sql`SELECT number FROM visit_phones WHERE visit_id = ${visitId} AND customer_id = ${dodi.customerId}`,
  )
  await send(rina, 'visit.answer_phone', { visitId, number: row?.number, admit: true })

  const order = async (by: Browser, quantity = 1) => {
    shop.clock.turn(1000)
    const args = await shop.orderArgs(scene.table.token, [{ itemId: 'americano', quantity }])
    await send(by, 'order.place', args)
    return args.orderId
  }
  const show = (by: Browser, part?: PartWanted) => {
    shop.clock.turn(1000)
    return scene.showCode(part, by)
  }
  const pay = async (by: Browser, part?: PartWanted) => {
    const shown = await show(by, part)
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    return scene.payment(shown.id)
  }
  /** What the till asks for what was prepared, and takes. */
  const take = async (paymentId: string) => {
    const args = {
      paymentId,
      billId: scene.billId,
      method: 'cash',
      part: { kind: 'rest' },
      tipRp: 0,
      tenderedRp: 500_000,
    }
    const asked = await barista.send('payment.take', { ...args, shownRp: 0 })
    const { askedRp } = asked.body.refusal
    await send(barista, 'payment.take', { ...args, shownRp: askedRp })
    return askedRp as number
  }
  const discount = async (what: object | null) => {
    const { billId, approval } = scene
    await send(barista, 'bill.discount', { billId, what, label: 'Promo', reason: 'promo', approval })
    await scene.settle()
  }
  const account = async () => readAccount(shop.read, await scene.bill())
  const standing = async () => (await account()).standing
  const released = async (orderId: string) => (await readOrder(shop.read, orderId))?.payFirst?.state
  const statusOf = async ({ id }: { readonly id: string }) => (await scene.payment(id)).status
  return {
    ...scene,
    ...{ rina, dodi, first: acceptedOrderId },
    prepare: scene.pay,
    ...{ order, end, show, pay, take, discount, account, standing, released, statusOf },
  }
}

describeOnBoth('money that comes first makes', (dialect) => {
  const payWhen = { table: 'first', pickup: 'first' } as const

  test('the same guest’s next cup when one is sold out, and nobody else’s', async () => {
    const scene = await table(dialect, { payWhen })
    const { rina, dodi, order, pay, released } = scene
    await pay(rina, cups(scene.first))
    const soldOut = await order(rina)
    await pay(rina, cups(soldOut))
    const dodis = await order(dodi)
    await scene.end(soldOut)
    const instead = await order(rina)
    expect([await released(instead), await released(dodis)]).toEqual(['paid', 'awaited'])
  })

  test.each([
    { kind: 'amount', amountRp: ONE_RP },
    { kind: 'share', partsLeft: 2 },
  ] as const)('the payer’s own cup, however old the others’ are: $kind', async (part) => {
    const { rina, dodi, first, order, pay, released } = await table(dialect, { payWhen })
    await pay(rina, cups(first))
    const rinas = await order(rina)
    const dodis = await order(dodi)
    await pay(dodi, part)
    expect([await released(dodis), await released(rinas)]).toEqual(['paid', 'awaited'])
  })
})

describeOnBoth('what was to be paid has changed:', (dialect) => {
  test('the till asks for the cups that are left, and their friend owes the rest', async () => {
    const scene = await table(dialect)
    const { rina, dodi, first, order, end, standing } = scene
    const soldOut = await order(rina)
    await order(dodi)
    const prepared = await scene.prepare('cash', cups(first, soldOut), rina)
    await end(soldOut)
    expect(await scene.payment(prepared.id)).toMatchObject({
      ...{ status: 'pending', askedRp: ONE_RP, wasAskedRp: 2 * ONE_RP },
    })
    expect(await scene.take(prepared.id)).toBe(ONE_RP)
    expect(await standing()).toMatchObject({ remainderRp: ONE_RP, overRp: 0 })
  })

  test.each(['cups', 'amount'] as const)('a code of a provider is closed, and says so: %s', async (way) => {
    const scene = await table(dialect)
    const { rina, dodi, first, order, show, end, standing } = scene
    const soldOut = way === 'cups' ? await order(rina) : first
    await order(dodi)
    await order(dodi)
    const shown = await show(
      rina,
      way === 'cups' ? cups(first, soldOut) : { kind: 'amount', amountRp: ONE_RP },
    )
    await end(soldOut)
    expect(await scene.payment(shown.id)).toMatchObject({ status: 'cancelled', isOutdated: true })
    scene.shop.clock.turn(1000)
    scene.simulator?.payer.scan(shown.providerRef ?? '', { late: 'honoured' })
    await scene.settle()
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    expect(await standing()).toMatchObject({ paidRp: 0, excessRp: shown.askedRp })
    expect((await standing()).remainderRp).toBe(way === 'cups' ? 3 * ONE_RP : 2 * ONE_RP)
  })

  test.each(['each their own', 'both of one order'])(
    'codes ask together for no more than is owed: %s',
    async (how) => {
      const { rina, dodi, first, order, show, discount, standing, statusOf } = await table(dialect)
      // Beside them a cup that nobody is paying for: their money is not for that.
      await order(dodi)
      const isOne = how === 'both of one order'
      const rinas = isOne ? await order(rina, 2) : first
      const dodis = isOne ? rinas : await order(dodi)
      const codes = [await show(rina, cups(rinas)), await show(dodi, cups(dodis))]
      await discount(HALF)
      expect(await Promise.all(codes.map(statusOf))).toEqual(codes.map(() => 'cancelled'))
      expect(await standing()).toMatchObject({ remainderRp: (isOne ? 2 : 1.5) * ONE_RP, pendingRp: 0 })
    },
  )

  test('what is prepared for nothing any more keeps nobody else from paying', async () => {
    const scene = await table(dialect)
    const { rina, dodi, first, order, end, statusOf } = scene
    await order(dodi)
    const share = await scene.prepare('cash', { kind: 'share', partsLeft: 2 }, rina)
    const rest = await scene.prepare('cash', { kind: 'rest' }, dodi)
    await end(first)
    expect(await statusOf(share)).toBe('cancelled')
    expect(await scene.take(rest.id)).toBe(ONE_RP)
  })

  test('a friend’s code stays open when a cup that is paid for ends', async () => {
    const { rina, dodi, first, order, pay, show, end, statusOf } = await table(dialect)
    const dodis = await order(dodi)
    await pay(rina, cups(first))
    const shown = await show(dodi, cups(dodis))
    await end(first)
    expect(await statusOf(shown)).toBe('pending')
  })

  test('the board says what then goes back, also under a discount by amount', async () => {
    const scene = await table(dialect)
    const { rina, dodi, first, order, pay, end, standing, account } = scene
    const dodis = await order(dodi)
    await scene.discount({ kind: 'amount', amountRp: 10_000 })
    await pay(rina, cups(first))
    await pay(dodi)
    const { bill, payments } = await account()
    const ending = await readOrder(scene.shop.read, dodis)
    const { backRp } = ending ? moneyOf(ending, [bill], payments) : { backRp: null }
    await end(dodis)
    expect(backRp).toBe((await standing()).overRp)
  })
})

describeOnBoth('money that is heard of late', (dialect) => {
  /** Dodi has ordered too; Rina's code for her cup has expired. */
  async function withExpired() {
    const scene = await table(dialect)
    await scene.order(scene.dodi)
    const hers = await scene.show(scene.rina, cups(scene.first))
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    return { ...scene, hers }
  }

  test('of a cup that was sold out meanwhile is its payer’s', async () => {
    const scene = await table(dialect)
    const hers = await scene.order(scene.rina)
    await scene.order(scene.dodi)
    await scene.pay(scene.rina, cups(scene.first))
    const shown = await scene.show(scene.rina, cups(hers))
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    scene.shop.clock.turn(2000)
    await scene.end(hers)
    expect(await scene.standing()).toMatchObject({ remainderRp: ONE_RP, overRp: ONE_RP })
  })

  test('pays for the cup that it names, and closes another’s code for the rest', async () => {
    const scene = await withExpired()
    const rest = await scene.show(scene.dodi, { kind: 'rest' })
    const { approval, hers } = scene
    await scene.barista.send('payment.confirm', { paymentId: hers.id, reason: 'dilihat', approval })
    await scene.settle()
    expect(await scene.statusOf(rest)).toBe('cancelled')
    expect(await scene.standing()).toMatchObject({ remainderRp: ONE_RP, pendingRp: 0 })
  })

  test('is nobody else’s once it is counted, where its cup was paid for again', async () => {
    const scene = await withExpired()
    const { approval, hers } = scene
    await scene.pay(scene.rina, cups(scene.first))
    scene.simulator?.payer.scan(hers.providerRef ?? '', { late: 'honoured' })
    await scene.settle()
    await scene.barista.send('payment.credit', { paymentId: hers.id, reason: 'memang dibayar', approval })
    expect(await scene.standing()).toMatchObject({ remainderRp: ONE_RP, overRp: ONE_RP })
  })
})

describeOnBoth('what is over of a guest’s money', (dialect) => {
  test('after a discount makes nobody else’s cup', async () => {
    const scene = await table(dialect, { payWhen: { table: 'first', pickup: 'first' } })
    await scene.pay(scene.rina, cups(scene.first))
    const theirs = await scene.order(scene.dodi)
    await scene.discount(HALF)
    expect(await scene.released(theirs)).toBe('awaited')
    expect(await scene.standing()).toMatchObject({ remainderRp: ONE_RP / 2, overRp: ONE_RP / 2 })
  })

  test('goes back without its tip, and the last of it with its tip', async () => {
    const scene = await table(dialect, { tips: { isOn: true, choicesRp: [5000] } })
    const second = await scene.order(scene.rina)
    scene.shop.clock.turn(1000)
    const { id } = await scene.prepare('qris', cups(scene.first, second), scene.rina, 5000)
    await scene.settle()
    scene.simulator?.payer.scan((await scene.payment(id)).providerRef ?? '')
    await scene.settle()
    const giveBack = async () => {
      const { standing, payments } = await scene.account()
      const [planned] = refundPlan(standing.overRp, payments)
      const refund = { refundId: scene.shop.id('rfd'), ...planned, way: 'cash', reason: 'batal' }
      await scene.barista.send('payment.refund', { ...refund, approval: scene.approval })
      return planned?.amountRp
    }
    await scene.end(second)
    expect(await giveBack()).toBe(ONE_RP)
    expect(await scene.standing()).toMatchObject({ paidRp: ONE_RP, tipRp: 5000, overRp: 0 })
    expect(await giveBack()).toBe(undefined)
    await scene.end(scene.first)
    expect(await giveBack()).toBe(ONE_RP + 5000)
    expect(await scene.standing()).toMatchObject({ paidRp: 0, tipRp: 0, overRp: 0 })
  })
})
