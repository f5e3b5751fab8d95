import { formatRp } from '#shared/kernel/money.ts'
import type { RefusalWords } from '../dictionary.ts'

const rp = (amount: unknown) => (typeof amount === 'number' ? formatRp(amount) : '')

/** Why something about money was not done, what stands, and what to do. */
export const paymentRefusalsId = {
  unknown: (facts) =>
    `Permintaan ini ditolak (${facts.code}). Belum ada yang dibayar; coba lagi atau panggil barista.`,
  'bill.unknown': 'Tagihan ini tidak ditemukan di kedai. Belum ada yang dibayar; tanyakan ke barista.',
  'bill.closed': 'Tagihan ini sudah ditutup barista. Belum ada yang dibayar dari HP ini; tanyakan ke kasir.',
  'bill.too_many_orders': 'Pesanan meja ini terlalu banyak untuk satu tagihan. Selesaikan di kasir.',
  'bill.too_expensive': 'Tagihan ini terlalu besar untuk HP. Selesaikan di kasir.',
  'bill.nothing_open': 'Tidak ada sisa yang bisa dibayar sekarang: sudah lunas, atau sedang dibayar HP lain.',
  'bill.item_unknown':
    'Satu item sudah tidak ada di tagihan, mungkin dibatalkan. Belum ada yang dibayar; pilih lagi.',
  'bill.item_taken':
    'Ada yang baru saja dibayar orang lain di meja. Belum ada yang dibayar dari HP ini; pilih lagi.',
  'bill.part_too_small': (facts) => `Bagian ini terlalu kecil; paling sedikit ${rp(facts.minRp)}.`,
  'bill.part_too_large': (facts) => `Itu lebih dari sisanya. Paling banyak ${rp(facts.openRp)}.`,
  'bill.remainder_too_small': (facts) =>
    `Sisanya jadi terlalu kecil untuk dibayar orang lain. Bayar semua ${rp(facts.openRp)}, atau sisakan paling sedikit ${rp(facts.minRp)}.`,
  'bill.parts_malformed': (facts) => `Bisa dibagi untuk 1 sampai ${facts.max} orang.`,
  'payment.unknown': 'Pembayaran ini tidak ditemukan di kedai. Lihat tagihan sebelum membayar lagi.',
  'payment.id_taken': 'Pembayaran ini sudah pernah dibuat. Lihat tagihan sebelum membayar lagi.',
  'payment.method_off': 'Cara bayar ini baru saja dimatikan kedai. Belum ada yang dibayar; pilih cara lain.',
  'payment.tip_off':
    'Kedai ini tidak lagi menerima tip dari HP. Belum ada yang dibayar; coba lagi tanpa tip.',
  'payment.tip_too_large':
    'Tip sebesar itu tidak bisa dari HP. Belum ada yang dibayar; pilih yang lebih kecil.',
  'payment.amount_changed':
    'Jumlahnya berubah sebelum sampai, jadi tidak dibuat tanpa izin Kakak. Belum ada yang dibayar; periksa jumlah baru.',
  'payment.pending_already':
    'HP ini masih punya pembayaran yang belum selesai. Selesaikan atau batalkan dulu.',
  'payment.too_many': 'Terlalu banyak pembayaran dicoba untuk tagihan ini. Selesaikan di kasir.',
  'payment.qris_too_large': (facts) =>
    `Satu pembayaran QRIS paling banyak ${rp(facts.maxRp)}. Bayar sebagian, atau pilih cara lain.`,
  'payment.over': 'Pembayaran ini sudah selesai, jadi tidak bisa diubah lagi.',
  'payment.at_gateway':
    'Penyedia masih memproses kode ini. Tunggu sebentar, lalu lihat lagi; jangan bayar dua kali.',
  'payment.not_practice': 'Pembayaran ini bukan simulasi, jadi tidak bisa dimainkan.',
  'qris.static_missing': 'Kedai belum menyimpan kode QRIS-nya. Belum ada yang dibayar; pilih cara lain.',
  'qris.static_changed':
    'Kode QRIS kedai berbeda dari yang disetujui manajer, jadi tidak ditampilkan. Belum ada yang dibayar; pilih cara lain dan beri tahu barista.',
  'qris.static_refused':
    'Kode QRIS kedai tidak bisa dipakai untuk jumlah ini. Belum ada yang dibayar; pilih cara lain.',
  'visit.not_member':
    'HP ini belum diterima di meja ini. Minta teman atau barista mengizinkan, atau bayar di kasir.',
  'visit.closed': 'Kunjungan di meja ini sudah ditutup. Kalau belum bayar, selesaikan di kasir.',
  'visit.unknown': 'Kunjungan ini tidak ditemukan di kedai. Tanyakan ke barista.',
  'session.missing': 'HP ini tidak dikenal kedai. Pindai kode di meja, lalu coba lagi, atau bayar di kasir.',
  'request.too_many': 'Terlalu banyak permintaan sekaligus. Tunggu semenit, lalu coba lagi.',
  'network.unreachable':
    'Kedai tidak menjawab, jadi belum pasti sampai. Tekan lagi saat ada sinyal: pembayaran yang sama tidak akan dibuat dua kali. Atau bayar di kasir.',
} satisfies RefusalWords
