import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { readUnpaidOrders } from '../../../server/payment/bills/bill.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene } from '../../support/paying-scene.ts'
import { createPickupScene, MINUTE_MS } from '../../support/pickup-scene.ts'

const HOUR_MS = 60 * MINUTE_MS

describeOnBoth('an order whose money has not come', (dialect) => {
  async function awaiting() {
    const scene = await createPickupScene(dialect, { payWhen: { table: 'end', pickup: 'first' } })
    const { shop } = scene
    const phone = await scene.linkPhone()
    const { id, visitId } = await scene.place(phone)
    const row = await shop.read.get<{ until_ms: number }>(
      sql`SELECT until_ms FROM awaited_orders WHERE order_id = ${id}`,
    )
    const untilMs = row?.until_ms ?? 0
    expect(untilMs).toBeGreaterThan(shop.clock.now())
    const given = async (atMs: number) => (await readUnpaidOrders(shop.read, atMs)).includes(id)
    const change = async (statement: ReturnType<typeof sql>) => {
      await shop.writer.submit(async (tx) => {
        expect(await tx.run(statement)).toBe(1)
        return { keep: true, value: undefined }
      })
    }
    return { ...scene, phone, id, visitId, untilMs, given, change }
  }

  test('waits for a code that was made in time, and two minutes for the answer after it has run out', async () => {
    const { showCode, phone, visitId, untilMs, given, change } = await awaiting()
    const shown = await showCode(phone, visitId)
    const endsMs = untilMs + 5 * MINUTE_MS
    await change(sql`UPDATE payments SET expires_at_ms = ${endsMs} WHERE id = ${shown.id}`)
    expect(await given(untilMs)).toBe(false)
    expect(await given(endsMs + 2 * MINUTE_MS - 1)).toBe(false)
    expect(await given(endsMs + 2 * MINUTE_MS)).toBe(true)
  })

  test('waits for no code that was made too late: one after the other would hold its slot for ever', async () => {
    const { showCode, phone, visitId, untilMs, given, change } = await awaiting()
    const shown = await showCode(phone, visitId)
    await change(sql`
      UPDATE payments SET created_at_ms = ${untilMs}, expires_at_ms = ${untilMs + HOUR_MS} WHERE id = ${shown.id}`)
    expect(await given(untilMs - 1)).toBe(false)
    expect(await given(untilMs)).toBe(true)
  })
})

describeOnBoth('a payment that is paid', (dialect) => {
  test('is asked about again after six hours, and not before', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const { shop } = scene
    const shown = await scene.showCode()
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.simulator?.webhooks.settled()
    await shop.gatewayWork.run()
    const row = await shop.read.get<{ status: string; asked: number }>(
      sql`SELECT status, provider_asked_at_ms AS asked FROM payments WHERE id = ${shown.id}`,
    )
    expect(row?.status).toBe('paid')
    const asks = async () => {
      await shop.gatewayWork.reconcile()
      const rows = await shop.read.all(
        sql`SELECT id FROM gateway_tasks WHERE kind = 'status' AND payment_id = ${shown.id}`,
      )
      return rows.length
    }
    shop.clock.set((row?.asked ?? 0) + 6 * HOUR_MS)
    expect(await asks()).toBe(0)
    shop.clock.turn(1)
    expect(await asks()).toBe(1)
  })
})
