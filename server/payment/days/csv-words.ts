import type { Payment } from '#shared/payment/payment.ts'
import type { MoneyMove } from '../money-moves.store.ts'

export type CsvLanguage = 'id' | 'en'

export type CsvWords = {
  readonly columns: readonly string[]
  /** Of the second table, after the moves. */
  readonly summary: {
    readonly columns: readonly string[]
    readonly practice: string
    readonly differs: string
    readonly returning: string
    readonly openBill: string
    readonly dueBack: string
    readonly pickup: string
  }
  /** Of the table between both. */
  readonly sums: { readonly columns: readonly string[]; readonly total: string }
  readonly kinds: Readonly<Record<MoneyMove['kind'], string>>
  readonly methods: Readonly<Record<Payment['method'], string>>
  readonly providers: Readonly<Record<Payment['provider'], string>>
  /** Of what the house did by itself. */
  readonly reasons: Readonly<Record<string, string>>
}

/** The words of the day's file. A server's file has no dictionary of a page to look into. */
export const CSV_WORDS: Readonly<Record<CsvLanguage, CsvWords>> = {
  id: {
    columns: [
      'tanggal',
      'jam',
      'jenis',
      'metode',
      'penyedia',
      'jumlah_rp',
      'simulasi_rp',
      'potongan_bon_sejak_ini_rp',
      'tagihan',
      'pembayaran',
      'pengembalian',
      'ref_penyedia',
      'petugas',
      'disetujui',
      'perangkat',
      'alasan',
    ],
    summary: {
      columns: ['perkara', 'seharusnya_rp', 'ternyata_rp', 'selisih_rp', 'rujukan'],
      practice: 'simulasi',
      differs: 'berbeda',
      returning: 'sedang dikembalikan',
      openBill: 'tagihan belum lunas',
      dueBack: 'perlu dikembalikan',
      pickup: 'ambil sendiri',
    },
    sums: {
      columns: ['cara_bayar', 'masuk_rp', 'dikembalikan_rp', 'sisa_rp'],
      total: 'jumlah tanpa simulasi',
    },
    kinds: {
      received: 'masuk',
      refunded: 'dikembalikan',
      credited: 'dihitung ke tagihan',
      confirmed: 'dipastikan petugas',
      cancelled: 'dibatalkan',
      discounted: 'potongan',
      waived: 'dibuat sebelum dibayar',
      refund_dropped: 'pengembalian tidak jadi',
      owed_again: 'ditagih lagi',
      compared: 'sudah dicocokkan',
      day_closed: 'kas ditutup',
    },
    methods: { cash: 'tunai', card: 'kartu', qris: 'QRIS', qris_static: 'QRIS kedai' },
    providers: { manual: 'petugas', midtrans: 'Midtrans', xendit: 'Xendit', practice: 'latihan' },
    reasons: {
      'nothing left to pay': 'tidak ada lagi yang harus dibayar',
      'the bill changed': 'tagihannya berubah',
      'at the provider': 'dari penyedia',
      'prepared as cash': 'di HP dipilih tunai',
      'prepared as card': 'di HP dipilih kartu',
      'prepared as qris_static': 'di HP dipilih QRIS kedai',
    },
  },
  en: {
    columns: [
      'date',
      'time',
      'kind',
      'method',
      'provider',
      'amount_rp',
      'simulation_rp',
      'bill_discount_from_here_rp',
      'bill',
      'payment',
      'refund',
      'provider_ref',
      'staff',
      'approved_by',
      'device',
      'reason',
    ],
    summary: {
      columns: ['matter', 'expected_rp', 'found_rp', 'difference_rp', 'reference'],
      practice: 'simulation',
      differs: 'differs',
      returning: 'on its way back',
      openBill: 'unpaid bill',
      dueBack: 'to be given back',
      pickup: 'pick-up',
    },
    sums: {
      columns: ['method', 'received_rp', 'returned_rp', 'left_rp'],
      total: 'sum without simulation',
    },
    kinds: {
      received: 'received',
      refunded: 'refunded',
      credited: 'counted towards the bill',
      confirmed: 'confirmed by staff',
      cancelled: 'cancelled',
      discounted: 'discount',
      waived: 'made before it was paid',
      refund_dropped: 'refund given up',
      owed_again: 'asked for again',
      compared: 'compared with the provider',
      day_closed: 'day closed',
    },
    methods: { cash: 'cash', card: 'card', qris: 'QRIS', qris_static: 'café’s QRIS' },
    providers: { manual: 'staff', midtrans: 'Midtrans', xendit: 'Xendit', practice: 'practice' },
    reasons: {
      'prepared as cash': 'chosen as cash on the phone',
      'prepared as card': 'chosen as card on the phone',
      'prepared as qris_static': 'chosen as café’s QRIS on the phone',
    },
  },
}
