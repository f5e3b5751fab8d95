/** What needs a person: what happened, what it means, what may be done. */
export const mattersId = {
  title: 'Perlu diperiksa',
  of: (method: string, amount: string, clock: string) => `${method} ${amount}, ${clock}`,
  kinds: {
    late: {
      what: 'Uang datang terlambat',
      means: (received: string, _asked: string) =>
        `${received} masuk setelah kodenya kedaluwarsa atau dibatalkan. Uangnya ada, tetapi belum dihitung ke bon: mungkin tamu sudah membayar dengan cara lain.`,
    },
    short: {
      what: 'Uangnya kurang',
      means: (received: string, asked: string) =>
        `Yang masuk ${received} dari ${asked}. Yang masuk sudah dihitung; sisanya belum dibayar.`,
    },
    over: {
      what: 'Uangnya lebih',
      means: (received: string, asked: string) =>
        `Yang masuk ${received}, padahal yang diminta ${asked}. Kelebihannya milik tamu.`,
    },
    twice: {
      what: 'Dibayar dua kali',
      means: (received: string, asked: string) =>
        `Kode yang sama dibayar lebih dari sekali: masuk ${received} untuk ${asked}. Kelebihannya milik tamu.`,
    },
    contradiction: {
      what: 'Penyedia menyebut dua jumlah',
      means: (_received: string, asked: string) =>
        `Untuk pembayaran ${asked} ini penyedia menyebut dua jumlah berbeda. Belum dihitung sampai ada yang memutuskan. Lihat dulu di dasbor penyedia.`,
    },
    refund_failed: {
      what: 'Pengembalian gagal',
      means: (_received: string, _asked: string) =>
        'Penyedia atau bank menolak mengembalikan uangnya. Uang itu belum sampai ke tamu.',
    },
    unasked: {
      what: 'Penyedia mengembalikan uang',
      means: (_received: string, _asked: string, back: string) =>
        `${back} kembali ke tamu tanpa diminta di sini: lewat dasbor penyedia, atau ditarik bank. Tamu belum ditagih lagi. Beri potongan kalau memang diberikan; tagih lagi kalau akan dibayar dengan cara lain.`,
    },
    over_refunded: {
      what: 'Dikembalikan terlalu banyak',
      means: (received: string, _asked: string, _back: string, returned: string) =>
        `Yang dikembalikan ${returned}, melebihi ${received} yang pernah masuk. Periksa di dasbor penyedia.`,
    },
    returned_more: {
      what: 'Yang kembali lebih dari yang diminta di sini',
      means: (_received: string, _asked: string, _back: string, returned: string) =>
        `Penyedia mengembalikan lebih dari yang diminta di sini: pengembalian kita lebih dari sekali, atau dalam sangat banyak potongan. Seluruhnya ${returned} kembali dari pembayaran ini. Cocokkan dengan dasbor penyedia.`,
    },
    cancelled_order: {
      what: 'Pesanan batal setelah dibayar',
      means: (received: string, _asked: string, back: string) =>
        `Pesanannya batal setelah dibayar, jadi ${received === back ? `seluruhnya, ${back},` : `${back} dari ${received}`} harus kembali ke tamu.`,
    },
    discounted: {
      what: 'Potongan setelah dibayar',
      means: (received: string, _asked: string, back: string) =>
        `Bonnya dipotong setelah dibayar, jadi ${received === back ? `seluruhnya, ${back},` : `${back} dari ${received}`} harus kembali ke tamu.`,
    },
    paid_too_much: {
      what: 'Lebih bayar',
      means: (received: string, _asked: string, back: string) =>
        `Bonnya sekarang kurang dari yang sudah dibayar, jadi ${received === back ? `seluruhnya, ${back},` : `${back} dari ${received}`} harus kembali ke tamu. Lihat bonnya untuk sebabnya.`,
    },
  },
  said: (text: string) => `Kata penyedia: "${text}"`,
  back: (amount: string) => `Yang kembali: ${amount}`,
  missing: (amount: string) => `Yang kurang: ${amount}`,
  deeds: {
    drop: 'Tidak dikembalikan',
    credit: 'Hitung ke bon',
    refund: 'Kembalikan',
    refund_cash: 'Kembalikan tunai',
    collect: 'Tagih sisanya',
    look: 'Cek ke penyedia',
    discount: 'Beri potongan',
    owe: 'Tagih lagi',
    compare: 'Sudah dicocokkan',
  },
  oweTitle: 'Tagih lagi',
  oweText: (amount: string) =>
    `${amount} kembali menjadi utang bon ini dan terlihat di HP tamu. Beri tahu tamu lebih dulu.`,
  compareTitle: 'Sudah dicocokkan',
  compareText: (amount: string) =>
    `Seluruhnya ${amount} sudah kembali dari pembayaran ini, dan sudah dibandingkan dengan dasbor penyedia. Pembukuan tidak berubah; kartu ini hilang sampai yang kembali lebih dari itu.`,
  dropTitle: 'Tidak jadi dikembalikan',
  dropText: 'Pengembalian yang gagal ini selesai tanpa uang keluar. Tamu perlu tahu lebih dulu.',
  creditTitle: 'Hitung uang ini ke bon',
  creditText: (amount: string) =>
    `${amount} akan dihitung sebagai pembayaran bon. Pastikan uangnya benar ada di mutasi.`,
  refundTitle: 'Kembalikan uang',
  refundPractice: 'SIMULASI: tidak ada uang yang pernah masuk, dan tidak ada yang keluar dari laci.',
  refundText: (what: string) =>
    `Untuk ${what}. Uang tunai diserahkan sekarang; lewat penyedia bisa memakan waktu beberapa hari.`,
  refundOwes: (owes: string) =>
    `Sesudah ini bonnya kurang ${owes}. Beri potongan dulu, atau tandai bahwa akan dibayar lagi dengan cara lain.`,
  confirmTitle: 'Catat sudah dibayar',
  confirmText: (amount: string) =>
    `${amount} dicatat diterima tanpa kabar dari penyedia. Lihat dulu mutasi atau aplikasi merchant.`,
  reasons: {
    drop: ['Tamu tidak jadi minta', 'Sudah diganti pesanan', 'Keliru dicatat'],
    owe: ['Tamu akan bayar dengan cara lain', 'Keliru dikembalikan'],
    compare: ['Cocok dengan dasbor', 'Penyedia akan memperbaiki'],
    credit: ['Uang sudah ada di mutasi', 'Tamu menunjukkan bukti bayar'],
    /** Said by themselves where nothing else can be the cause. */
    refundCancelled: 'Pesanan dibatalkan',
    refundDiscounted: 'Potongan harga',
    refund: ['Kelebihan bayar', 'Pesanan dibatalkan', 'Potongan harga', 'Tamu sudah bayar dengan cara lain'],
    confirm: ['Terlihat di aplikasi merchant', 'Terlihat di mutasi bank'],
    discount: ['Pelayanan kurang baik', 'Tamu langganan', 'Promosi'],
  },
  discountTitle: 'Beri potongan',
  discountText: 'Berlaku untuk seluruh bon dan terlihat di semua HP di meja ini.',
  discountAmount: 'Jumlah potongan',
  discountLabel: 'Potongan',
}
