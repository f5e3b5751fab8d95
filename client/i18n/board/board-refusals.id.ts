import type { RefusalSentence } from '../dictionary.ts'
import { type EndedOrderWords, unlessEnded } from './ended-order.ts'
import { newOrders } from './new-orders.ts'

const ended: EndedOrderWords = {
  asked: 'Pesanan ini dibatalkan atas permintaan tamu. Gerakan ini tidak dipakai; tidak perlu dibuat.',
  unpaid:
    'Pesanan ini batal karena tidak dibayar pada waktunya. Gerakan ini tidak dipakai; tidak perlu dibuat.',
  cancelled: 'Pesanan ini sudah dibatalkan. Gerakan ini tidak dipakai; tidak perlu dibuat.',
  visitClosed:
    'Mejanya ditutup sebelum pesanan ini dijawab, jadi pesanannya ditolak. Gerakan ini tidak dipakai; tidak perlu dibuat.',
  rejected:
    'Pesanan ini sudah lebih dulu ditolak, jadi gerakan ini tidak dipakai. Kalau tetap mau dibuat, kembalikan dari Terakhir.',
}

/** Why the server did not make a move of the board: what happened, what was kept, what to do. */
export const boardRefusalsId = {
  'session.missing': 'Masa masuk sudah habis. Gerakan tersimpan; masuk lagi untuk mengirim.',
  'session.not_allowed': 'Anda tidak berhak melakukan ini. Tidak ada yang berubah; tanya manajer.',
  'session.wrong_outlet': 'Ini milik outlet lain. Tidak ada yang berubah.',
  'request.key_reused':
    'Gerakan ini bercampur dengan gerakan lain, jadi tidak dipakai. Lihat pesanannya, lalu ketuk lagi bila perlu.',
  'request.done_before':
    'Gerakan ini sudah sampai dan dipakai sebelum tablet ini didaftarkan ulang. Tidak perlu diulang; keadaan yang terlihat sekarang yang benar.',
  'request.refused_before':
    'Gerakan ini sudah sampai dan ditolak sebelum tablet ini didaftarkan ulang. Tidak ada yang berubah; lihat keadaannya, lalu ketuk lagi bila perlu.',
  'order.unknown': 'Pesanan ini tidak ada lagi di server. Tidak ada yang berubah.',
  'order.moved_meanwhile': unlessEnded(
    ended,
    'Papan lain sudah lebih dulu memindahkannya. Keadaan yang terlihat sekarang yang benar; gerakan ini tidak dipakai.',
  ),
  'order.made_already':
    'Pesanan ini sudah pernah siap, jadi tetap di bon dan gerakan ini tidak dipakai. Untuk menghapus biayanya, beri potongan di kasir dengan PIN manajer.',
  'order.visit_closed':
    'Mejanya sudah ditutup sejak itu, jadi pesanannya tidak dikembalikan dan tetap seperti adanya. Kalau masih diinginkan, tamu memesan lagi; biaya pesanan yang sudah diterima dihapus dengan potongan di kasir memakai PIN manajer.',
  'order.illegal_move': unlessEnded(
    ended,
    'Dari keadaannya sekarang, pesanan tidak bisa dipindah begitu. Gerakan ini tidak dipakai; lihat pesanannya.',
  ),
  'order.over': unlessEnded(ended, 'Pesanan ini sudah selesai. Gerakan ini tidak dipakai.'),
  'order.no_request': 'Permintaan tamu sudah dijawab atau ditarik. Tidak ada yang berubah.',
  'call.over': 'Panggilan ini sudah selesai atau ditarik tamu.',
  'call.unknown': 'Panggilan ini tidak ada lagi.',
  'visit.closed': 'Meja ini sudah ditutup. Tidak ada yang berubah.',
  'visit.new_orders': newOrders(
    (orders) =>
      `Tidak ditutup: sejak itu ada pesanan baru ${orders}. Tidak ada yang ditolak; jawab dulu, lalu tutup lagi.`,
  ),
  'visit.not_member': 'HP ini sudah tidak punya tempat di meja itu. Tidak ada yang berubah.',
  'table.unknown': 'Meja ini sudah dihapus. Tidak ada pesanan yang ditolak dan tidak ada kode yang diganti.',
  'visit.unknown': 'Kunjungan ini tidak ada lagi. Tidak ada yang berubah.',
  'outlet.unknown': 'Outlet ini sudah dihapus. Tidak ada yang berubah; tanya manajer.',
  'server.broken':
    'Server gagal berkali-kali pada gerakan ini, jadi belum ada yang tahu sudah dipakai atau belum. Perangkat ini mencobanya lagi sendiri sampai ini ditutup; papan lalu memperlihatkan keadaan di server.',
  'menu.item_unknown': 'Menu ini sudah dihapus. Tidak ada yang berubah.',
} satisfies Record<string, RefusalSentence>
