/** The way from the orders to the bill: apart from the words of paying, which are fetched only there. */
export const billLinkId = {
  open: 'Minta bon / Bayar',
  receipts: 'Lihat struk',
  closed: {
    thanks: 'Terima kasih, Kak!',
    /** By the till's books, whoever paid. */
    owed: (amount: string) =>
      `Menurut catatan kasir, tagihan meja ini masih ${amount}. Selesaikan di kasir, ya, Kak.`,
    /** Of a table without a bill nobody knows what was paid at the counter, or by a friend. */
    left: (amount: string) =>
      `Pesanan HP ini ${amount} tidak dibayar lewat HP ini. Kalau belum dibayar, selesaikan di kasir.`,
  },
  see: 'Lihat tagihan',
  /** Money of this phone that is not for the bill. */
  back: {
    due: (amount: string) =>
      `${amount} yang sudah Kakak bayar belum terpakai: dikembalikan atau dihitung ke tagihan. Tunjukkan tagihannya ke barista.`,
    returning: (amount: string) => `${amount} sedang dikembalikan.`,
    returned: (amount: string) => `${amount} sudah dikembalikan.`,
  },
}
