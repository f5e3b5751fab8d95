import { expect, test } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { readOutlet } from '../../../../server/outlet/outlet.store.ts'
import { readAccount } from '../../../../server/payment/bills/bill-keeping.ts'
import { receiptPage } from '../../../../server/payment/receipt/receipt-page.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../../support/paying-scene.ts'

async function paperOf(
  scene: PayingScene,
  ended: readonly Order[] = [],
  more: readonly Payment[] = [],
): Promise<string> {
  const outlet = await readOutlet(scene.shop.read, scene.outlet.id)
  if (!outlet) throw new Error('The scene has an outlet.')
  const stored = await readAccount(scene.shop.read, await scene.bill())
  const payments = [...stored.payments, ...more]
  const account = { ...stored, payments, standing: standingOf(stored.standing.owedRp, payments) }
  const printedAtMs = scene.shop.clock.now()
  const page = receiptPage({ outlet, account, ended, pickupCode: null, copy: 1, printedAtMs, columns: 42 })
  return page.map(({ text }) => text).join('\n')
}

describeOnBoth('the sums on paper', (dialect) => {
  test('say that late money is there and not counted, beside what is still owed', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    await scene.phone.send('practice.play', { paymentId: shown.id, play: 'pay_late' })
    await scene.settle()
    scene.shop.clock.turn(20_000)
    await scene.shop.gatewayWork.reconcile()
    scene.shop.clock.turn(20_000)
    await scene.settle()
    const paper = await paperOf(scene)
    expect(paper).toMatch(/^SISA +Rp44\.000$/m)
    expect(paper).toMatch(/^Masuk, belum dihitung \(SIMULASI\) +44\.000$/m)
    // Another guest's money on its way back says nothing of this.
    const late = await scene.payment(shown.id)
    const facts = {
      ...NO_FACTS,
      receipts: [{ ref: 'other', amountRp: 22_000, atMs: scene.shop.clock.now() }],
      refunds: [{ refundId: `rfd_01${'0'.repeat(24)}`, amountRp: 22_000, stage: 'sent' as const }],
    }
    const asked = { amountRp: 22_000, askedRp: 22_000, covers: [], freedRp: 22_000 }
    const leaving = { ...late, ...asked, id: 'pay_other', status: 'paid' as const, facts }
    const both = await paperOf(scene, [], [leaving])
    expect(both).toMatch(/^Masuk, belum dihitung \(SIMULASI\) +44\.000$/m)
  })

  test('name an ended order without a sum where a discount makes it none', async () => {
    const scene = await createPayingScene({ dialect })
    const [{ order } = {}] = (await readAccount(scene.shop.read, await scene.bill())).orders
    if (!order) throw new Error('The scene has an order.')
    const ended = [{ ...order, status: 'rejected' as const }]
    expect(await paperOf(scene, ended)).toMatch(/^Dipesan +/m)
    const what = { kind: 'rate', permille: 500 }
    const why = { label: 'Promo', reason: 'promo', approval: scene.approval }
    await scene.barista.send('bill.discount', { billId: (await scene.bill()).id, what, ...why })
    const paper = await paperOf(scene, ended)
    expect(paper).toMatch(/^Potongan Promo +-/m)
    expect(paper).toMatch(new RegExp(`^Ditolak #${String(order.number).padStart(3, '0')}$`, 'm'))
    expect(paper).not.toMatch(/^Dipesan/m)
  })
})
