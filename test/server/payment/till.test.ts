import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'

/** What the cashier takes for a payment that a phone prepared. */
function takeArgs(
  scene: PayingScene,
  prepared: { id: string; askedRp: number; tipRp: number },
  tenderedRp: number,
) {
  const { billId } = scene
  const part = { kind: 'rest' }
  const money = { tipRp: prepared.tipRp, shownRp: prepared.askedRp, tenderedRp }
  return { paymentId: prepared.id, billId, method: 'cash', part, ...money }
}

async function payable(scene: PayingScene, code: string, who = scene.barista) {
  const response = await who.fetch(`/api/desk/${scene.outlet.id}/payable?code=${encodeURIComponent(code)}`)
  return { status: response.status, body: (await response.json()) as Record<string, never> }
}

describeOnBoth('at the till', (dialect) => {
  test('a phone chose cash: its code is scanned, change is counted, the bill is paid and says who took it', async () => {
    const scene = await createPayingScene({ dialect })
    const prepared = await scene.pay('cash')
    const found = await payable(scene, `${prepared.code?.slice(0, 4)} ${prepared.code?.slice(4)}`)
    expect(found.body).toMatchObject({ ok: true, payment: { id: prepared.id }, bill: { id: scene.billId } })
    const tooLittle = await scene.barista.send(
      'payment.take',
      takeArgs(scene, prepared, prepared.askedRp - 100),
    )
    expect(tooLittle.body.refusal).toMatchObject({ code: 'payment.too_little_cash', missingRp: 100 })
    const taken = await scene.barista.send('payment.take', takeArgs(scene, prepared, 100_000))
    expect(taken.body.result).toMatchObject({ status: 'paid', changeRp: 100_000 - prepared.askedRp })
    expect(await scene.payment(prepared.id)).toMatchObject({
      status: 'paid',
      cash: { tenderedRp: 100_000, changeRp: 100_000 - prepared.askedRp },
      confirmed: { staffId: scene.barista.staffId, name: 'barista Sari', deviceId: scene.barista.deviceId },
    })
    expect((await scene.bill()).status).toBe('paid')
    expect((await payable(scene, prepared.code ?? '')).body).toMatchObject({
      refusal: { code: 'payment_code.paid' },
    })
  })

  test('taking again because the answer was lost takes nothing twice', async () => {
    const scene = await createPayingScene({ dialect })
    const prepared = await scene.pay('cash')
    const args = takeArgs(scene, prepared, 100_000)
    const first = await scene.barista.send('payment.take', args)
    const again = await scene.barista.send('payment.take', args)
    expect(again.body.result).toEqual(first.body.result)
    const other = await scene.colleague.send('payment.take', args)
    expect(other.body.refusal).toMatchObject({ code: 'payment.over', status: 'paid' })
    const day = await scene.manager.fetch(`/api/desk/${scene.outlet.id}/days/2026-11-18`)
    expect(await day.json()).toMatchObject({ expectedCashRp: prepared.askedRp })
  })

  test('a phone chose cash and pays by card instead: exact, without rounding', async () => {
    const scene = await createPayingScene({
      dialect,
      settings: { cashRounding: { stepRp: 1000, direction: 'nearest' } },
    })
    const prepared = await scene.pay('cash', { kind: 'amount', amountRp: 20_300 })
    expect(prepared).toMatchObject({ amountRp: 20_300, roundingRp: -300, askedRp: 20_000 })
    const args = { ...takeArgs(scene, { ...prepared, askedRp: 20_300 }, 20_300), method: 'card' }
    expect((await scene.barista.send('payment.take', args)).body.result).toMatchObject({ askedRp: 20_300 })
    expect(await scene.payment(prepared.id)).toMatchObject({
      method: 'card',
      roundingRp: 0,
      status: 'paid',
      cash: null,
    })
    const moves = await scene.shop.read.all(
      sql`SELECT method, reason FROM money_moves WHERE payment_id = ${prepared.id}`,
    )
    expect(moves).toEqual([{ method: 'card', reason: 'prepared as cash' }])
  })

  test('nothing is taken in a way that the outlet does not offer, by a part chosen here or prepared', async () => {
    const scene = await createPayingScene({ dialect, settings: { methods: ['cash'] } })
    const prepared = await scene.pay('cash', { kind: 'amount', amountRp: 10_000 })
    for (const method of ['card', 'qris_static']) {
      const cash = takeArgs(scene, prepared, prepared.askedRp)
      const own = { ...cash, paymentId: scene.shop.id('pay'), part: { kind: 'amount', amountRp: 10_000 } }
      for (const args of [cash, own]) {
        const { refusal } = (await scene.barista.send('payment.take', { ...args, method })).body
        expect(refusal).toEqual({ code: 'payment.method_off', methods: ['cash'] })
      }
    }
    expect((await scene.payment(prepared.id)).status).toBe('pending')
  })

  test('an order cancelled after a phone prepared its part lowers what the till asks for', async () => {
    const scene = await createPayingScene({ dialect })
    const prepared = await scene.pay('cash')
    await scene.phone.send('order.ask', { orderId: scene.placedOrderId, kind: 'cancel', note: '' })
    const wrong = await scene.barista.send('payment.take', takeArgs(scene, prepared, 100_000))
    const { totalRp } = (await scene.bill()).sums
    expect(wrong.body.refusal).toMatchObject({ code: 'payment.amount_changed', amountRp: totalRp })
    const askedRp = wrong.body.refusal.askedRp as number
    const right = await scene.barista.send('payment.take', takeArgs(scene, { ...prepared, askedRp }, askedRp))
    expect(right.body.result).toMatchObject({ status: 'paid' })
    expect((await scene.bill()).status).toBe('paid')
  })

  test('codes that are wrong say which: mistyped, of another outlet, unknown, given up, no code at all', async () => {
    const scene = await createPayingScene({ dialect })
    const { code } = await scene.bill()
    expect((await payable(scene, code)).body).toMatchObject({
      ok: true,
      payment: null,
      standing: { isPaid: false },
    })
    const refusalOf = async (text: string, who = scene.barista) => {
      const { body } = await payable(scene, text, who)
      return (body as { refusal?: { code: string } }).refusal?.code
    }
    expect(await refusalOf(code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10)))).toBe(
      'payment_code.mistyped',
    )
    expect(await refusalOf(code.slice(0, 9))).toBe('payment_code.incomplete')
    expect(await refusalOf('8991234567890')).toBe('payment_code.not_a_bill')
    expect(await refusalOf('')).toBe('payment_code.empty')
    const prepared = await scene.pay('cash')
    await scene.phone.send('payment.cancel', { paymentId: prepared.id })
    expect(await refusalOf(prepared.code ?? '')).toBe('payment_code.old')
    const elsewhere = await scene.foreignManager.fetch(
      `/api/desk/${(await scene.shop.outlet('ayahanda')).id}/payable?code=${code}`,
    )
    expect(await elsewhere.json()).toMatchObject({ refusal: { code: 'payment_code.other_outlet' } })
    expect((await payable(scene, code, scene.foreignManager)).status).toBe(403)
    const phone = await scene.phone.fetch(`/api/desk/${scene.outlet.id}/payable?code=${code}`)
    expect(phone.status).toBe(403)
  })

  test('a code for the till runs out by itself', async () => {
    const scene = await createPayingScene({ dialect })
    const prepared = await scene.pay('cash')
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    expect((await scene.payment(prepared.id)).status).toBe('expired')
    expect((await payable(scene, prepared.code ?? '')).body).toMatchObject({
      refusal: { code: 'payment_code.old' },
    })
  })

  test('what a phone pays by QRIS is not taken at the till until it is given up', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    const taken = await scene.barista.send('payment.take', takeArgs(scene, shown, 100_000))
    expect(taken.body.refusal).toMatchObject({ code: 'payment.at_gateway' })
    const rest = { ...takeArgs(scene, shown, 100_000), paymentId: scene.shop.id('pay') }
    expect((await scene.barista.send('payment.take', rest)).body.refusal).toMatchObject({
      code: 'bill.nothing_open',
    })
  })

  test('a party that has gone comes back and pays at the till', async () => {
    const scene = await createPayingScene({ dialect })
    const { code, sums } = await scene.bill()
    await scene.barista.send('order.accept', { orderId: scene.placedOrderId, readyInMinutes: 5 })
    await scene.barista.send('visit.close', { visitId: scene.visitId })
    expect(await scene.bill()).toMatchObject({ status: 'closed', sums: { totalRp: sums.totalRp } })
    const late = await scene.phone.send('bill.pay', {
      paymentId: scene.shop.id('pay'),
      billId: scene.billId,
      method: 'cash',
      part: { kind: 'rest' },
      tipRp: 0,
      shownRp: sums.totalRp,
    })
    expect(late.body.refusal).toMatchObject({ code: 'bill.closed' })
    expect((await payable(scene, code)).body).toMatchObject({ ok: true })
    const args = {
      paymentId: scene.shop.id('pay'),
      billId: scene.billId,
      method: 'card',
      part: { kind: 'rest' },
      tipRp: 0,
    }
    const taken = await scene.barista.send('payment.take', {
      ...args,
      shownRp: sums.totalRp,
      tenderedRp: sums.totalRp,
    })
    expect(taken.body.result).toMatchObject({ status: 'paid' })
    expect((await payable(scene, code)).body).toMatchObject({ refusal: { code: 'payment_code.old' } })
  })
})
