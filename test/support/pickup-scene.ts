// An outlet that offers pick-up, a phone that came by a link, and the practice gateway to pay by.
import type { Order } from '#shared/ordering/order.ts'
import type { Payment } from '#shared/payment/payment.ts'
import type { PartWanted } from '#shared/payment/payment-commands.ts'
import { DEFAULT_PAYMENT_SETTINGS, type PaymentSettings } from '#shared/payment/payment-settings.ts'
import { readOrder } from '../../server/ordering/order.store.ts'
import { runForOrder, unpaidCancelled, watchPickups } from '../../server/ordering/pickup/pickup-work.ts'
import { readUnpaidOrders } from '../../server/payment/bills/bill.store.ts'
import { readPayment } from '../../server/payment/payment.store.ts'
import type { Dialect } from './both-databases.ts'
import type { Browser } from './browser.ts'
import { createTestShop, PIN } from './test-shop.ts'

export const MINUTE_MS = 60_000

export async function createPickupScene(dialect: Dialect, settings: Partial<PaymentSettings> = {}) {
  const shop = await createTestShop({ dialect })
  const outlet = await shop.outlet()
  const manager = await shop.staff('manager')
  const barista = await shop.staff('barista')
  await shop.asHouse('outlet.set_payment', {
    outletId: outlet.id,
    settings: { ...DEFAULT_PAYMENT_SETTINGS, methods: ['qris', 'cash'], provider: 'practice', ...settings },
  })

  /** A phone that never scanned a code: it came by a link. */
  async function linkPhone() {
    const browser = shop.stranger()
    const begun = await browser.send('phone.begin', { outletId: outlet.id })
    if (!begun.body.ok) throw new Error(`Beginning was answered ${JSON.stringify(begun.body)}`)
    return { ...browser, customerId: String(begun.body.result.customerId) }
  }

  async function order(orderId: string): Promise<Order> {
    const found = await readOrder(shop.read, orderId)
    if (!found) throw new Error('There is no such order.')
    return found
  }

  /** Places an order for pick-up and answers it as it is stored. */
  async function place(
    phone: Browser,
    wantedAtMs: number | null = null,
    lines?: Parameters<typeof shop.pickupArgs>[1],
  ): Promise<Order> {
    const args = await shop.pickupArgs(outlet.id, lines, wantedAtMs)
    const placed = await phone.send('pickup.place', args)
    if (!placed.body.ok) throw new Error(`Placing was answered ${JSON.stringify(placed.body)}`)
    return order(args.orderId)
  }

  /** Pays a part of the visit's bill by the practice gateway, or as far as showing its code. */
  async function showCode(
    phone: Browser,
    visitId: string,
    part: PartWanted = { kind: 'rest' },
  ): Promise<Payment> {
    const opened = await phone.send('bill.open', { visitId })
    const { billId } = opened.body.result
    const args = { paymentId: shop.id('pay'), billId, method: 'qris', part, tipRp: 0 }
    const asked = await phone.send('bill.pay', { ...args, shownRp: 0 })
    const begun = await phone.send('bill.pay', { ...args, shownRp: asked.body.refusal?.askedRp ?? 0 })
    if (!begun.body.ok) throw new Error(`Paying was answered ${JSON.stringify(begun.body)}`)
    await shop.gatewayWork.run()
    return payment(args.paymentId)
  }

  async function payment(paymentId: string): Promise<Payment> {
    const found = await readPayment(shop.read, paymentId)
    if (!found) throw new Error('There is no such payment.')
    return found
  }

  async function play(phone: Browser, paymentId: string, what: string): Promise<Payment> {
    await phone.send('practice.play', { paymentId, play: what })
    await shop.gatewayWork.run()
    return payment(paymentId)
  }

  async function pay(phone: Browser, visitId: string, part?: PartWanted): Promise<Payment> {
    const shown = await showCode(phone, visitId, part)
    return play(phone, shown.id, 'pay')
  }

  /** What the server's jobs do by themselves. */
  async function runJobs(): Promise<void> {
    for (const id of await readUnpaidOrders(shop.read, shop.clock.now())) {
      await runForOrder(shop.door, unpaidCancelled, id)
    }
    await watchPickups(shop.door)
  }

  async function slots(minutes: number) {
    const answer = await shop.stranger().fetch(`/api/outlets/${outlet.id}/pickup-slots?minutes=${minutes}`)
    return answer.json()
  }

  const approval = { staffId: manager.staffId, pin: PIN }
  return {
    shop,
    outlet,
    manager,
    barista,
    linkPhone,
    order,
    place,
    showCode,
    play,
    pay,
    payment,
    runJobs,
    slots,
    approval,
  }
}
export type PickupScene = Awaited<ReturnType<typeof createPickupScene>>
