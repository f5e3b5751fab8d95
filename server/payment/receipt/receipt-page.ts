import { formatRp } from '#shared/kernel/money.ts'
import type { Bilingual } from '#shared/kernel/schema.ts'
import { formatClock, localMoment } from '#shared/kernel/time.ts'
import type { Order } from '#shared/ordering/order.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { type BillLine, billLines } from '#shared/payment/bill/bill.ts'
import { orderedRp } from '#shared/payment/bill/ended-orders.ts'
import { discountName, isPractice } from '#shared/payment/payment.ts'
import { formatPaymentCode } from '#shared/payment/payment-code.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { Account } from '../bills/bill-keeping.ts'
import { amount, centred, largeRow, type PaperLine, plain, row, rule } from './paper.ts'
import { spread, wrapped } from './plain-text.ts'
import { receiptMoney } from './receipt-money.ts'

type ReceiptFacts = {
  readonly outlet: Outlet
  readonly account: Account
  /** Of the visit and not owed any more, where money went back for them or has to. */
  readonly ended: readonly Order[]
  /** What a pick-up is called by; null for a table. */
  readonly pickupCode: string | null
  readonly copy: number
  readonly printedAtMs: number
  readonly columns: number
}

/** Many a label names its rate already. */
function named({ label, permille }: { readonly label: Bilingual; readonly permille: number }): string {
  return label.id.includes('%') ? label.id : `${label.id} ${String(permille / 10).replace('.', ',')}%`
}

/** Where it belongs: a table, or the code that a pick-up is called by. */
function placeOf({ account: { bill }, pickupCode }: ReceiptFacts): string {
  if (bill.tableLabel) return `Meja ${bill.tableLabel}`
  return pickupCode === null ? 'Ambil sendiri' : `Ambil #${pickupCode}`
}

function head(facts: ReceiptFacts): readonly PaperLine[] {
  const { outlet, account, copy, printedAtMs, columns } = facts
  const { bill, standing } = account
  const { day } = localMoment(printedAtMs, outlet.zone)
  const date = `${day.split('-').reverse().join('-')} ${formatClock(printedAtMs, outlet.zone)}`
  const came = account.payments.filter((one) => amountsOf(one).receivedRp > 0)
  const isSimulated = came.length > 0 && came.every(isPractice)
  const isPartlySimulated = !isSimulated && came.some(isPractice)
  return [
    ...centred(outlet.chainName, columns, 'banner'),
    ...centred(outlet.name, columns),
    ...centred(outlet.address, columns),
    rule(columns),
    ...(copy > 1 ? centred(`CETAK ULANG ke-${copy - 1}`, columns, 'banner') : []),
    ...(standing.remainderRp > 0 ? centred('TAGIHAN, BELUM LUNAS', columns, 'banner') : []),
    ...(isSimulated ? centred('SIMULASI, bukan bukti bayar', columns, 'banner') : []),
    ...(isPartlySimulated ? centred('SEBAGIAN SIMULASI, bukan uang', columns, 'banner') : []),
    ...plain(spread(placeOf(facts), date, columns)),
    ...plain([`Bon ${formatPaymentCode(bill.code)}`]),
    rule(columns),
  ]
}

function items({ account, columns }: ReceiptFacts): readonly PaperLine[] {
  const numbers = new Map(account.orders.map(({ order }) => [order.id, order.number]))
  return account.sheet.orders.flatMap(({ orderId, lines }) => [
    ...plain([`Pesanan #${String(numbers.get(orderId) ?? 0).padStart(3, '0')}`]),
    ...lines.flatMap((line) => [
      ...plain(spread(`${line.quantity}x ${line.name.id}`, amount(line.unitRp * line.quantity), columns)),
      ...plain(
        line.choices.length === 0
          ? []
          : wrapped(line.choices.map(({ name }) => name.id).join(', '), columns - 3).map(
              (text) => `   ${text}`,
            ),
      ),
    ]),
  ])
}

function charge(line: BillLine, label: string, columns: number): readonly PaperLine[] {
  switch (line.kind) {
    case 'item':
      return []
    case 'discount':
      return row(label, line.amountRp, columns)
    case 'rounding':
      return row('Pembulatan', line.amountRp, columns)
    case 'included_tax':
      return plain(wrapped(`Termasuk ${named(line)} ${formatRp(line.informativeRp)}`, columns))
    default:
      return row(named(line), line.amountRp, columns)
  }
}

/** What was ordered and is not owed any more: without it a total of Rp0 would stand for nothing. */
function endings({ account, ended, columns }: ReceiptFacts): readonly PaperLine[] {
  if (ended.length === 0) return []
  const sumRp = orderedRp(
    account.sheet,
    ended.reduce((sum, { quote }) => sum + quote.totalRp, 0),
  )
  return [
    ...(sumRp === null ? [] : row('Dipesan', sumRp, columns)),
    ...ended.flatMap(({ number, status, quote }) => {
      const why = status === 'rejected' ? 'Ditolak' : 'Batal'
      const name = `${why} #${String(number).padStart(3, '0')}`
      return sumRp === null ? plain([name]) : row(name, -quote.totalRp, columns)
    }),
    ...(account.sheet.orders.length === 0 ? [] : [rule(columns)]),
  ]
}

function sums(facts: ReceiptFacts): readonly PaperLine[] {
  const { account, columns } = facts
  const { sheet, bill } = account
  const label = `Potongan ${discountName(bill.discount?.label) ?? ''}`.trim()
  const lines = billLines(sheet)
  const told = (isTold: boolean) =>
    lines
      .filter(({ kind }) => (kind === 'included_tax') === isTold)
      .flatMap((line) => charge(line, label, columns))
  return [
    ...(sheet.orders.length === 0 ? [] : [rule(columns)]),
    ...endings(facts),
    ...(sheet.orders.length === 0 ? [] : row('Harga', sheet.sums.subtotalRp, columns)),
    ...told(false),
    ...largeRow('TOTAL', sheet.sums.totalRp, columns),
    ...told(true),
  ]
}

/** The receipt of a bill as it stands, in the language of Indonesian receipts. */
export function receiptPage(facts: ReceiptFacts): readonly PaperLine[] {
  return [...head(facts), ...items(facts), ...sums(facts), ...receiptMoney(facts)]
}

/** Shows whether the width is right: both rulers must fill exactly one line. */
export function testPage(outlet: Outlet, columns: number, printedAtMs: number): readonly PaperLine[] {
  const ruler = '1234567890'.repeat(5).slice(0, columns)
  return [
    ...centred(outlet.chainName, columns, 'banner'),
    ...centred(outlet.name, columns),
    { text: ruler },
    ...plain(spread('Cetak percobaan', formatClock(printedAtMs, outlet.zone), columns)),
    ...plain(
      wrapped(
        `Lebar ${columns} huruf. Kalau baris angka terpotong atau turun, pilih lebar yang lain.`,
        columns,
      ),
    ),
    { text: ruler },
  ]
}
