import { DEFAULT_PAYMENT_SETTINGS } from '#shared/payment/payment-settings.ts'
import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { createTestShop, PIN, SETUP_CODE, type TestShopOptions } from './test-shop.ts'

/**
 * A shop in the middle of its day: a visit at table A1 with an admitted phone, one that asks, an accepted
 * order, one that was asked to be changed, an open call; a barista, a manager, and the manager of another outlet.
 */
export async function createScene(options: TestShopOptions) {
  const shop = await createTestShop(options)
  const outlet = await shop.outlet()
  const table = await shop.table('A1')
  const [barista, manager, foreignManager] = [
    await shop.staff('barista'),
    await shop.staff('manager'),
    await shop.staff('manager', 'ayahanda'),
  ]
  const phone = await shop.phone('A1')
  const first = await shop.orderArgs(table.token)
  const placed = await phone.send('order.place', first)
  const visitId = String(placed.body.result.visitId)
  await barista.send('order.accept', { orderId: first.orderId, readyInMinutes: 5 })
  const second = await shop.orderArgs(table.token)
  await phone.send('order.place', second)
  await phone.send('order.ask', { orderId: first.orderId, kind: 'change', note: 'es sedikit' })
  const asking = await shop.phone('A1')
  await asking.send('visit.join', { token: table.token })
  const callId = shop.id('cal')
  await phone.send('call.place', { callId, token: table.token, kind: 'water', note: '' })
  const touchpointId = shop.id('tch')
  const counter = { touchpointId, outletId: outlet.id, kind: 'counter', label: 'Kasir 2' }
  await shop.asHouse('touchpoint.add', counter)
  const colleague = await shop.staff('barista')
  return {
    shop,
    outlet,
    table,
    barista,
    manager,
    foreignManager,
    phone,
    asking,
    visitId,
    callId,
    touchpointId,
    colleague,
    acceptedOrderId: first.orderId,
    placedOrderId: second.orderId,
  }
}
export type Scene = Awaited<ReturnType<typeof createScene>>

/**
 * For every command of the protocol, arguments that mean something in the scene. A command that is new
 * in the protocol does not compile until it has its line here.
 */
export async function sceneArgs(scene: Scene): Promise<{ [Name in CommandName]: CommandArgs<Name> }> {
  const { shop, outlet, table, visitId, callId, touchpointId, colleague } = scene
  const { acceptedOrderId, placedOrderId } = scene
  const { id: outletId, rev: _, load, ...settings } = outlet
  const { token } = table
  const person = { name: 'Rina', role: 'barista' as const, outletIds: [outletId] }
  const { billId, paymentId } = await payInCash(scene)
  const because = { reason: 'salah hitung', approval: { staffId: scene.manager.staffId, pin: PIN } }
  const part = { kind: 'amount' as const, amountRp: 2000 }
  return {
    'outlet.open': { outletId: shop.id('out'), settings: { ...settings, slug: 'cabang-baru' } },
    'outlet.change': { outletId, settings },
    'outlet.set_load': { outletId, load: { ...load, mode: 'busy', addMinutes: 10 } },
    'setup.complete': {
      code: SETUP_CODE,
      outletId,
      staffId: shop.id('stf'),
      deviceId: shop.id('dev'),
      name: 'Ibu Wati',
      pin: PIN,
      deviceLabel: 'Kasir',
    },
    'device.invite': { outletId },
    'device.enrol': { code: 'AAAA-BBBB', deviceId: shop.id('dev'), label: 'Tablet' },
    'device.revoke': { deviceId: colleague.deviceId },
    'staff.add': { staffId: shop.id('stf'), pin: PIN, ...person },
    'staff.change': { staffId: colleague.staffId, isActive: true, ...person },
    'staff.set_pin': { staffId: colleague.staffId, pin: '582013' },
    'staff.sign_in': { staffId: scene.barista.staffId, pin: PIN },
    'staff.sign_out': {},
    'menu.import': { csv: '@category,id,name,name_en\n,kopi,Kopi,Coffee\n' },
    'menu.set_price': { outletId, itemId: 'americano', priceRp: 21_000 },
    'menu.set_photo': { itemId: 'americano', imageBase64: null },
    'menu.sold_out': { outletId, itemId: 'americano', until: 'told', minutes: null },
    'menu.back_on': { outletId, itemId: 'americano' },
    'code.scan': { token },
    'table.add': { tableId: shop.id('tbl'), outletId, areaId: 'dalam', label: 'Z9', seats: 2 },
    'table.change': { tableId: table.id, areaId: 'dalam', label: 'A1', seats: 4, isActive: true },
    'table.rotate': { outletId, tableIds: [table.id] },
    'touchpoint.add': { touchpointId: shop.id('tch'), outletId, kind: 'maps', label: 'Peta' },
    'touchpoint.rotate': { touchpointId },
    'visit.join': { token },
    'visit.answer_phone': { visitId, number: 2, admit: true },
    'visit.prove': { token, word: 'jati 11' },
    'visit.remove_phone': { visitId, number: 2 },
    'visit.deny_strangers': { tableId: scene.table.id, replaceCode: false },
    'visit.raise_cap': { visitId, capRp: 2_000_000 },
    'visit.close': { visitId, seenOrderIds: [placedOrderId] },
    'call.place': { callId: shop.id('cal'), token, kind: 'help', note: '' },
    'call.withdraw': { callId },
    'call.take': { callId },
    'call.finish': { callId },
    'order.place': await shop.orderArgs(token),
    'phone.begin': { outletId },
    'pickup.place': { ...(await shop.pickupArgs(outletId)), orderId: shop.id('ord') },
    'pickup.here': { orderId: placedOrderId },
    'order.see': { orderIds: [placedOrderId] },
    'order.accept': { orderId: placedOrderId, readyInMinutes: 5 },
    'order.reject': { orderId: placedOrderId, reason: 'too_busy', text: '' },
    'order.move': { orderId: acceptedOrderId, from: 'accepted', to: 'preparing' },
    'order.hold': { orderId: acceptedOrderId, isHeld: true },
    'order.promise': { orderId: acceptedOrderId, readyInMinutes: 9 },
    'order.ask': { orderId: placedOrderId, kind: 'change', note: '' },
    'order.answer': { orderId: acceptedOrderId, isAccepted: true },
    'bill.open': { visitId },
    'bill.pay': { paymentId: shop.id('pay'), billId, method: 'cash', part, tipRp: 0, shownRp: 2000 },
    'payment.look': { paymentId },
    'practice.play': { paymentId, play: 'pay' },
    'payment.take': {
      paymentId: shop.id('pay'),
      billId,
      method: 'cash',
      part,
      tipRp: 0,
      shownRp: 2000,
      tenderedRp: 5000,
    },
    'payment.confirm': { paymentId, ...because },
    'payment.credit': { paymentId, ...because },
    'payment.owe_again': { paymentId, ...because },
    'payment.compare': { paymentId, shownRp: 500, ...because },
    'payment.refund': { refundId: shop.id('rfd'), paymentId, amountRp: 500, ...because },
    'payment.waive': { orderId: placedOrderId, ...because },
    'refund.drop': { refundId: shop.id('rfd'), paymentId, ...because },
    'payment.cancel': { paymentId },
    'bill.discount': { billId, what: { kind: 'rate', permille: 100 }, label: 'Promo', ...because },
    'outlet.set_payment': { outletId, settings: { ...DEFAULT_PAYMENT_SETTINGS, methods: ['cash', 'card'] } },
    'outlet.approve_static': { outletId, staticQris: 'QRIS', approval: because.approval },
    'day.ask': { outletId, day: '2026-11-18' },
    'day.close': { outletId, day: '2026-11-18', countedCashRp: 0, note: '', approval: because.approval },
    'receipt.print': { billId, printId: shop.id('prt') },
    'outlet.set_printer': { outletId, settings: { address: 'tcp://127.0.0.1:9100', columns: 32 } },
    'printer.test': { outletId, printId: shop.id('prt') },
    'receipt.seen': { outletId, printId: shop.id('prt') },
  }
}

/** The phone has asked for the bill and wants to pay a part of it in cash. */
async function payInCash({ shop, phone, visitId }: Scene) {
  const opened = await phone.send('bill.open', { visitId })
  const billId = String(opened.body.result.billId)
  const paymentId = shop.id('pay')
  const part = { kind: 'amount', amountRp: 1000 }
  await phone.send('bill.pay', { paymentId, billId, method: 'cash', part, tipRp: 0, shownRp: 1000 })
  return { billId, paymentId }
}
