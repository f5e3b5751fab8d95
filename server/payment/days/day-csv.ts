import { formatClock, localMoment, type Zone } from '#shared/kernel/time.ts'
import { differenceRp, type ProviderDay } from '#shared/payment/provider-day.ts'
import { CSV_WORDS, type CsvLanguage, type CsvWords } from './csv-words.ts'
import type { MethodSum, MoveRow } from './day.store.ts'
import { partsOfReason } from './discounts.ts'

/** Where a spreadsheet may see a cell begin that it would run: at the beginning, and after a semicolon. */
const RUNS = /(^|;)([\s\p{Cf}]*[=+\-@＝＋－＠'])/gu

/**
 * A cell, always in quotes and on one line. What would run as a formula gets an apostrophe in front, also
 * after a semicolon: a spreadsheet that expects semicolons between cells begins a new one there.
 */
function cell(text: string): string {
  const guarded = text.replace(/[\t\r\n]+/g, ' ').replace(RUNS, "$1'$2")
  return `"${guarded.replaceAll('"', '""')}"`
}

/** A word that the house wrote, in the reader's language; what a person wrote stays as it is. */
function said(words: Readonly<Record<string, string>>, word: string | null): string {
  return cell(word === null ? '' : (words[word] ?? word))
}

/** What the day's page says besides the moves. */
type DaySummary = {
  /** Received, returned and left of the day, by the way it came. */
  readonly sums: readonly MethodSum[]
  readonly expectedCashRp: number
  /** Null while the day is open. */
  readonly countedCashRp: number | null
  readonly providers: readonly ProviderDay[]
  readonly openBills: {
    readonly bills: readonly {
      readonly billId: string
      readonly tableLabel: string | null
      readonly owesRp: number
    }[]
    /** Paid for what is no longer owed, and not given back yet. */
    readonly dueBack: readonly {
      readonly billId: string
      readonly tableLabel: string | null
      readonly dueBackRp: number
    }[]
  }
}

function moveRow(move: MoveRow, zone: Zone, words: CsvWords): string {
  const { kinds, methods, providers, reasons } = words
  const isPractice = Number(move.is_practice) === 1
  // The amount of a discount has a column of its own.
  const discount = move.kind === 'discounted' ? partsOfReason(move.reason) : null
  return [
    cell(localMoment(move.at_ms, zone).day),
    cell(formatClock(move.at_ms, zone)),
    said(kinds, move.kind),
    said(methods, move.method),
    said(providers, move.provider),
    isPractice ? '' : String(move.amount_rp),
    isPractice ? String(move.amount_rp) : '',
    String(discount?.amountRp ?? ''),
    cell(move.bill_id ?? ''),
    cell(move.payment_id ?? ''),
    cell(move.refund_id ?? ''),
    cell(move.provider_ref ?? ''),
    cell(move.actor_name ?? ''),
    cell(move.approved_by ?? ''),
    cell(move.device_id ?? ''),
    said(reasons, discount?.reason ?? move.reason),
  ].join(',')
}

/** What came, what went back and what is left, one way of paying a row; what was only played says so and adds to nothing. */
function sumRows({ sums }: DaySummary, words: CsvWords): string[] {
  const { sums: said, methods, providers, summary } = words
  const row = (name: string, [received, returned]: readonly [number, number]) =>
    [cell(name), received, -returned, received - returned].join(',')
  const money = sums.filter(({ isPractice }) => !isPractice)
  const sumOf = (rpOf: (sum: MethodSum) => number) => money.reduce((all, sum) => all + rpOf(sum), 0)
  const named = (all: Readonly<Record<string, string>>, name: string) => all[name] ?? name
  return [
    said.columns.join(','),
    ...sums.map(({ method, provider, isPractice, receivedRp, refundedRp }) => {
      const name = provider === 'manual' ? '' : ` ${named(providers, provider)}`
      const mark = isPractice ? ` (${summary.practice})` : ''
      return row(`${named(methods, method)}${name}${mark}`, [receivedRp, refundedRp])
    }),
    row(said.total, [sumOf(({ receivedRp }) => receivedRp), sumOf(({ refundedRp }) => refundedRp)]),
  ]
}

/** What was expected, what was found, and by how much they differ, one matter a row. */
function summaryRows(
  { expectedCashRp, countedCashRp, providers, openBills }: DaySummary,
  words: CsvWords,
): string[] {
  const { summary, methods } = words
  const row = (
    what: string,
    expected: number | string,
    found: number | string,
    difference: number | string,
    ref = '',
  ) => [what, expected, found, difference, cell(ref)].join(',')
  return [
    summary.columns.join(','),
    row(
      said(methods, 'cash'),
      expectedCashRp,
      countedCashRp ?? '',
      countedCashRp === null ? '' : countedCashRp - expectedCashRp,
    ),
    ...providers.flatMap(({ provider, isPractice, expectedRp, settledRp, differing, returning }) => {
      const name = `${words.providers[provider]}${isPractice ? ` (${summary.practice})` : ''}`
      return [
        row(cell(name), expectedRp, settledRp, settledRp - expectedRp),
        ...[...differing, ...returning].map((line) =>
          row(
            cell(`${name}: ${line.state === 'returning' ? summary.returning : summary.differs}`),
            line.bookedRp,
            line.providerRp ?? '',
            -differenceRp(line),
            line.providerRef ?? line.paymentId,
          ),
        ),
      ]
    }),
    ...openBills.bills.map(({ billId, tableLabel, owesRp }) =>
      row(cell(`${summary.openBill} ${tableLabel ?? summary.pickup}`), owesRp, 0, -owesRp, billId),
    ),
    ...openBills.dueBack.map(({ billId, tableLabel, dueBackRp }) =>
      row(cell(`${summary.dueBack} ${tableLabel ?? summary.pickup}`), 0, dueBackRp, dueBackRp, billId),
    ),
  ]
}

/**
 * The day's moves as CSV, amounts as plain numbers; with the mark without which Excel garbles accents. Practice
 * and discounts have columns of their own: whoever adds up the amounts must add up money only. After empty
 * lines come what was received, returned and left, and what the day was expected to bring beside what was found.
 */
export function dayToCsv(
  moves: readonly MoveRow[],
  zone: Zone,
  language: CsvLanguage,
  summary?: DaySummary,
): string {
  const words = CSV_WORDS[language]
  const rows = moves.map((move) => moveRow(move, zone, words))
  const after = summary ? ['', ...sumRows(summary, words), '', ...summaryRows(summary, words)] : []
  return `\ufeff${[words.columns.join(','), ...rows, ...after].join('\r\n')}\r\n`
}
