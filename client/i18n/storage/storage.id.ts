/**
 * Words for a phone that cannot store: they come only when that happens. One tab alone hears the news then, and
 * cannot pass it on to the others.
 */
export const storageId = {
  full: 'Penyimpanan HP ini penuh. Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka. Hapus foto, unduhan, atau aplikasi supaya bisa disimpan lagi.',
  broken:
    'HP ini tidak bisa menyimpan. Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka. Buka di tab biasa (bukan mode privat) supaya bisa disimpan.',
}
