import { expect, test } from 'vitest'
import { businessDay } from '#shared/kernel/time.ts'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import { type Standing, standingOf } from '#shared/payment/bill/standing.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'
import type { Change } from '#shared/protocol.ts'
import { readOrder } from '../../../../server/ordering/order.store.ts'
import { readAccount } from '../../../../server/payment/bills/bill-keeping.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import type { Browser } from '../../../support/browser.ts'
import { createPayingScene, type PayingOptions } from '../../../support/paying-scene.ts'

/** A table with two orders of 22.000, both accepted and nothing paid, at Xendit. */
async function table(dialect: Dialect, settings: PayingOptions['settings'] = {}) {
  const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true, settings })
  const { shop, barista, phone, outlet, acceptedOrderId, placedOrderId } = scene
  await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
  await barista.send('order.accept', { orderId: placedOrderId, readyInMinutes: 5 })

  const sent = async (answer: Promise<{ body: { ok: boolean } }>) => {
    const { body } = await answer
    if (!body.ok) throw new Error(`It was answered ${JSON.stringify(body)}`)
  }
  const cancel = async (orderId: string) => {
    await sent(phone.send('order.ask', { orderId, kind: 'cancel', note: '' }))
    await sent(barista.send('order.answer', { orderId, isAccepted: true }))
  }
  const place = async () => {
    const args = await shop.orderArgs((await shop.table('A1')).token)
    shop.clock.turn(1000)
    await sent(phone.send('order.place', args))
    return args.orderId
  }
  const order = async () => {
    const orderId = await place()
    await sent(barista.send('order.accept', { orderId, readyInMinutes: 5 }))
    return orderId
  }
  const payByCode = async (part?: Parameters<typeof scene.showCode>[0]) => {
    const shown = await scene.showCode(part)
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    return scene.payment(shown.id)
  }
  const payInCash = async (): Promise<Payment> => {
    const { id, askedRp } = await scene.pay('cash')
    const money = { tipRp: 0, shownRp: askedRp, tenderedRp: 100_000 }
    const part = { kind: 'rest' }
    await sent(
      barista.send('payment.take', { paymentId: id, billId: scene.billId, method: 'cash', part, ...money }),
    )
    return scene.payment(id)
  }
  const dashboard = async ({ providerRef }: Payment, amountRp: number) => {
    scene.simulator?.dashboard?.refund(providerRef ?? '', amountRp)
    await scene.settle()
    shop.clock.turn(16 * 60_000)
    await scene.settle()
  }
  const discount = (amountRp: number) =>
    sent(
      barista.send('bill.discount', {
        billId: scene.billId,
        what: { kind: 'amount', amountRp },
        label: 'Potongan',
        reason: 'kopi dingin',
        approval: scene.approval,
      }),
    )
  const oweAgain = ({ id }: Payment) =>
    sent(barista.send('payment.owe_again', { paymentId: id, reason: 'tunai', approval: scene.approval }))
  const orders = () => Promise.all([acceptedOrderId, placedOrderId].map((id) => readOrder(shop.read, id)))
  const heardBy = async (browser: Browser, stream: string) => {
    const changes = ((await shop.readStream(browser, stream)) ?? []) as Change[]
    const bodies = <Body>(kind: string) => [
      ...new Map(
        changes
          .filter((one) => one.kind === kind)
          .map(({ body }) => [(body as { id: string }).id, body as Body]),
      ).values(),
    ]
    const [bill] = bodies<Bill>('bill')
    const payments = bodies<Payment>('payment')
    return { payments, standing: standingOf(bill?.sums.totalRp ?? 0, payments) }
  }
  /** The same on the server, on the phone and at the till, in the day's list, and to whoever has gone. */
  const expectStanding = async (wanted: Partial<Standing>) => {
    const { standing } = await readAccount(shop.read, await scene.bill())
    expect(standing).toMatchObject(wanted)
    const atPhone = await heardBy(phone, `visit:${scene.visitId}`)
    const atTill = await heardBy(barista, `desk:${outlet.id}`)
    expect([atPhone.standing, atTill.standing]).toEqual([standing, standing])
    const today = businessDay(shop.clock.now(), outlet.zone, outlet.dayEndsAt)
    const answer = await scene.manager.fetch(`/api/desk/${outlet.id}/days/${today}`)
    const { openBills } = (await answer.json()) as { openBills: { owesRp: number; bills: unknown[] } }
    expect(openBills.owesRp).toBe(standing.remainderRp)
    expect(openBills.bills).toHaveLength(standing.remainderRp > 0 ? 1 : 0)
    return atTill.payments
  }
  /** Nothing at the till that a person should look at. */
  const expectNoMatter = async (wanted: Partial<Standing>) => {
    const payments = await expectStanding({ ...wanted, overRp: 0, undecidedRp: 0 })
    expect(payments.flatMap(attentionTo)).toEqual([])
    expect(refundPlan(0, payments)).toEqual([])
  }
  return {
    ...scene,
    acts: { cancel, place, order, payByCode, payInCash, dashboard, discount, oweAgain, sent },
    first: acceptedOrderId,
    second: placedOrderId,
    orders,
    expectStanding,
    expectNoMatter,
  }
}

describeOnBoth('what is ordered after a provider gave money back unasked', (dialect) => {
  test.each(['qris', 'cash'] as const)(
    'for cancelled orders is to be paid whole, and may be by %s',
    async (method) => {
      const { acts, first, second, expectNoMatter, bill } = await table(dialect)
      const paid = await acts.payByCode()
      await acts.cancel(first)
      await acts.cancel(second)
      await acts.dashboard(paid, 44_000)
      await expectNoMatter({ owedRp: 0, paidRp: 0, remainderRp: 0 })
      await acts.order()
      await expectNoMatter({ owedRp: 22_000, paidRp: 0, remainderRp: 22_000 })
      expect((await bill()).status).toBe('open')
      const again = method === 'qris' ? await acts.payByCode() : await acts.payInCash()
      expect(again).toMatchObject({ status: 'paid', amountRp: 22_000 })
      await expectNoMatter({ paidRp: 22_000, remainderRp: 0 })
    },
  )

  test('for a rejected order that was paid first is to be paid, and released by that', async () => {
    const scene = await table(dialect, { payWhen: { table: 'first', pickup: 'first' } })
    const { acts, first, second, barista, shop } = scene
    await acts.cancel(first)
    await acts.cancel(second)
    const cups = (orderId: string) => ({ kind: 'items', units: [{ orderId, line: 0, quantity: 1 }] }) as const
    const rejected = await acts.place()
    const paid = await acts.payByCode(cups(rejected))
    await acts.sent(barista.send('order.reject', { orderId: rejected, reason: 'too_busy', text: '' }))
    await acts.dashboard(paid, 22_000)
    const next = await acts.place()
    expect((await readOrder(shop.read, next))?.payFirst?.state).toBe('awaited')
    await scene.expectNoMatter({ owedRp: 22_000, remainderRp: 22_000 })
    expect(await acts.payByCode()).toMatchObject({ status: 'paid', amountRp: 22_000 })
    expect((await readOrder(shop.read, next))?.payFirst?.state).toBe('paid')
    // And while one that is being made waits for a decision about its money.
    await acts.sent(barista.send('order.accept', { orderId: next, readyInMinutes: 5 }))
    const [, newest] = await scene.expectStanding({ remainderRp: 0 })
    if (!newest) throw new Error('Two payments were made.')
    await acts.dashboard(newest, 22_000)
    const third = await acts.place()
    await scene.expectStanding({ owedRp: 44_000, remainderRp: 22_000, undecidedRp: 22_000 })
    expect((await readOrder(shop.read, third))?.payFirst?.state).toBe('awaited')
    await acts.payByCode()
    expect((await readOrder(shop.read, third))?.payFirst?.state).toBe('paid')
    await scene.expectStanding({ remainderRp: 0, undecidedRp: 22_000, overRp: 0 })
  })

  test('for what a discount had made too much is to be paid whole', async () => {
    const { acts, expectStanding, expectNoMatter } = await table(dialect)
    const paid = await acts.payByCode()
    await acts.discount(5000)
    await expectStanding({ overRp: 5500, undecidedRp: 0 })
    await acts.dashboard(paid, 5500)
    await expectNoMatter({ owedRp: 38_500, remainderRp: 0 })
    await acts.order()
    // Shared out over three orders, the discount takes one rupiah more of the tax.
    await expectNoMatter({ owedRp: 60_499, remainderRp: 21_999 })
  })

  test('before its orders were cancelled is to be paid whole, also where it was ordered before that', async () => {
    const { acts, first, second, expectStanding, expectNoMatter } = await table(dialect)
    const paid = await acts.payByCode()
    await acts.dashboard(paid, 44_000)
    await expectStanding({ remainderRp: 0, undecidedRp: 44_000 })
    await acts.cancel(first)
    await expectStanding({ remainderRp: 0, undecidedRp: 22_000, overRp: 0 })
    await acts.order()
    await expectStanding({ remainderRp: 22_000, undecidedRp: 22_000, overRp: 0 })
    await acts.cancel(second)
    await expectNoMatter({ owedRp: 22_000, remainderRp: 22_000 })
    await acts.order()
    await expectNoMatter({ owedRp: 44_000, remainderRp: 44_000 })
  })

  test('is owed whole beside what a discount left undecided', async () => {
    const { acts, expectStanding } = await table(dialect)
    const paid = await acts.payByCode()
    await acts.dashboard(paid, 10_000)
    await expectStanding({ remainderRp: 0, undecidedRp: 10_000 })
    await acts.discount(5000)
    await expectStanding({ remainderRp: 0, undecidedRp: 4500, overRp: 0 })
    await acts.order()
    await expectStanding({ owedRp: 60_499, remainderRp: 21_999, undecidedRp: 4500, overRp: 0 })
  })

  test('with nothing due is owed whole, and answers no question about what was before it', async () => {
    const { acts, expectStanding, bill } = await table(dialect)
    const paid = await acts.payByCode()
    await acts.dashboard(paid, 10_000)
    const next = await acts.order()
    await expectStanding({ owedRp: 66_000, remainderRp: 22_000, undecidedRp: 10_000 })
    await acts.payInCash()
    await expectStanding({ remainderRp: 0, undecidedRp: 10_000, overRp: 0 })
    expect((await bill()).status).toBe('paid')
    await acts.cancel(next)
    // The cash for it goes back whole: nobody pays for the first orders with it unasked.
    await expectStanding({ owedRp: 44_000, remainderRp: 0, undecidedRp: 10_000, overRp: 22_000 })
    await acts.oweAgain(paid)
    await expectStanding({ remainderRp: 0, undecidedRp: 0, overRp: 12_000 })
  })
})
