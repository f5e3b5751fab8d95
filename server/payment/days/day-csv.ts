import { formatClock, localMoment, type Zone } from '#shared/kernel/time.ts'
import { differenceRp, type ProviderDay } from '#shared/payment/provider-day.ts'
import { CSV_WORDS, type CsvLanguage, type CsvWords } from './csv-words.ts'
import type { MoveRow } from './day.store.ts'

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
  }
}

function moveRow(move: MoveRow, zone: Zone, words: CsvWords): string {
  const { kinds, methods, providers, reasons } = words
  const isPractice = Number(move.is_practice) === 1
  const isDiscount = move.kind === 'discounted'
  // "gelas pecah (5000 Rp)": the amount has a column of its own.
  const [, reason = move.reason, discountRp = ''] =
    (isDiscount && /^(.*) \((\d+) Rp\)$/s.exec(move.reason)) || []
  return [
    cell(localMoment(move.at_ms, zone).day),
    cell(formatClock(move.at_ms, zone)),
    said(kinds, move.kind),
    said(methods, move.method),
    said(providers, move.provider),
    isPractice ? '' : String(move.amount_rp),
    isPractice ? String(move.amount_rp) : '',
    discountRp,
    cell(move.bill_id ?? ''),
    cell(move.payment_id ?? ''),
    cell(move.refund_id ?? ''),
    cell(move.provider_ref ?? ''),
    cell(move.actor_name ?? ''),
    cell(move.approved_by ?? ''),
    cell(move.device_id ?? ''),
    said(reasons, reason),
  ].join(',')
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
  ]
}

/**
 * The day's moves as CSV, amounts as plain numbers; with the mark without which Excel garbles accents. Practice
 * and discounts have columns of their own: whoever adds up the amounts must add up money only. After an empty
 * line comes what the day was expected to bring beside what was found.
 */
export function dayToCsv(
  moves: readonly MoveRow[],
  zone: Zone,
  language: CsvLanguage,
  summary?: DaySummary,
): string {
  const words = CSV_WORDS[language]
  const rows = moves.map((move) => moveRow(move, zone, words))
  const after = summary ? ['', ...summaryRows(summary, words)] : []
  return `\ufeff${[words.columns.join(','), ...rows, ...after].join('\r\n')}\r\n`
}
