import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'

const DAY = '2026-11-18'

async function takeCash(scene: PayingScene, amountRp: number) {
  const paymentId = scene.shop.id('pay')
  const part = { kind: 'amount', amountRp }
  const money = { tipRp: 0, shownRp: amountRp, tenderedRp: amountRp }
  const args = { paymentId, billId: scene.billId, method: 'cash', part, ...money }
  const taken = await scene.barista.send('payment.take', args)
  expect(taken.body.result).toMatchObject({ status: 'paid' })
  return paymentId
}

async function dayOf(scene: PayingScene, day = DAY) {
  const response = await scene.manager.fetch(`/api/desk/${scene.outlet.id}/days/${day}`)
  return (await response.json()) as Record<string, never>
}

describeOnBoth("the money's own record", (dialect) => {
  test.each([
    'UPDATE money_moves SET amount_rp = 0',
    'DELETE FROM money_moves',
    'UPDATE day_closes SET counted_cash_rp = 0',
    'DELETE FROM day_closes',
  ])('cannot be changed, whoever asks: %s', async (statement) => {
    const scene = await createPayingScene({ dialect })
    await takeCash(scene, 5000)
    const closing = {
      outletId: scene.outlet.id,
      day: DAY,
      countedCashRp: 5000,
      note: '',
      approval: scene.approval,
    }
    await scene.barista.send('day.close', closing)
    await expect(scene.shop.database.script(statement)).rejects.toThrow(/append-only/)
    const [row] = await scene.shop.read.all(sql`SELECT SUM(amount_rp) AS sum_rp FROM money_moves`)
    expect(Number((row as { sum_rp: number }).sum_rp)).toBe(5000)
  })

  test('cannot be replaced, by whatever connection', async () => {
    const scene = await createPayingScene({ dialect })
    await takeCash(scene, 5000)
    const changed = `SELECT id, outlet_id, business_day, kind, bill_id, payment_id, refund_id, method, provider, provider_ref,
      1, actor, actor_name, approved_by, device_id, reason, command_id, at_ms FROM money_moves`
    const wrongs =
      dialect === 'sqlite'
        ? [`INSERT OR REPLACE INTO money_moves ${changed}`, `REPLACE INTO money_moves ${changed}`]
        : [`INSERT INTO money_moves ${changed} ON CONFLICT (id) DO UPDATE SET amount_rp = 1`]
    for (const wrong of wrongs) {
      await expect(scene.shop.database.script(wrong)).rejects.toThrow(/append-only/)
    }
    const rows = await scene.shop.read.all(sql`SELECT payment_id, amount_rp FROM money_moves`)
    expect(rows.map((row) => Number((row as { amount_rp: number }).amount_rp))).toEqual([5000])
  })

  test('the day is closed: expected against counted, once, by a manager', async () => {
    const scene = await createPayingScene({ dialect })
    const first = await takeCash(scene, 20_000)
    await takeCash(scene, 5000)
    const refund = {
      refundId: scene.shop.id('rfd'),
      paymentId: first,
      amountRp: 3000,
      owesAgain: true,
      reason: 'tumpah',
    }
    await scene.barista.send('payment.refund', { ...refund, approval: scene.approval })
    const close = (day: string) =>
      scene.barista.send('day.close', {
        outletId: scene.outlet.id,
        day,
        countedCashRp: 21_000,
        note: 'kurang seribu',
        approval: scene.approval,
      })
    expect((await close('2026-11-19')).body.refusal.code).toBe('day.in_future')
    expect((await close('2026-11-17')).body.refusal).toEqual({ code: 'day.before_first' })
    for (const day of ['2026-02-31', '0000-01-01', '9999-12-31', '2019-12-31', '2101-01-01']) {
      expect([day, (await close(day)).status]).toEqual([day, 422])
      const asked = await scene.manager.send('day.ask', { outletId: scene.outlet.id, day })
      const read = await scene.manager.fetch(`/api/desk/${scene.outlet.id}/days/${day}`)
      expect([day, asked.status, read.status]).toEqual([day, 422, 422])
    }
    expect((await close(DAY)).body.result).toEqual({
      ok: true,
      day: DAY,
      expectedCashRp: 22_000,
      differenceRp: -1000,
    })
    expect((await close(DAY)).body.refusal).toMatchObject({ code: 'day.closed_already' })
    await takeCash(scene, 2000)
    expect(await dayOf(scene)).toMatchObject({
      expectedCashRp: 24_000,
      sums: [
        {
          method: 'cash',
          provider: 'manual',
          isPractice: false,
          receivedRp: 27_000,
          refundedRp: 3000,
          receipts: 3,
          refunds: 1,
        },
      ],
      close: {
        expectedCashRp: 22_000,
        countedCashRp: 21_000,
        differenceRp: -1000,
        approvedBy: 'manager Sari',
        movesSince: 0,
      },
    })
  })

  test('the day can be downloaded by a manager, and a name cannot become a formula', async () => {
    const scene = await createPayingScene({ dialect })
    const evil = await scene.shop.staff('barista', undefined, '=HYPERLINK("http://x")')
    const money = { tipRp: 0, shownRp: 5000, tenderedRp: 5000 }
    const args = {
      paymentId: scene.shop.id('pay'),
      billId: scene.billId,
      method: 'cash',
      part: { kind: 'amount', amountRp: 5000 },
      ...money,
    }
    await evil.send('payment.take', args)
    const path = `/api/desk/${scene.outlet.id}/days/${DAY}.csv`
    const csv = await (await scene.manager.fetch(path)).text()
    expect(csv).toContain(`"2026-11-18","10.00","masuk","tunai","petugas",5000,,,"${scene.billId}"`)
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(await (await scene.manager.fetch(`${path}?language=en`)).text()).toContain(
      '"received","cash","staff",5000',
    )
    for (const who of [scene.barista, scene.foreignManager, scene.phone, scene.shop.stranger()]) {
      expect((await who.fetch(path)).status).toBe(403)
    }
    expect((await scene.manager.fetch(`/api/desk/${scene.outlet.id}/days/2026-99-99`)).status).toBe(422)
  })
})
