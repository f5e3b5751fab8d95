import { formatRp } from '#shared/kernel/money.ts'
import type { Bilingual } from '#shared/kernel/schema.ts'
import { formatClock, localMoment } from '#shared/kernel/time.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { type BillLine, billLines } from '#shared/payment/bill/bill.ts'
import { discountName, isPractice, type Payment } from '#shared/payment/payment.ts'
import { formatPaymentCode } from '#shared/payment/payment-code.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { Account } from '../bills/bill-keeping.ts'
import { spread, wrapped } from './plain-text.ts'

/** One line of paper. `large` is twice as high, and as wide as ever. */
export type PaperLine = { readonly text: string; readonly look?: 'centred' | 'large' | 'banner' }

type ReceiptFacts = {
  readonly outlet: Outlet
  readonly account: Account
  /** What a pick-up is called by; null for a table. */
  readonly pickupCode: string | null
  readonly copy: number
  readonly printedAtMs: number
  readonly columns: number
}

const METHODS: Readonly<Record<Payment['method'], string>> = {
  cash: 'Tunai',
  card: 'Kartu',
  qris: 'QRIS',
  qris_static: 'QRIS kedai',
}

function amount(rp: number): string {
  return formatRp(rp).replace('Rp', '')
}

/** Many a label names its rate already. */
function named({ label, permille }: { readonly label: Bilingual; readonly permille: number }): string {
  return label.id.includes('%') ? label.id : `${label.id} ${String(permille / 10).replace('.', ',')}%`
}

function plain(texts: readonly string[]): readonly PaperLine[] {
  return texts.map((text) => ({ text }))
}

function centred(
  text: string,
  columns: number,
  look: 'centred' | 'banner' = 'centred',
): readonly PaperLine[] {
  return wrapped(text, columns).map((line) => ({ text: line, look }))
}

function rule(columns: number): PaperLine {
  return { text: '-'.repeat(columns) }
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
  const isSimulated = account.payments.some(isPractice)
  return [
    ...centred(outlet.chainName, columns, 'banner'),
    ...centred(outlet.name, columns),
    ...centred(outlet.address, columns),
    rule(columns),
    ...(copy > 1 ? centred(`CETAK ULANG ke-${copy - 1}`, columns, 'banner') : []),
    ...(standing.remainderRp > 0 ? centred('TAGIHAN, BELUM LUNAS', columns, 'banner') : []),
    ...(isSimulated ? centred('SIMULASI, bukan bukti bayar', columns, 'banner') : []),
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
      return plain(spread(label, amount(line.amountRp), columns))
    case 'rounding':
      return plain(spread('Pembulatan', amount(line.amountRp), columns))
    case 'included_tax':
      return plain(wrapped(`Termasuk ${named(line)} ${formatRp(line.informativeRp)}`, columns))
    default:
      return plain(spread(named(line), amount(line.amountRp), columns))
  }
}

function sums({ account, columns }: ReceiptFacts): readonly PaperLine[] {
  const { sheet, bill } = account
  const label = `Potongan ${discountName(bill.discount?.label) ?? ''}`.trim()
  const lines = billLines(sheet)
  const told = (isTold: boolean) =>
    lines
      .filter(({ kind }) => (kind === 'included_tax') === isTold)
      .flatMap((line) => charge(line, label, columns))
  return [
    rule(columns),
    ...plain(spread('Harga', amount(sheet.sums.subtotalRp), columns)),
    ...told(false),
    ...spread('TOTAL', formatRp(sheet.sums.totalRp), columns).map((text) => ({
      text,
      look: 'large' as const,
    })),
    ...told(true),
  ]
}

function payment(one: Payment, { outlet, columns }: ReceiptFacts): readonly PaperLine[] {
  const { receivedRp, returnedRp } = amountsOf(one)
  if (receivedRp === 0) return []
  const atMs = one.facts.receipts.at(-1)?.atMs ?? one.createdAtMs
  const mark = isPractice(one) ? ' SIMULASI' : ''
  const label = `${METHODS[one.method]}${mark} ${formatClock(atMs, outlet.zone)}`
  return plain([
    ...spread(label, amount(receivedRp), columns),
    ...(one.cash && one.cash.changeRp > 0
      ? wrapped(`  Diterima ${amount(one.cash.tenderedRp)}, kembali ${amount(one.cash.changeRp)}`, columns)
      : []),
    ...(returnedRp > 0 ? spread('  Dikembalikan', amount(-returnedRp), columns) : []),
  ])
}

/** Nothing is owed, and all that came has gone back. */
function isAllBack({ sheet, payments }: Account): boolean {
  const amounts = payments.map((one) => amountsOf(one))
  const isAnyBack = amounts.some(({ returnedRp }) => returnedRp > 0)
  return sheet.sums.totalRp === 0 && isAnyBack && amounts.every((one) => one.returnedRp >= one.receivedRp)
}

function foot(facts: ReceiptFacts): readonly PaperLine[] {
  const { account, columns } = facts
  const { standing } = account
  const paid = account.payments.flatMap((one) => payment(one, facts))
  return [
    ...(paid.length === 0 ? [] : [rule(columns), ...paid]),
    ...(standing.roundingRp === 0
      ? []
      : plain(spread('Pembulatan tunai', amount(standing.roundingRp), columns))),
    ...(standing.tipRp === 0 ? [] : plain(spread('Tip', amount(standing.tipRp), columns))),
    rule(columns),
    ...(standing.remainderRp > 0
      ? spread('SISA', formatRp(standing.remainderRp), columns).map((text) => ({
          text,
          look: 'large' as const,
        }))
      : centred(isAllBack(account) ? 'DIKEMBALIKAN' : 'LUNAS', columns, 'banner')),
    ...centred('Terima kasih', columns),
  ]
}

/** The receipt of a bill as it stands, in the language of Indonesian receipts. */
export function receiptPage(facts: ReceiptFacts): readonly PaperLine[] {
  return [...head(facts), ...items(facts), ...sums(facts), ...foot(facts)]
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
