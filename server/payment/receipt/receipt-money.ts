import { formatClock } from '#shared/kernel/time.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { type MoneyKept, moneyKept } from '#shared/payment/bill/ended-orders.ts'
import { plannedRpOf } from '#shared/payment/bill/refunding/refund-plan.ts'
import { uncountedRpOf } from '#shared/payment/bill/refunding/uncounted.ts'
import { isPractice, type Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { Account } from '../bills/bill-keeping.ts'
import { amount, centred, largeRow, type PaperLine, plain, row, rule } from './paper.ts'
import { wrapped } from './plain-text.ts'

type MoneyFacts = { readonly outlet: Outlet; readonly account: Account; readonly columns: number }

const METHODS: Readonly<Record<Payment['method'], string>> = {
  cash: 'Tunai',
  card: 'Kartu',
  qris: 'QRIS',
  qris_static: 'QRIS kedai',
}

function payment(one: Payment, { outlet, columns }: MoneyFacts): readonly PaperLine[] {
  const { receivedRp, returnedRp, returningRp } = amountsOf(one)
  if (receivedRp === 0) return []
  const atMs = one.facts.receipts.at(-1)?.atMs ?? one.createdAtMs
  const mark = isPractice(one) ? ' SIMULASI' : ''
  return [
    ...row(`${METHODS[one.method]}${mark} ${formatClock(atMs, outlet.zone)}`, receivedRp, columns),
    ...(one.cash && one.cash.changeRp > 0
      ? plain(
          wrapped(`  Diterima ${amount(one.cash.tenderedRp)}, kembali ${amount(one.cash.changeRp)}`, columns),
        )
      : []),
    ...(returnedRp > 0 ? row(`  Dikembalikan${mark}`, -returnedRp, columns) : []),
    ...(returningRp > 0 ? row(`  Sedang dikembalikan${mark}`, -returningRp, columns) : []),
  ]
}

/** Paid, returned and what stays, where one line alone does not say it. */
function sumsOf(kept: MoneyKept, mark: string, columns: number): readonly PaperLine[] {
  const { receivedRp, returnedRp, returningRp, keptRp } = kept
  if (receivedRp === 0) return []
  const isBack = returnedRp + returningRp > 0
  return [
    ...row(`Dibayar${mark}`, receivedRp, columns),
    ...(returnedRp > 0 ? row(`Dikembalikan${mark}`, -returnedRp, columns) : []),
    ...(returningRp > 0 ? row(`Sedang dikembalikan${mark}`, -returningRp, columns) : []),
    ...(isBack ? row(`Setelah pengembalian${mark}`, keptRp - returningRp, columns) : []),
  ]
}

/** What is played and what is money never add up to one sum. */
function sums(payments: readonly Payment[], columns: number): readonly PaperLine[] {
  const came = payments.filter((one) => amountsOf(one).receivedRp > 0)
  const { returnedRp, returningRp } = moneyKept(came)
  if (came.length < 2 && returnedRp + returningRp === 0) return []
  const real = came.filter((one) => !isPractice(one))
  return [
    rule(columns),
    ...sumsOf(moneyKept(real), '', columns),
    ...sumsOf(moneyKept(came.filter(isPractice)), ' SIMULASI', columns),
  ]
}

/**
 * What went back that nobody here asked for, so that total − kept adds up: of it, what somebody has yet to
 * decide about, and what is more than ever came.
 */
function undecided(
  { undecidedRp }: Account['standing'],
  payments: readonly Payment[],
  columns: number,
): readonly PaperLine[] {
  const beyondRp = payments
    .map((one) => amountsOf(one))
    .reduce((sum, { receivedRp, returnedRp }) => sum + Math.max(0, returnedRp - receivedRp), 0)
  return [
    ...(undecidedRp > 0 ? row('Kembali, menunggu kasir', undecidedRp, columns) : []),
    ...(beyondRp > 0 ? largeRow('DIKEMBALIKAN LEBIH', beyondRp, columns) : []),
  ]
}

/** How it ended, in one large word; what is only played says so. */
function ending({ sheet, standing, payments }: Account, columns: number): readonly PaperLine[] {
  const openRp = standing.remainderRp
  const decided = undecided(standing, payments, columns)
  const came = payments.filter((one) => amountsOf(one).receivedRp > 0)
  const played = came.filter(isPractice).length
  const mark = played === 0 ? '' : played === came.length ? ' (SIMULASI)' : ' (SEBAGIAN SIMULASI)'
  const staysRp = uncountedRpOf(payments)
  // While something is owed, what came late or too much may count for it after all.
  const excessRp = openRp > 0 ? 0 : staysRp
  const waitingRp = plannedRpOf(standing.overRp, payments) + excessRp
  const { returnedRp, keptRp } = moneyKept(came)
  const isAllBack = sheet.sums.totalRp === 0 && returnedRp > 0 && keptRp <= 0
  // What somebody has to decide about is neither owed nor paid.
  const waiting = waitingRp > 0 ? largeRow(`BELUM DIKEMBALIKAN${mark}`, waitingRp, columns) : []
  if (openRp > 0) {
    // Paid and owed side by side: whoever reads only that pays again.
    const uncounted = staysRp > 0 ? row(`Masuk, belum dihitung${mark}`, staysRp, columns) : []
    return [...decided, ...waiting, ...uncounted, ...largeRow('SISA', openRp, columns)]
  }
  if (decided.length > 0 && !isAllBack) return [...decided, ...waiting]
  const isPaid = sheet.sums.totalRp > 0
  const word = isAllBack ? `DIKEMBALIKAN${mark}` : isPaid ? `LUNAS${mark}` : 'TIDAK ADA TAGIHAN'
  return [...decided, ...waiting, ...centred(word, columns, 'banner')]
}

/** The lower part of a receipt: every payment, what all of them come to, and how the bill stands. */
export function receiptMoney(facts: MoneyFacts): readonly PaperLine[] {
  const { account, columns } = facts
  const { standing, payments } = account
  const paid = payments.flatMap((one) => payment(one, facts))
  return [
    ...(paid.length === 0 ? [] : [rule(columns), ...paid]),
    ...sums(payments, columns),
    ...(standing.roundingRp === 0 ? [] : row('Pembulatan tunai', standing.roundingRp, columns)),
    ...(standing.tipRp === 0 ? [] : row('Tip', standing.tipRp, columns)),
    rule(columns),
    ...ending(account, columns),
    ...centred('Terima kasih', columns),
  ]
}
