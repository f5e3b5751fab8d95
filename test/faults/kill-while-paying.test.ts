import { expect, onTestFinished, test } from 'vitest'
import type { Payment } from '#shared/payment/payment.ts'
import { DEFAULT_PAYMENT_SETTINGS } from '#shared/payment/payment-settings.ts'
import { makeId, openBusyShop, send } from '../support/busy-shop.ts'
import { SERVER_KEY } from '../support/gateways/gateway-bench.ts'
import { startMidtransSimulator } from '../support/gateways/midtrans-simulator.ts'
import { emptyDist, freePort, makeFolder, startMeja } from '../support/meja-process.ts'
import { openSideReader } from '../support/table-data.ts'

/** Far below the 40 seconds for which a begun task is left to whoever began it. */
const SOON_MS = 10_000

test('a server killed while a code was being made makes it right after its next start', {
  timeout: 60_000,
}, async () => {
  const provider = await startMidtransSimulator({ serverKey: SERVER_KEY })
  const options = {
    dataDir: makeFolder('paying'),
    distDir: emptyDist(),
    port: await freePort(),
    env: { MIDTRANS_SERVER_KEY: SERVER_KEY, MIDTRANS_ADDRESS: provider.origin },
  }
  let meja = await startMeja(options)
  onTestFinished(async () => {
    await meja.stop('SIGKILL')
    await provider.close()
  })
  const side = await openSideReader({ dataDir: options.dataDir })
  onTestFinished(() => side.close())
  const shop = await openBusyShop(meja)
  const [phone] = await shop.seatPhones(1)
  const auth = { cookie: phone?.cookie ?? '' }
  const settings = { ...DEFAULT_PAYMENT_SETTINGS, methods: ['qris'], provider: 'midtrans' }
  const house = { authorization: `Console ${meja.consoleKey()}` }
  const chosen = await send(meja.url, 'outlet.set_payment', { outletId: shop.outletId, settings }, house)
  expect(chosen.answer).toMatchObject({ ok: true })
  const [visit] = await side.rows<{ id: string }>("SELECT id FROM visits WHERE status = 'open'")
  const opened = await send(meja.url, 'bill.open', { visitId: visit?.id }, auth)
  const { billId } = (opened.answer as { result: { billId: string } }).result

  // The provider makes the code, and its answer finds nobody.
  provider.arm({ kind: 'lose_answer' })
  const paymentId = makeId('pay')
  const part = { kind: 'amount', amountRp: 10_000 }
  const args = { paymentId, billId, method: 'qris', part, tipRp: 0, shownRp: 10_000 }
  const paying = await send(meja.url, 'bill.pay', args, auth)
  expect(paying.answer).toMatchObject({ ok: true })
  const charges = () => provider.seen.filter((request) => request.endsWith('/charge')).length
  await expect.poll(charges, { timeout: 5000 }).toBe(1)
  await meja.stop('SIGKILL')

  meja = await startMeja(options)
  const sinceMs = performance.now()
  const read = async () => {
    const [row] = await side.rows<{ body: string }>(`SELECT body FROM records WHERE id = '${paymentId}'`)
    return JSON.parse(row?.body ?? '{}') as Payment
  }
  await expect.poll(async () => (await read()).qrText ?? null, { timeout: SOON_MS }).toMatch(/^0002/)
  expect(performance.now() - sinceMs).toBeLessThan(SOON_MS)
  expect(charges()).toBe(2)
  // The code that nobody was shown and the one that is drawn have references of their own.
  const references = provider.payer.list().map(({ reference }) => reference)
  expect(references).toEqual([`${paymentId}-01`, `${paymentId}-02`])
})
