/**
 * Words for a phone that cannot store: they come only when that happens. One tab alone hears the news then, and
 * cannot pass it on to the others.
 */
export const storageId = {
  full: 'Penyimpanan HP ini penuh. Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka. Hapus foto, unduhan, atau aplikasi supaya bisa disimpan lagi.',
  broken:
    'HP ini tidak bisa menyimpan, jadi tidak bisa memesan dari sini. Untuk memesan, buka halaman ini di tab biasa (bukan mode privat), atau pesan di bar. Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka.',
  blocked:
    'Cookie dan data situs diblokir untuk halaman ini, jadi tidak bisa memesan dari sini. Izinkan di pengaturan browser lalu muat ulang, atau pesan di bar. Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka.',
}
