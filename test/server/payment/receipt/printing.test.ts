import { expect, onTestFinished, test, vi } from 'vitest'
import { formatRp } from '#shared/kernel/money.ts'
import type { Print } from '#shared/payment/printing.ts'
import { readPrint } from '../../../../server/payment/receipt/print.store.ts'
import { sendPrint } from '../../../../server/payment/receipt/send-print.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createPickupScene } from '../../../support/pickup-scene.ts'
import { FakePrinter } from '../../../support/printer.ts'
import { createScene, type Scene } from '../../../support/scene.ts'

async function openPrinter(): Promise<FakePrinter> {
  const printer = await FakePrinter.open()
  onTestFinished(() => printer.close())
  return printer
}

/** A table that owes, with a printer at the till. */
async function createTill(dialect: 'sqlite' | 'postgres', address: string) {
  const scene = await createScene({ dialect })
  const { manager, phone, outlet, visitId } = scene
  const saved = await manager.send('outlet.set_printer', {
    outletId: outlet.id,
    settings: { address, columns: 32 },
  })
  expect(saved.status).toBe(200)
  const opened = await phone.send('bill.open', { visitId })
  return { ...scene, billId: String(opened.body.result.billId) }
}

/** The print once it is in this state; printing goes on beside the commands. */
function untilPrint(
  { shop }: Pick<Scene, 'shop'>,
  printId: string,
  state: Print['state'],
  tries = 0,
): Promise<Print> {
  return vi.waitFor(
    async () => {
      const print = await readPrint(shop.read, printId)
      if (print?.state !== state || print.tries < tries) throw new Error(JSON.stringify(print))
      return print
    },
    { timeout: 10_000, interval: 50 },
  )
}

describeOnBoth('a receipt', (dialect) => {
  test.each(['localhost', '127.0.0.1', '127.9.9.9', '0.0.0.0', 'meja.localhost'])(
    'is not sent to the server itself where that is forbidden: %s',
    async (host) => {
      const { manager, outlet } = await createScene({ dialect, mayPrintHere: false })
      const settings = { address: `tcp://${host}:9100`, columns: 32 }
      const answer = await manager.send('outlet.set_printer', { outletId: outlet.id, settings })
      expect([answer.status, answer.body.refusal]).toEqual([422, { code: 'receipt.printer_here' }])
    },
  )

  test('does not come to the server itself by another name either', async () => {
    const printer = await openPrinter()
    const bytes = Uint8Array.of(65)
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1']) {
      expect(await sendPrint(`tcp://${host}:${printer.port}`, bytes, false)).toBe('unreachable')
    }
    expect(printer.jobs).toEqual([])
  })

  test('comes out once for its id, and every further one says that it is a copy', async () => {
    const printer = await openPrinter()
    const till = await createTill(dialect, printer.address)
    const { shop, barista, billId } = till
    const printId = shop.id('prt')
    expect((await barista.send('receipt.print', { billId, printId })).body.result).toEqual({
      printId,
      copy: 1,
    })
    // The answer was lost on the way: the same print under another command is still the same print.
    expect((await barista.send('receipt.print', { billId, printId })).body.result).toEqual({
      printId,
      copy: 1,
    })
    await untilPrint(till, printId, 'printed')
    const lines = printer.text()
    expect(lines).toContain('TAGIHAN, BELUM LUNAS')
    expect(lines).toContainEqual(expect.stringMatching(/^PB1 10% +[\d.]+$/))
    expect(lines).toContainEqual(expect.stringMatching(/^TOTAL +Rp[\d.]+$/))
    expect(lines).not.toContainEqual(expect.stringMatching(/CETAK ULANG/))
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(32)
    const again = shop.id('prt')
    await barista.send('receipt.print', { billId, printId: again })
    expect(await untilPrint(till, again, 'printed')).toMatchObject({ copy: 2 })
    expect(printer.text()).toContain('CETAK ULANG ke-1')
    expect(printer.jobs).toHaveLength(2)
  })

  test('of a pick-up names its code, and says that all went back where it did', async () => {
    const printer = await openPrinter()
    const scene = await createPickupScene(dialect)
    const { shop, barista, outlet } = scene
    const settings = { address: printer.address, columns: 32 }
    await scene.manager.send('outlet.set_printer', { outletId: outlet.id, settings })
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone)
    const { id: paymentId, billId, askedRp: amountRp } = await scene.pay(phone, placed.visitId)
    const print = async () => {
      const printId = shop.id('prt')
      await barista.send('receipt.print', { billId, printId })
      await untilPrint({ shop }, printId, 'printed')
      return printer.text()
    }
    const place = expect.stringMatching(new RegExp(`^Ambil #${placed.pickup?.code} `))
    const paid = await print()
    expect(paid).toContainEqual(place)
    expect(paid).toContain('LUNAS (SIMULASI)')
    expect(paid).not.toContain('LUNAS')
    await barista.send('order.reject', { orderId: placed.id, reason: 'sold_out', text: '' })
    const sum = (rp: number) => `${rp < 0 ? '-' : ''}${formatRp(Math.abs(rp)).replace('Rp', '')}`
    const says = (words: string, rp: string) =>
      expect.stringMatching(new RegExp(`^ *${words} +${rp.replaceAll('.', '\\.')}$`))
    const waiting = await print()
    expect(waiting).toContainEqual(says('\\(SIMULASI\\)', formatRp(amountRp)))
    expect(waiting).toContain('BELUM DIKEMBALIKAN')
    expect(waiting.filter((line) => line.startsWith('LUNAS'))).toEqual([])
    const why = { reason: 'habis', approval: scene.approval }
    await barista.send('payment.refund', { refundId: shop.id('rfd'), paymentId, amountRp, ...why })
    await shop.gatewayWork.run()
    const back = await print()
    expect(back).toContainEqual(place)
    // Total, paid, returned and left, each for itself: "TOTAL Rp0" alone says nothing to anybody.
    const number = String(placed.number).padStart(3, '0')
    expect(back).toContainEqual(says('Dipesan', sum(amountRp)))
    expect(back).toContainEqual(says(`Ditolak #${number}`, sum(-amountRp)))
    expect(back).toContainEqual(says('TOTAL', 'Rp0'))
    expect(back).toContainEqual(says('Dibayar SIMULASI', sum(amountRp)))
    expect(back).toContainEqual(says('Dikembalikan SIMULASI', sum(-amountRp)))
    expect(back).toContainEqual(says('Setelah pengembalian SIMULASI', '0'))
    expect(back).toContain('DIKEMBALIKAN (SIMULASI)')
    expect(back.filter((line) => line.startsWith('LUNAS'))).toEqual([])
    for (const line of back) expect(line.length).toBeLessThanOrEqual(32)
  })

  test('is tried again while the printer has no paper, and comes out once it has', async () => {
    const printer = await openPrinter()
    printer.mood = 'no_paper'
    const till = await createTill(dialect, printer.address)
    const printId = till.shop.id('prt')
    await till.barista.send('receipt.print', { billId: till.billId, printId })
    expect(await untilPrint(till, printId, 'waiting', 1)).toMatchObject({ trouble: 'no_paper' })
    expect(printer.jobs).toEqual([])
    printer.mood = 'mute'
    till.shop.clock.turn(5000)
    expect(await untilPrint(till, printId, 'printed')).toMatchObject({ trouble: null, tries: 2 })
    expect(printer.jobs).toHaveLength(1)
  })

  test('that was cut off half way is not tried again by itself: a part of it may be on the paper', async () => {
    const printer = await openPrinter()
    printer.mood = 'cut_off'
    const till = await createTill(dialect, printer.address)
    const printId = till.shop.id('prt')
    await till.barista.send('receipt.print', { billId: till.billId, printId })
    expect(await untilPrint(till, printId, 'failed')).toMatchObject({
      trouble: 'cut_off',
      tries: 1,
      isSeen: false,
    })
  })

  test('gives up after a minute without a printer, and the alarm stays until somebody has read it', async () => {
    const printer = await openPrinter()
    const { address } = printer
    await printer.close()
    const till = await createTill(dialect, address)
    const { shop, barista, foreignManager, outlet } = till
    const printId = shop.id('prt')
    await barista.send('receipt.print', { billId: till.billId, printId })
    for (let tries = 1; tries < 6; tries++) {
      await untilPrint(till, printId, 'waiting', tries)
      shop.clock.turn(30_000)
    }
    expect(await untilPrint(till, printId, 'failed')).toMatchObject({ trouble: 'unreachable', isSeen: false })
    const foreign = await foreignManager.send('receipt.seen', { outletId: outlet.id, printId })
    expect(foreign.body.refusal?.code).toBe('session.wrong_outlet')
    await barista.send('receipt.seen', { outletId: outlet.id, printId })
    expect((await readPrint(shop.read, printId))?.isSeen).toBe(true)
    // Nothing was on the paper, so the next one is the receipt and no copy of it.
    const next = await barista.send('receipt.print', { billId: till.billId, printId: shop.id('prt') })
    expect(next.body.result).toMatchObject({ copy: 1 })
  })

  test('of another outlet’s bill, without a printer, or too often, is refused', async () => {
    const printer = await openPrinter()
    const till = await createTill(dialect, printer.address)
    const { shop, manager, barista, foreignManager, outlet, billId } = till
    const foreign = await foreignManager.send('receipt.print', { billId, printId: shop.id('prt') })
    expect(foreign.body.refusal?.code).toBe('session.wrong_outlet')
    for (let copy = 1; copy <= 20; copy++)
      await barista.send('receipt.print', { billId, printId: shop.id('prt') })
    const tooMany = await barista.send('receipt.print', { billId, printId: shop.id('prt') })
    expect(tooMany.body.refusal).toMatchObject({ code: 'receipt.too_many', max: 20 })
    await manager.send('outlet.set_printer', { outletId: outlet.id, settings: null })
    const none = await manager.send('printer.test', { outletId: outlet.id, printId: shop.id('prt') })
    expect(none.body.refusal?.code).toBe('receipt.no_printer')
  })

  test.each([
    'http://10.0.0.5:9100',
    'tcp://10.0.0.5:80',
    'tcp://169.254.169.254:9100',
    'tcp://a b:9100',
    'tcp://x:99999',
  ])('is never sent to %s', async (address) => {
    const { manager, outlet } = await createScene({ dialect })
    const settings = { address, columns: 32 }
    const answer = await manager.send('outlet.set_printer', { outletId: outlet.id, settings })
    expect(answer.body.refusal).toMatchObject({ code: 'request.invalid' })
  })
})
