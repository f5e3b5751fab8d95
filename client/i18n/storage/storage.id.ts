/** Words for a phone that cannot store: they come only when that happens. */
export const storageId = {
  full: 'Penyimpanan HP ini penuh. Kabar di halaman ini tetap benar selama halaman terbuka; hapus foto, unduhan, atau aplikasi supaya bisa disimpan lagi.',
  broken:
    'HP ini tidak bisa menyimpan. Kabar di halaman ini tetap benar selama halaman terbuka; buka di tab biasa (bukan mode privat) supaya bisa disimpan.',
}
