/** Words about the tables in use: their visits, the phones in them, and orders that nobody has vouched for. */
export const boardVisitsId = {
  visits: {
    title: 'Meja yang terisi',
    none: 'Belum ada meja yang terisi',
    noneHelp: 'Meja muncul di sini begitu tamu memesan.',
    since: (time: string) => `sejak ${time}`,
    owed: (total: string, cap: string) => `${total} dari batas ${cap}`,
    orders: (count: number) => `${count} pesanan`,
    active: (count: number) => `${count} belum selesai`,
    nearCap: 'Hampir sampai batas; pesanan berikutnya bisa ditolak.',
    raise: (cap: string) => `Naikkan batas ke ${cap}`,
    close: 'Tutup meja',
    closeAsk: (table: string) => `Tutup ${table}?`,
    closeRejects: (orders: number, amount: string) =>
      `${orders} pesanan belum dijawab (${amount}): ditolak dan tidak ditagih; tamunya diberi tahu di HP-nya.`,
    closeMaking: (orders: number) =>
      `${orders} pesanan yang sudah diterima: tetap dibuat, di papan ini dan di HP pemesannya.`,
    closeUnpaid: (left: string) => `${left} dari pesanan yang diterima belum dibayar: tetap di daftar kasir.`,
    closeCalls: (calls: number) => `${calls} panggilan yang terbuka: diakhiri.`,
    closeApart: 'HP di meja ini tidak lagi melihat pesanan satu sama lain; tamu berikutnya mulai baru.',
    closedUnanswered: 'Meja ditutup sebelum dijawab',
    closeYes: 'Ya, tutup',
    /** Named are the orders that came while it was asked; none when something else is no longer as it was said. */
    closeChanged: (numbers: string) =>
      numbers === ''
        ? 'Keadaan meja ini berubah sejak pertanyaan di atas. Baca dulu keadaan terbarunya.'
        : `Pesanan baru ${numbers} masuk sejak pertanyaan di atas. Baca dulu keadaan terbarunya.`,
    closeAgain: 'Baca keadaan terbaru',
    tableClosed: 'meja sudah ditutup',
    tableClosing: 'meja ditutup, belum terkirim',
    willReject: 'Akan ditolak karena mejanya ditutup. Belum terkirim, jadi tamu belum tahu.',
    keep: 'Belum',
  },
  phones: {
    title: (table: string, count: number) => `HP di ${table}: ${count}`,
    name: (number: number) => `HP ke-${number}`,
    states: { asking: 'minta ikut', admitted: 'ikut di meja', refused: 'tidak ikut' },
    orders: (count: number) => `${count} pesanan`,
    remove: 'Keluarkan HP ini',
    removeLabel: (number: number, table: string) => `Keluarkan HP ini: HP ke-${number} di ${table}`,
    ask: (number: number, table: string) =>
      `Keluarkan HP ke-${number} dari ${table}? HP itu tidak melihat apa-apa lagi dari meja ini. Pesanannya sendiri tetap; pesanan berikutnya dipastikan dulu seperti dari HP baru.`,
    yes: 'Ya, keluarkan',
    keep: 'Tidak jadi',
    done: (number: number, table: string) => `HP ke-${number} dikeluarkan dari ${table}.`,
  },
  strangers: {
    open: (table: string) => `Tolak semua yang belum terbukti di ${table}`,
    lead: (count: number, table: string) =>
      `Belum dipastikan ada orang di ${table} untuk ${count} pesanan ini:`,
    full: 'Selama tiga pesanan menunggu di sini, HP lain yang belum terbukti di meja ini tidak bisa memesan.',
    effect:
      'Tamunya langsung membaca bahwa tidak ada orang di meja; tidak ditagih. Panggilan dari HP yang belum terbukti ikut ditarik. Pesanan yang sudah diterima tetap.',
    replace: '…dan ganti kode meja ini',
    replaceEffect:
      'Stiker yang tercetak tidak berlaku lagi; cetak yang baru di halaman manajer, di bagian Kode meja. HP yang sudah ikut di meja tetap bisa memesan.',
    submit: (count: number) => `Tolak ${count} pesanan`,
    submitReplace: (count: number) => `Tolak ${count} pesanan, ganti kode`,
    none: (table: string) => `Tidak ada lagi pesanan yang belum terbukti di ${table}.`,
    done: (count: number, table: string) => `${count} pesanan di ${table} ditolak.`,
    doneReplace: (count: number, table: string) =>
      `${count} pesanan di ${table} ditolak. Cetak stiker baru: yang lama tidak berlaku begitu ini terkirim.`,
  },
}
