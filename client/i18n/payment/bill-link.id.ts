/** The way from the orders to the bill: apart from the words of paying, which are fetched only there. */
export const billLinkId = {
  open: 'Minta bon / Bayar',
  receipts: 'Lihat struk',
  closed: {
    thanks: 'Terima kasih, Kak!',
    /** By the till's books, whoever paid. */
    owed: (amount: string) =>
      `Menurut catatan kasir, tagihan meja ini masih ${amount}. Selesaikan di kasir, ya, Kak.`,
    /** Of a table where this phone sat before. */
    owedBefore: (amount: string, table: string) =>
      `Menurut catatan kasir, tagihan meja ${table} yang tadi masih ${amount}. Selesaikan di kasir, ya, Kak.`,
    /** Paid at that table for what was not made after all. */
    back: {
      till: (amount: string) =>
        `${amount} yang sudah dibayar dikembalikan di kasir. Tunjukkan halaman ini, ya, Kak.`,
      bank: (amount: string) =>
        `${amount} dari HP ini belum dikembalikan; kedai yang mengembalikannya, biasanya ke bank atau dompet yang dipakai membayar. Kakak tidak perlu melakukan apa-apa. Kalau datang ke kedai, tunjukkan halaman ini.`,
      unknown: (amount: string) =>
        `${amount} yang sudah dibayar di meja ini belum dikembalikan; kedai mengembalikannya kepada yang membayar. Kalau dibayar di kasir, tunjukkan halaman ini di sana, ya, Kak.`,
    },
    returned: (amount: string) => `${amount} sudah dikembalikan.`,
    backBefore: (amount: string, table: string) =>
      `${amount} yang sudah dibayar di meja ${table} yang tadi belum dikembalikan; kedai mengembalikannya kepada yang membayar. Kalau dibayar di kasir, tunjukkan halaman ini di sana, ya, Kak.`,
    returnedBefore: (amount: string, table: string) =>
      `${amount} dari meja ${table} yang tadi sudah dikembalikan.`,
    /** Of a table without a bill nobody knows what was paid at the counter, or by a friend. */
    left: (amount: string) =>
      `Pesanan HP ini ${amount} tidak dibayar lewat HP ini. Kalau belum dibayar, selesaikan di kasir.`,
  },
  see: 'Lihat tagihan',
  /** Money of this phone that is not for the bill. */
  seePayment: 'Lihat pembayaran',
  /** In front of every sentence about money that was only played. */
  played: {
    all: (text: string) => `SIMULASI: ${text}`,
    some: (text: string) => `Sebagian SIMULASI: ${text}`,
  },
  back: {
    due: (amount: string, isOwing: boolean) =>
      `${amount} yang sudah Kakak bayar belum terpakai: ${isOwing ? 'dihitung ke tagihan atau dikembalikan' : 'dikembalikan'}. Tunjukkan tagihannya ke barista.`,
    /** For whoever is at home: nobody has to come for it. */
    dueAway: (amount: string, isOwing: boolean) =>
      `${amount} dari Kakak sudah diterima kedai dan ${isOwing ? 'belum dihitung; kedai yang memutuskan, dihitung ke pesanan atau dikembalikan' : 'belum dikembalikan; kedai yang mengembalikannya'}. Kakak tidak perlu melakukan apa-apa. Kalau nanti datang ke kedai, tunjukkan halaman ini.`,
    returning: (amount: string) => `${amount} sedang dikembalikan ke bank atau dompet yang dipakai membayar.`,
    returned: (amount: string, when: string | null, by: string) =>
      `${amount} sudah dikembalikan${when === null ? '' : ` pada ${when}`}, ${by}.`,
    by: { cash: 'tunai', card: 'ke kartu', bank: 'ke bank atau dompet yang dipakai membayar' },
  },
}
