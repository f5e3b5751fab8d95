import { formatClock, localMoment, type Zone } from '#shared/kernel/time.ts'
import { CSV_WORDS, type CsvLanguage } from './csv-words.ts'
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

/**
 * The day's moves as CSV, amounts as plain numbers; with the mark without which Excel garbles accents. Practice
 * has a column of its own: whoever adds up the amounts must add up money only.
 */
export function dayToCsv(moves: readonly MoveRow[], zone: Zone, language: CsvLanguage): string {
  const { columns, kinds, methods, providers, reasons } = CSV_WORDS[language]
  const rows = moves.map((move) => {
    const isPractice = Number(move.is_practice) === 1
    return [
      cell(localMoment(move.at_ms, zone).day),
      cell(formatClock(move.at_ms, zone)),
      said(kinds, move.kind),
      said(methods, move.method),
      said(providers, move.provider),
      isPractice ? '' : String(move.amount_rp),
      isPractice ? String(move.amount_rp) : '',
      cell(move.bill_id ?? ''),
      cell(move.payment_id ?? ''),
      cell(move.refund_id ?? ''),
      cell(move.provider_ref ?? ''),
      cell(move.actor_name ?? ''),
      cell(move.approved_by ?? ''),
      cell(move.device_id ?? ''),
      said(reasons, move.reason),
    ].join(',')
  })
  return `\ufeff${[columns.join(','), ...rows].join('\r\n')}\r\n`
}
