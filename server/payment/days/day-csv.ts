import { formatClock, localMoment, type Zone } from '#shared/kernel/time.ts'
import type { MoveRow } from './day.store.ts'

const COLUMNS = [
  'tanggal',
  'jam',
  'jenis',
  'metode',
  'penyedia',
  'jumlah_rp',
  'tagihan',
  'pembayaran',
  'pengembalian',
  'ref_penyedia',
  'petugas',
  'disetujui',
  'perangkat',
  'alasan',
] as const

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

/** The day's moves as CSV, amounts as plain numbers; with the mark without which Excel garbles accents. */
export function dayToCsv(moves: readonly MoveRow[], zone: Zone): string {
  const rows = moves.map((move) =>
    [
      cell(localMoment(move.at_ms, zone).day),
      cell(formatClock(move.at_ms, zone)),
      cell(move.kind),
      cell(move.method ?? ''),
      cell(move.provider ?? ''),
      String(move.amount_rp),
      cell(move.bill_id ?? ''),
      cell(move.payment_id ?? ''),
      cell(move.refund_id ?? ''),
      cell(move.provider_ref ?? ''),
      cell(move.actor_name ?? ''),
      cell(move.approved_by ?? ''),
      cell(move.device_id ?? ''),
      cell(move.reason),
    ].join(','),
  )
  return `\ufeff${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`
}
