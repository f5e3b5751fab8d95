/** The few words about an order's state that the menu page says too; the rest is in orders.id.ts. */
export const orderStatusId = {
  headline: {
    sending: 'Mengirim pesanan…',
    waiting: 'Tersimpan, belum terkirim',
    stale: 'Masih mau pesan ini?',
    refused: 'Pesanan belum masuk',
    unproven: 'Terkirim ke bar',
    unseen: 'Belum dilihat barista',
    placed: 'Terkirim ke bar',
    seen: 'Sudah dilihat barista',
    accepted: 'Disetujui, menunggu giliran',
    held: 'Ditahan sebentar',
    preparing: 'Sedang diracik',
    preparingBy: (name: string) => `Sedang diracik ${name}`,
    ready: 'Siap!',
    served: 'Selamat menikmati',
    rejected: 'Pesanan ditolak',
    cancelled: 'Pesanan dibatalkan',
    no_show: 'Belum diambil',
    answer: {
      changeAccepted: 'Perubahan disetujui',
      changeDeclined: 'Perubahan ditolak',
      cancelDeclined: 'Pembatalan ditolak',
    },
  },
  news: (number: string, headline: string) => `Pesanan ${number}: ${headline}`,
  readyTitle: (number: string) => `Siap! ${number}`,
}
