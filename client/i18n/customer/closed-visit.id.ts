import type { Translation } from '../dictionary.ts'

/** A visit that the house has closed, and how to sit there again. */
export const closedVisitId = {
  title: 'Kunjungan ini sudah ditutup',
  others: 'Pesanan HP lain di meja tidak terlihat lagi. Pesanan dari HP ini tetap ada di bawah.',
  /** For a phone that had ordered nothing there. */
  nothingOwn: 'Pesanan dan tagihan meja tidak terlihat lagi di HP ini.',
  /** For a phone that nobody had let in, or that was sent away. */
  outside: {
    title: 'Meja ini sudah ditutup',
    text: 'Saat itu HP ini tidak tergabung di meja.',
    /** Instead of it where this phone had ordered: it may have sat there alone. */
    own: 'Pesanan dari HP ini tetap ada di bawah.',
    toScan: 'Duduk di sini? Pindai lagi kode di meja.',
  },
  again: {
    toScan: 'Duduk di sini lagi? Pindai kode di meja.',
    /** Scanned without a network: that was enough, nothing more has to be done. */
    unheard: 'Pindaian kode meja tersimpan di HP ini, dan dikirim begitu tersambung.',
  },
}
export type ClosedVisitWords = Translation<typeof closedVisitId>
