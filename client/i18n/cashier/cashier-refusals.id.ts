import { formatRp } from '#shared/kernel/money.ts'
import type { RefusalFacts, RefusalSentence } from '../dictionary.ts'

function rpOf(facts: RefusalFacts, name: string): string {
  const amount = facts[name]
  return typeof amount === 'number' ? formatRp(amount) : ''
}

/** What staff are told: what happened, what was kept, what to do. */
export const cashierRefusalsId = {
  'network.offline': 'Perangkat ini tidak tersambung. Tidak ada yang dikirim; tekan lagi begitu tersambung.',
  'network.unreachable':
    'Server tidak menjawab. Bisa jadi sudah tercatat, bisa juga belum. Tekan sekali lagi: yang sama tidak tercatat dua kali.',
  'session.missing': 'Masa masuk sudah habis. Tidak ada yang tercatat; masuk lagi, lalu ulangi.',
  'session.not_allowed': 'Akun Anda tidak boleh melakukan ini. Tidak ada yang berubah.',
  'session.wrong_outlet': 'Ini milik outlet lain. Tidak ada yang berubah.',
  'bill.unknown': 'Bon ini tidak dikenal di outlet ini. Tidak ada yang berubah.',
  'bill.closed': 'Bon ini sudah ditutup. Tidak ada yang tercatat.',
  'bill.too_many_orders': 'Pesanannya terlalu banyak untuk satu bon. Tidak ada yang berubah.',
  'bill.too_expensive': 'Bon ini terlalu besar untuk satu bon. Tidak ada yang berubah.',
  'bill.nothing_open': 'Tidak ada sisa: sudah dibayar atau sedang dibayar di HP. Tidak ada yang tercatat.',
  'bill.item_unknown': 'Item itu tidak ada lagi di bon. Tidak ada yang tercatat; pilih lagi.',
  'bill.item_taken': 'Item itu baru saja dibayar orang lain. Tidak ada yang tercatat; pilih lagi.',
  'bill.part_too_small': (facts) => `Bagian ini terlalu kecil, paling sedikit ${rpOf(facts, 'minRp')}.`,
  'bill.part_too_large': (facts) => `Bagian ini lebih besar dari sisanya, ${rpOf(facts, 'openRp')}.`,
  'bill.remainder_too_small': (facts) =>
    `Sisanya akan kurang dari ${rpOf(facts, 'minRp')} dan tak bisa dibayar. Tagih semua sisa ${rpOf(facts, 'openRp')}.`,
  'bill.parts_malformed': (facts) => `Paling banyak ${Number(facts.max ?? 30)} orang.`,
  'part.nothing_chosen': 'Pilih dulu apa yang dibayar.',
  'payment.unknown': 'Pembayaran ini tidak dikenal di outlet ini. Tidak ada yang berubah.',
  'payment.id_taken': 'Pembayaran ini ternyata sudah tercatat tadi. Lihat daftar pembayarannya.',
  'payment.method_off': 'Cara bayar ini tidak aktif di outlet ini. Tidak ada yang tercatat.',
  'payment.tip_off': 'Tip tidak aktif di outlet ini. Tidak ada yang tercatat.',
  'payment.amount_changed': (facts) =>
    `Jumlahnya baru saja berubah menjadi ${rpOf(facts, 'askedRp')}. Tidak ada yang tercatat; sebutkan jumlah baru ke tamu.`,
  'payment.pending_already': 'Masih ada pembayaran yang menunggu. Selesaikan atau batalkan itu dulu.',
  'payment.too_many': 'Terlalu banyak pembayaran yang dimulai di bon ini. Tidak ada yang tercatat.',
  'payment.qris_too_large': (facts) =>
    `Melebihi batas satu QRIS, ${rpOf(facts, 'maxRp')}. Bagi dulu atau pakai cara lain.`,
  'payment.too_little_cash': (facts) =>
    `Uangnya kurang ${rpOf(facts, 'missingRp')}. Tidak ada yang tercatat.`,
  'payment.over':
    'Pembayaran ini sudah selesai atau dibatalkan. Tidak ada yang berubah; lihat keadaannya sekarang.',
  'payment.at_gateway': 'Pembayaran ini sedang di penyedia. Batalkan kodenya dulu, atau tunggu kabarnya.',
  'payment.nothing_to_credit': 'Tidak ada uang yang bisa dihitung. Tidak ada yang berubah.',
  'payment.practice_confirm':
    'SIMULASI: tidak ada uang yang bisa masuk, jadi tidak ada yang bisa dipastikan. Mainkan pembayarannya, atau terima dengan cara lain.',
  'payment.not_practice': 'Ini bukan pembayaran latihan. Tidak ada yang berubah.',
  'qris.static_missing': 'QRIS kedai belum diisi. Manajer mengisinya di Manajer, Pembayaran.',
  'qris.static_changed':
    'QRIS kedai yang tersimpan berbeda dari yang disetujui manajer, jadi tidak ditampilkan. Panggil manajer.',
  'qris.static_refused': 'QRIS itu tidak bisa dipakai. Tidak ada yang berubah.',
  'payment_code.empty': 'Kode masih kosong.',
  'payment_code.not_a_bill': 'Ini bukan kode pembayaran. Kode kita 12 angka dan mulai dengan 7.',
  'payment_code.is_table': 'Ini QR meja, bukan kode pembayaran. Tamu membuka bonnya dulu di HP.',
  'payment_code.incomplete': (facts) =>
    `Kodenya baru ${Number(facts.digits ?? 0)} angka, seharusnya ${Number(facts.expected ?? 12)}.`,
  'payment_code.mistyped':
    'Ada angka yang salah: angka terakhir tidak cocok. Bandingkan lagi dengan layar tamu.',
  'payment_code.other_outlet': 'Kode ini milik outlet lain. Tamu harus membayar di sana.',
  'payment_code.unknown': 'Kode ini tidak dikenal, walaupun angkanya benar. Minta tamu membuka bonnya lagi.',
  'payment_code.paid': 'Kode ini sudah dibayar. Jangan ditagih lagi.',
  'payment_code.old': 'Kode ini sudah tidak berlaku. Minta tamu membuka bonnya lagi.',
  'refund.id_taken': 'Pengembalian ini ternyata sudah tercatat tadi. Lihat daftar pembayarannya.',
  'refund.amount_malformed': 'Jumlahnya tidak benar. Tidak ada yang dikembalikan.',
  'refund.nothing_received': 'Belum ada uang yang masuk, jadi tidak ada yang bisa dikembalikan.',
  'refund.owes_again':
    'Tagihannya jadi berutang lagi. Beri potongan dulu, atau sebutkan bahwa akan dibayar dengan cara lain.',
  'refund.practice_cash':
    'SIMULASI: uangnya tidak pernah masuk, jadi tidak bisa keluar dari laci. Kembalikan lewat jalan yang sama.',
  'refund.unknown': 'Pengembalian ini tidak dikenal.',
  'refund.not_failed': 'Pengembalian ini tidak gagal, jadi tidak ada yang perlu dilepas.',
  'refund.too_many':
    'Pengembalian untuk pembayaran ini sudah terlalu banyak. Tidak ada yang dikembalikan; pakai dasbor penyedia.',
  'refund.too_much': (facts) =>
    `Paling banyak ${rpOf(facts, 'refundableRp')} yang bisa dikembalikan. Tidak ada yang berubah.`,
  'visit.closed': 'Meja ini sudah ditutup. Tidak ada yang berubah.',
  'visit.unknown': 'Kunjungan ini tidak ada lagi. Tidak ada yang berubah.',
  'staff.wrong_pin': (facts) =>
    `PIN salah. Tidak ada yang berubah.${typeof facts.triesLeft === 'number' ? ` Sisa ${facts.triesLeft} kali coba sebelum perangkat ini terkunci.` : ''}`,
  'staff.unknown':
    'Orang ini tidak boleh menyetujui di outlet ini. Tidak ada yang berubah; pilih orang lain.',
  'receipt.no_printer': 'Belum ada printer di outlet ini. Tidak ada yang dicetak.',
  'receipt.printer_here':
    'Itu alamat server sendiri, bukan printer. Tidak ada yang berubah; isi alamat printernya.',
  'receipt.id_taken': 'Struk ini ternyata sudah dikirim ke printer tadi.',
  'receipt.too_many': 'Struk bon ini sudah dicetak terlalu sering. Tidak ada yang dicetak.',
  'receipt.unknown': 'Struk ini tidak dikenal di outlet ini.',
  'settings.qris_needs_provider': 'QRIS otomatis perlu penyedia. Tidak ada yang berubah.',
  'settings.static_needs_code': 'QRIS kedai perlu kodenya. Tidak ada yang berubah.',
  'outlet.unknown': 'Outlet ini tidak ada lagi. Muat ulang halaman.',
  'day.in_future': 'Hari itu belum mulai. Tidak ada yang ditutup.',
  'day.before_first': 'Pada hari itu outlet ini belum punya catatan uang. Tidak ada yang ditutup.',
  'day.closed_already': 'Kas hari itu sudah ditutup. Tidak ada yang berubah; muat ulang untuk melihatnya.',
  'device.locked': 'Perangkat ini terkunci karena terlalu banyak PIN salah. Tidak ada yang berubah.',
  'printer.address_malformed': 'Alamat printer harus seperti tcp://192.168.1.50:9100.',
} satisfies Record<string, RefusalSentence>
