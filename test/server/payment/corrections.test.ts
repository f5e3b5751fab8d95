import sql, { raw } from 'sql-template-tag'
import { expect, test } from 'vitest'
import { localMoment } from '#shared/kernel/time.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'
import { MAX_PIN_FAILURES } from '#shared/staff/staff.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'
import { PIN } from '../../support/test-shop.ts'

async function paidInCash(scene: PayingScene) {
  const prepared = await scene.pay('cash')
  const money = { tipRp: 0, shownRp: prepared.askedRp, tenderedRp: prepared.askedRp }
  const args = {
    paymentId: prepared.id,
    billId: scene.billId,
    method: 'cash',
    part: { kind: 'rest' },
    ...money,
  }
  await scene.barista.send('payment.take', args)
  return scene.payment(prepared.id)
}

describeOnBoth('what a person corrects', (dialect) => {
  test('a gateway payment is set to paid by hand: the manager, the reason and the device are kept', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const shown = await scene.showCode()
    const args = { paymentId: shown.id, reason: 'terlihat di aplikasi', approval: scene.approval }
    expect((await scene.barista.send('payment.confirm', args)).body.result).toMatchObject({
      ok: true,
      status: 'paid',
    })
    expect((await scene.payment(shown.id)).confirmed).toMatchObject({
      staffId: scene.manager.staffId,
      reason: 'terlihat di aplikasi',
      deviceId: scene.barista.deviceId,
    })
    const moves = await scene.shop.read.all(sql`
      SELECT kind, actor, approved_by, device_id, reason FROM money_moves WHERE payment_id = ${shown.id} ORDER BY kind`)
    expect(moves).toEqual(
      ['confirmed', 'received'].map((kind) => ({
        kind,
        actor: scene.barista.staffId,
        approved_by: 'manager Sari',
        device_id: scene.barista.deviceId,
        reason: 'terlihat di aplikasi',
      })),
    )
  })

  test('the provider tells the same money later: it counts once', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const shown = await scene.showCode()
    scene.simulator?.webhooks.plan({ kind: 'lose' })
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    await scene.barista.send('payment.confirm', {
      paymentId: shown.id,
      reason: 'struk ada',
      approval: scene.approval,
    })
    await scene.settle()
    await scene.shop.gatewayWork.reconcile()
    await scene.settle()
    const paid = await scene.payment(shown.id)
    expect(paid.status).toBe('paid')
    expect(paid.facts.receipts).toHaveLength(1)
    expect(attentionTo(paid)).toEqual([])
  })

  test.each(['practice', 'midtrans'] as const)(
    'what moves no money cannot be set to paid by hand: %s',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode()
      const by = { paymentId: shown.id, reason: 'terlihat di aplikasi', approval: scene.approval }
      const confirm = () => scene.barista.send('payment.confirm', by)
      expect((await confirm()).body.refusal).toEqual({ code: 'payment.practice_confirm' })
      await scene.phone.send('payment.cancel', { paymentId: shown.id })
      await scene.settle()
      expect((await confirm()).body.refusal).toEqual({ code: 'payment.practice_confirm' })
      expect((await scene.payment(shown.id)).facts.receipts).toEqual([])
    },
  )

  test('nor can what a test key never made a code for', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', sendsQrString: false })
    const failed = await scene.showCode()
    expect(failed).toMatchObject({ status: 'failed', isTest: true })
    const by = { paymentId: failed.id, reason: 'terlihat di aplikasi', approval: scene.approval }
    const answer = await scene.barista.send('payment.confirm', by)
    expect(answer.body.refusal).toEqual({ code: 'payment.practice_confirm' })
  })

  test('a wrong PIN is counted like one at signing in, and ten lock the device', async () => {
    const scene = await createPayingScene({ dialect })
    const paid = await paidInCash(scene)
    const args = {
      refundId: scene.shop.id('rfd'),
      paymentId: paid.id,
      amountRp: 1000,
      owesAgain: true,
      reason: 'salah pesan',
    }
    const guess = (pin: string) =>
      scene.barista.send('payment.refund', { ...args, approval: { staffId: scene.manager.staffId, pin } })
    expect((await guess('000000')).body.result).toEqual({ ok: false, code: 'staff.wrong_pin', triesLeft: 9 })
    expect((await guess(PIN)).body.result).toMatchObject({ ok: true })
    for (let tries = 1; tries < MAX_PIN_FAILURES; tries++) await guess('000000')
    expect((await guess('000001')).body.result).toEqual({ ok: false, code: 'device.locked' })
    expect((await guess(PIN)).status).toBeGreaterThanOrEqual(400)
    expect((await scene.payment(paid.id)).facts.refunds).toHaveLength(1)
  })

  test("a barista's own PIN approves nothing, nor does that of another outlet's manager", async () => {
    const scene = await createPayingScene({ dialect })
    const paid = await paidInCash(scene)
    const args = {
      refundId: scene.shop.id('rfd'),
      paymentId: paid.id,
      amountRp: 1000,
      owesAgain: true,
      reason: 'salah pesan',
    }
    const by = async (staffId: string) =>
      (await scene.barista.send('payment.refund', { ...args, approval: { staffId, pin: PIN } })).body.refusal
        .code
    expect(await by(scene.barista.staffId)).toBe('session.not_allowed')
    expect(await by(scene.foreignManager.staffId)).toBe('staff.unknown')
    expect(await by(scene.shop.id('stf'))).toBe('staff.unknown')
    expect((await scene.payment(paid.id)).facts.refunds).toEqual([])
  })

  test('the PIN is nowhere: not in the commands, the records, the moves, the log', async () => {
    const scene = await createPayingScene({ dialect })
    const paid = await paidInCash(scene)
    const approval = { staffId: scene.manager.staffId, pin: PIN }
    const args = {
      refundId: scene.shop.id('rfd'),
      paymentId: paid.id,
      amountRp: 1000,
      owesAgain: true,
      reason: 'salah pesan',
    }
    await scene.barista.send('payment.refund', { ...args, approval })
    for (const table of ['commands', 'records', 'money_moves', 'refunds', 'payments']) {
      const rows = await scene.shop.read.all(sql`SELECT * FROM ${raw(table)}`)
      expect(JSON.stringify(rows)).not.toMatch(new RegExp(`[^0-9a-z]${PIN}[^0-9a-z]`))
    }
    expect(scene.shop.logLines.join('\n')).not.toContain(PIN)
  })

  test('cash goes back at once, once for its id, and never more than came', async () => {
    const scene = await createPayingScene({ dialect })
    const paid = await paidInCash(scene)
    const give = async (refundId: string, amountRp: number) =>
      (
        await scene.barista.send('payment.refund', {
          refundId,
          paymentId: paid.id,
          amountRp,
          owesAgain: true,
          reason: 'batal',
          approval: scene.approval,
        })
      ).body
    const refundId = scene.shop.id('rfd')
    expect((await give(refundId, 5000)).result).toMatchObject({
      ok: true,
      stage: 'succeeded',
      status: 'partly_refunded',
    })
    expect((await give(refundId, 5000)).result).toMatchObject({ ok: true, stage: 'succeeded' })
    expect((await give(refundId, 6000)).refusal.code).toBe('refund.id_taken')
    const tooMuch = await give(scene.shop.id('rfd'), paid.askedRp - 4999)
    expect(tooMuch.refusal).toEqual({ code: 'refund.too_much', refundableRp: paid.askedRp - 5000 })
    const many = await Promise.all(
      Array.from({ length: 5 }, () => give(scene.shop.id('rfd'), paid.askedRp - 5000)),
    )
    expect(many.filter(({ ok }) => ok)).toHaveLength(1)
    expect(many.filter(({ ok }) => !ok).map(({ refusal }) => refusal.code)).toEqual(
      Array(4).fill('refund.too_much'),
    )
    expect((await scene.payment(paid.id)).status).toBe('refunded')
  })

  test('a refund that the provider refuses is named, and is then handed over in cash', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const shown = await scene.showCode()
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    // Their window for refunds is over.
    scene.shop.clock.turn(60 * 24 * 3_600_000)
    const barista = await scene.shop.staff('barista')
    const give = async (way?: 'cash') => {
      const refundId = scene.shop.id('rfd')
      const args = {
        refundId,
        paymentId: shown.id,
        amountRp: 1000,
        owesAgain: true,
        reason: 'batal',
        ...(way ? { way } : {}),
      }
      await barista.send('payment.refund', { ...args, approval: scene.approval })
      await scene.settle()
      return scene.refund(refundId)
    }
    expect(await give()).toMatchObject({ stage: 'failed' })
    expect(attentionTo(await scene.payment(shown.id))).toEqual(['refund_failed'])
    expect(await give('cash')).toMatchObject({ stage: 'succeeded', way: 'cash' })
    expect(attentionTo(await scene.payment(shown.id))).toEqual([])
    const day = await scene.shop.read.all(sql`
      SELECT method, amount_rp FROM money_moves WHERE payment_id = ${shown.id} AND kind = 'refunded'`)
    expect(day).toEqual([{ method: 'cash', amount_rp: -1000 }])
  })

  test('a refund that failed is given up by a manager, and then nobody has to look', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    scene.shop.clock.turn(60 * 24 * 3_600_000)
    const barista = await scene.shop.staff('barista')
    const refundId = scene.shop.id('rfd')
    const args = { refundId, paymentId: shown.id, reason: 'tamu tidak jadi', approval: scene.approval }
    await barista.send('payment.refund', { ...args, amountRp: 1000, owesAgain: true })
    await scene.settle()
    const strange = { ...args, refundId: scene.shop.id('rfd') }
    expect((await barista.send('refund.drop', strange)).body.refusal.code).toBe('refund.unknown')
    expect((await barista.send('refund.drop', args)).body.result).toMatchObject({
      ok: true,
      stage: 'dropped',
    })
    expect(await scene.refund(refundId)).toMatchObject({
      stage: 'dropped',
      deed: { reason: 'tamu tidak jadi' },
    })
    const payment = await scene.payment(shown.id)
    expect([payment.status, attentionTo(payment)]).toEqual(['paid', []])
  })

  test('a discount that leaves nothing to pay gives up what was prepared for the till', async () => {
    const scene = await createPayingScene({ dialect })
    const prepared = await scene.pay('cash')
    const given = { billId: scene.billId, label: 'Maaf', reason: 'menunggu lama', approval: scene.approval }
    const half = { ...given, what: { kind: 'rate', permille: 500 } }
    expect((await scene.barista.send('bill.discount', half)).body.ok).toBe(true)
    expect((await scene.payment(prepared.id)).status).toBe('pending')
    const whole = { ...given, what: { kind: 'rate', permille: 1000 } }
    expect((await scene.barista.send('bill.discount', whole)).body.ok).toBe(true)
    expect((await scene.payment(prepared.id)).status).toBe('cancelled')
    expect((await scene.bill()).status).toBe('paid')
    const moves = await scene.shop.read.all(
      sql`SELECT kind, amount_rp FROM money_moves WHERE payment_id = ${prepared.id}`,
    )
    expect(moves.map((move) => (move as { kind: string }).kind)).toEqual(['cancelled'])
  })

  test.each(['practice', 'midtrans', 'xendit'] as const)(
    'a cancelled order closes the code of %s that asks for more than is left; money that comes all the same is late',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode()
      await scene.barista.send('order.reject', { orderId: scene.placedOrderId, reason: 'too_busy', text: '' })
      await scene.settle()
      expect((await scene.payment(shown.id)).status).toBe('cancelled')
      if (provider === 'practice') {
        const [row] = await scene.shop.read.all<{ status: string }>(sql`SELECT status FROM practice_payments`)
        expect(row?.status).toBe('expired')
      } else {
        const [asked] = scene.simulator?.payer.list() ?? []
        expect(asked?.status).not.toMatch(/pending|requires_action/i)
        scene.shop.clock.turn(60_000)
        scene.simulator?.payer.scan(shown.providerRef ?? '', { late: 'honoured' })
        await scene.phone.send('payment.look', { paymentId: shown.id })
        await scene.settle()
        expect((await scene.payment(shown.id)).status).toBe('paid_late')
      }
    },
  )

  test('a code for what is still owed stays open when another order is cancelled', async () => {
    const scene = await createPayingScene({ dialect })
    const units = [{ orderId: scene.acceptedOrderId, line: 0, quantity: 1 }]
    const shown = await scene.showCode({ kind: 'items', units })
    await scene.barista.send('order.reject', { orderId: scene.placedOrderId, reason: 'too_busy', text: '' })
    expect((await scene.payment(shown.id)).status).toBe('pending')
  })

  test('a discount that leaves nothing to pay closes the code of a gateway too', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    const whole = { what: { kind: 'rate', permille: 1000 }, label: 'Maaf', reason: 'menunggu lama' }
    await scene.barista.send('bill.discount', { billId: scene.billId, ...whole, approval: scene.approval })
    await scene.settle()
    expect((await scene.payment(shown.id)).status).toBe('cancelled')
    expect(scene.simulator?.payer.list()[0]?.status).not.toBe('pending')
  })

  test('a discount is given by a manager, changes what is owed, and can be taken back', async () => {
    const scene = await createPayingScene({ dialect })
    const before = await scene.bill()
    const give = async (what: unknown) =>
      (
        await scene.barista.send('bill.discount', {
          billId: scene.billId,
          what,
          label: 'Promo',
          reason: 'lama menunggu',
          approval: scene.approval,
        })
      ).body
    expect((await give({ kind: 'rate', permille: 200 })).result).toMatchObject({ ok: true })
    const after = await scene.bill()
    expect(after.sums.discountRp).toBe(Math.round(before.sums.subtotalRp * 0.2))
    // Guests read the bill: who gave it, and why, stands in the money's own record alone.
    expect(after.discount).toEqual({ label: 'Promo', what: { kind: 'rate', permille: 200 } })
    const moves = await scene.shop.read.all(
      sql`SELECT approved_by, reason FROM money_moves WHERE kind = 'discounted'`,
    )
    expect(moves).toEqual([
      { approved_by: 'manager Sari', reason: `lama menunggu (${after.sums.discountRp} Rp)` },
    ])
    const path = `/api/desk/${scene.outlet.id}/bills/${scene.billId}/discount`
    const deed = { reason: 'lama menunggu', approvedBy: 'manager Sari', amountRp: after.sums.discountRp }
    const told = async () => (await (await scene.barista.fetch(path)).json()).discount
    expect(await told()).toMatchObject(deed)
    expect((await scene.phone.fetch(path)).status).toBeGreaterThanOrEqual(401)
    expect((await scene.foreignManager.fetch(path)).status).toBeGreaterThanOrEqual(401)
    const { day } = localMoment(scene.shop.clock.now(), scene.outlet.zone)
    const books = await scene.manager.fetch(`/api/desk/${scene.outlet.id}/days/${day}`)
    expect((await books.json()).discounts).toMatchObject([
      { ...deed, billId: scene.billId, tableLabel: after.tableLabel },
    ])
    await give(null)
    expect(await scene.bill()).toMatchObject({ discount: null, sums: before.sums })
    expect(await told()).toBeNull()
  })

  test('what was paid on time needs no credit', async () => {
    const scene = await createPayingScene({ dialect })
    const paid = await paidInCash(scene)
    const answer = await scene.barista.send('payment.credit', {
      paymentId: paid.id,
      reason: 'salah',
      approval: scene.approval,
    })
    expect(answer.body.refusal.code).toBe('payment.nothing_to_credit')
  })
})
