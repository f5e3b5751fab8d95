import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { businessDay } from '#shared/kernel/time.ts'
import type { Change } from '#shared/protocol.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { readAccount } from '../../../../server/payment/bills/bill-keeping.ts'
import { receiptPage } from '../../../../server/payment/receipt/receipt-page.ts'
import { type Dialect, describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

const MINUTE_MS = 60_000
const REASON = 'tamu marah-marah, kasih saja'

/** A table whose bill is paid through the provider; `isGone`: served and closed since. */
async function paidTable(dialect: Dialect, isGone: boolean) {
  const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
  const { shop, barista, outlet, acceptedOrderId, placedOrderId } = scene
  await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
  await barista.send('order.accept', { orderId: placedOrderId, readyInMinutes: 5 })
  const shown = await scene.showCode()
  scene.simulator?.payer.scan(shown.providerRef ?? '')
  await scene.settle()
  const paid = await scene.payment(shown.id)
  if (isGone) {
    const steps = ['accepted', 'preparing', 'ready', 'served']
    for (const orderId of [acceptedOrderId, placedOrderId]) {
      for (const [at, from] of steps.slice(0, -1).entries()) {
        await barista.send('order.move', { orderId, from, to: steps[at + 1] })
      }
    }
    expect((await barista.send('visit.close', { visitId: scene.visitId })).body.ok).toBe(true)
  }
  const askRefund = (amountRp: number, more: object = {}) =>
    barista.send('payment.refund', {
      refundId: shop.id('rfd'),
      paymentId: paid.id,
      amountRp,
      reason: REASON,
      approval: scene.approval,
      ...more,
    })
  const settleLater = async () => {
    await scene.settle()
    shop.clock.turn(16 * MINUTE_MS)
    await scene.settle()
  }
  const dashboardRefund = async (amountRp: number) => {
    scene.simulator?.dashboard?.refund(paid.providerRef ?? '', amountRp)
    await scene.settle()
  }
  const account = async () => readAccount(shop.read, await scene.bill())
  /** What the phones of the party are told that the table still owes. */
  const told = async () => {
    const rows = await shop.read.all<{ body: string }>(
      sql`SELECT body FROM records WHERE kind = 'visit_phone'`,
    )
    return Math.max(...rows.map(({ body }) => (JSON.parse(body) as VisitPhone).remainderRp ?? 0))
  }
  const owingOfDay = async () => {
    const today = businessDay(shop.clock.now(), outlet.zone, outlet.dayEndsAt)
    const answer = await scene.manager.fetch(`/api/desk/${outlet.id}/days/${today}`)
    return ((await answer.json()) as { openBills: { owesRp: number } }).openBills.owesRp
  }
  return { ...scene, paid, askRefund, settleLater, dashboardRefund, account, told, owingOfDay }
}

describeOnBoth('money that goes back after a table was paid', (dialect) => {
  test('is asked about when the party has gone, and a discount comes first', async () => {
    const scene = await paidTable(dialect, true)
    expect((await scene.askRefund(5000)).body.refusal).toMatchObject({
      code: 'refund.owes_again',
      owesRp: 5000,
    })
    const discount = {
      billId: scene.billId,
      what: { kind: 'amount', amountRp: 5000 },
      label: 'Potongan',
      reason: 'kopi dingin',
      approval: scene.approval,
    }
    expect((await scene.barista.send('bill.discount', discount)).body.ok).toBe(true)
    const { overRp } = (await scene.account()).standing
    expect(overRp).toBeGreaterThan(0)
    expect((await scene.askRefund(overRp)).body.ok).toBe(true)
    await scene.settleLater()
    expect([await scene.told(), await scene.owingOfDay()]).toEqual([0, 0])
  })

  test('given at the provider, is asked of no guest who has gone', async () => {
    const scene = await paidTable(dialect, true)
    await scene.dashboardRefund(5000)
    expect([await scene.told(), await scene.owingOfDay()]).toEqual([0, 0])
    expect((await scene.account()).standing).toMatchObject({ remainderRp: 0, undecidedRp: 5000 })
  })

  test('given at the provider, is asked of a table only when a manager says so', async () => {
    const scene = await paidTable(dialect, false)
    await scene.dashboardRefund(5000)
    expect((await scene.bill()).status).toBe('paid')
    expect((await scene.account()).standing).toMatchObject({ remainderRp: 0, undecidedRp: 5000 })
    const args = { paymentId: scene.paid.id, reason: 'tamu bayar tunai', approval: scene.approval }
    expect((await scene.barista.send('payment.owe_again', args)).body.ok).toBe(true)
    expect((await scene.bill()).status).toBe('open')
    expect((await scene.account()).standing).toMatchObject({ remainderRp: 5000, undecidedRp: 0 })
    await scene.dashboardRefund(3000)
    expect((await scene.account()).standing).toMatchObject({ remainderRp: 5000, undecidedRp: 3000 })
    const moves = await scene.shop.read.all(sql`SELECT reason FROM money_moves WHERE kind = 'owed_again'`)
    expect(moves).toEqual([{ reason: 'tamu bayar tunai' }])
  })

  test('given at the provider, is no matter any more once a discount covers it', async () => {
    const scene = await paidTable(dialect, false)
    await scene.dashboardRefund(5000)
    const discount = {
      billId: scene.billId,
      what: { kind: 'amount', amountRp: 10_000 },
      label: 'Potongan',
      reason: 'kopi dingin',
      approval: scene.approval,
    }
    expect((await scene.barista.send('bill.discount', discount)).body.ok).toBe(true)
    expect((await scene.account()).standing).toMatchObject({ remainderRp: 0, undecidedRp: 0 })
    const [refund] = (await scene.payment(scene.paid.id)).facts.refunds
    expect(refund?.decidedRp).toBe(5000)
  })

  test('is told to phones without who did it and why', async () => {
    const scene = await paidTable(dialect, false)
    expect((await scene.askRefund(5000, { owesAgain: true })).body.ok).toBe(true)
    await scene.settleLater()
    const late = await scene.pay('qris')
    const confirm = { paymentId: late.id, reason: REASON, approval: scene.approval }
    expect((await scene.barista.send('payment.confirm', confirm)).body.ok).toBe(true)
    const heard = async (browser: Parameters<typeof scene.shop.readStream>[0], stream: string) =>
      JSON.stringify((await scene.shop.readStream(browser, stream)) ?? []) as string
    const atPhone = await heard(scene.phone, `visit:${scene.visitId}`)
    expect(atPhone).toContain('"stage":"succeeded"')
    expect(atPhone).not.toContain(REASON)
    expect(atPhone).not.toContain(scene.approval.staffId)
    expect(await heard(scene.barista, `desk:${scene.outlet.id}`)).toContain(REASON)
    const changes = (await scene.shop.readStream(scene.phone, `visit:${scene.visitId}`)) as Change[]
    expect(changes.filter(({ kind }) => kind === 'refund').length).toBeGreaterThan(0)
  })

  test('adds up on the receipt also when more went back than came', async () => {
    const scene = await paidTable(dialect, false)
    expect((await scene.askRefund(5000, { owesAgain: true })).body.ok).toBe(true)
    await scene.settleLater()
    await scene.dashboardRefund(scene.paid.askedRp)
    const page = receiptPage({
      outlet: scene.outlet,
      account: await scene.account(),
      ended: [],
      pickupCode: null,
      copy: 1,
      printedAtMs: scene.shop.clock.now(),
      columns: 32,
    })
    const amountOf = (label: string) => {
      const line = page.map(({ text }) => text).find((text) => text.startsWith(label))
      return line === undefined ? null : Number(line.slice(label.length).replace(/[^-\d]/g, ''))
    }
    const { sheet } = await scene.account()
    expect(amountOf('Setelah pengembalian')).toBe(-5000)
    expect(amountOf('DIKEMBALIKAN LEBIH')).toBe(5000)
    const parts = ['DIKEMBALIKAN LEBIH', 'Kembali, menunggu kasir', 'SISA'].map(
      (label) => amountOf(label) ?? 0,
    )
    expect(parts.reduce((sum, rp) => sum + rp, 0)).toBe(sheet.sums.totalRp + 5000)
  })
})
