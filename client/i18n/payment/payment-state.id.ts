/** How a payment stands, said to whoever pays. */
export const paymentStateId = {
  making: { title: 'Kode sedang dibuat…', text: 'Biasanya beberapa detik. Halaman ini berubah sendiri.' },
  makingLong:
    'Lebih lama dari biasanya. Kode tetap dicoba dibuat; Kakak juga bisa membatalkan dan memilih cara lain.',
  code: { title: 'Pindai kode ini', text: 'Begitu terbayar, halaman ini berubah sendiri.' },
  static: {
    title: 'Pindai kode kedai',
    text: 'Setelah membayar, tunjukkan bukti di aplikasi Kakak ke barista. Barista memastikan di aplikasi kedai, lalu halaman ini berubah.',
  },
  checking: {
    title: 'Waktu kode habis',
    text: 'Sedang dipastikan ke penyedia apakah sudah ada yang terbayar. Kalau Kakak sudah membayar, tunggu sebentar: kabarnya muncul di halaman ini. Kalau belum, jangan pakai kode ini lagi.',
  },
  cashier: {
    title: 'Tunjukkan kode ini di kasir',
    text: 'Kasir memindai atau mengetik angkanya, lalu menerima uangnya.',
    changed: (was: string, now: string) =>
      `Tadinya ${was}. Sebagian dari yang dibayar sudah batal, lebih murah, atau dibayar orang lain, jadi sekarang ${now}.`,
  },
  failed: {
    title: 'Kode tidak bisa dibuat',
    text: 'Penyedia pembayaran menolak atau sedang terganggu. Belum ada kode yang bisa dibayar, jadi tidak ada uang yang terambil. Coba lagi, atau pilih cara lain.',
  },
  expired: { title: 'Kode sudah tidak berlaku' },
  cancelled: { title: 'Pembayaran ditutup' },
  /** What is known of the money when a payment came to nothing; with a provider it can still come. */
  ended: {
    gateway:
      'Sejauh ini tidak ada uang yang masuk. Kalau saldo Kakak ternyata terpotong, jangan bayar lagi dulu: begitu penyedia mengabari, uangnya muncul di halaman ini, lalu dihitung atau dikembalikan.',
    static:
      'Barista belum melihat uangnya masuk. Kalau Kakak sudah membayar, tunjukkan buktinya ke barista sebelum membayar lagi.',
    till: 'Belum ada uang yang diterima kasir untuk kode ini. Bagian ini bisa dibayar lagi.',
    outdated: (asked: string) =>
      `Yang dibayar dengan kode ${asked} sudah batal, lebih murah, atau dibayar orang lain, seluruhnya atau sebagian, jadi kodenya ditutup supaya Kakak tidak membayar lebih. Kalau masih ada sisanya, itu bisa dibayar lagi.`,
  },
  paid: { title: 'Terbayar', text: 'Terima kasih, Kak. Struknya ada di HP ini.' },
  short: {
    title: 'Uang yang masuk kurang',
    text: (received: string, asked: string) =>
      `Masuk ${received} dari ${asked}. Uang Kakak tercatat. Panggil barista: kekurangannya dibayar, atau uangnya dikembalikan.`,
  },
  late: {
    title: 'Uang masuk setelah kodenya ditutup',
    text: (received: string) =>
      `${received} tercatat, tetapi belum dihitung ke tagihan. Jangan bayar lagi dulu. Panggil barista: uangnya dihitung ke tagihan atau dikembalikan.`,
  },
  over: {
    title: 'Terbayar, dan ada lebihnya',
    text: (excess: string) =>
      `${excess} lebih dari yang diminta. Tunjukkan halaman ini ke barista; lebihnya dikembalikan.`,
  },
  twice: {
    title: 'Terbayar dua kali',
    text: (excess: string) =>
      `${excess} masuk dua kali dan tercatat. Tunjukkan halaman ini ke barista; lebihnya dikembalikan.`,
  },
  /** The same for a pick-up, and for a table that is closed. */
  away: {
    short: (received: string, asked: string) =>
      `Masuk ${received} dari ${asked}. Uang Kakak tercatat di kedai: kekurangannya dibayar di kasir, atau uangnya dikembalikan.`,
    late: (received: string, isOwing: boolean) =>
      `${received} tercatat di kedai. Jangan bayar lagi dulu: kedai ${isOwing ? 'yang memutuskan, dihitung ke pesanan atau dikembalikan' : 'mengembalikannya'}, dan kabarnya muncul di halaman ini.`,
    excess: (excess: string) =>
      `${excess} lebih dari yang diminta dan tercatat di kedai. Kedai mengembalikannya, dan kabarnya muncul di halaman ini.`,
    disputed:
      'Penyedia memberi dua jumlah yang berbeda untuk pembayaran ini. Jangan bayar lagi dulu: kedai memeriksanya, dan kabarnya muncul di halaman ini.',
  },
  disputed: {
    title: 'Perlu dilihat barista',
    text: 'Penyedia memberi dua jumlah yang berbeda untuk pembayaran ini. Jangan bayar lagi dulu; panggil barista.',
  },
  returning: {
    title: 'Uang sedang dikembalikan',
    text: (amount: string) =>
      `${amount} sedang diproses penyedia untuk kembali ke bank atau dompet Kakak. Halaman ini berubah begitu selesai.`,
  },
  partly_refunded: {
    title: 'Sebagian sudah dikembalikan',
    text: (returned: string) => `${returned} sudah dikembalikan.`,
    cash: (returned: string) => `${returned} sudah dikembalikan tunai.`,
    stays: (kept: string) => `${kept} tetap untuk tagihan.`,
    tip: (kept: string) => `${kept} tetap sebagai tip.`,
  },
  refunded: {
    title: 'Uang sudah dikembalikan',
    text: (returned: string) =>
      `${returned} sudah dikembalikan seluruhnya. Kalau belum terlihat di bank atau dompet, tunggu sebentar dan simpan halaman ini.`,
    cash: (returned: string) => `${returned} sudah dikembalikan seluruhnya, tunai.`,
    more: (returned: string, received: string) =>
      `${returned} sudah dikembalikan, lebih dari ${received} yang masuk. Kedai memeriksanya.`,
  },
}
