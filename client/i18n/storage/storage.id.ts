/**
 * Words for a phone that cannot store: they come only when that happens. A page that stores with others, and finds
 * no room, alone hears the news then, and cannot pass it on to the others.
 */
export const storageId = {
  /** What happened, and `help`, which the guest opens. */
  notice: {
    full: 'Penyimpanan HP ini penuh.',
    broken: 'HP ini tidak bisa menyimpan, jadi tidak bisa memesan dari sini.',
    failed: 'HP ini tidak bisa menyimpan, jadi tidak bisa memesan dari sini.',
    blocked: 'Cookie dan data situs diblokir untuk halaman ini, jadi tidak bisa memesan dari sini.',
    silent: 'Penyimpanan HP ini belum menjawab, jadi belum bisa memesan dari sini.',
  },
  toHelp: 'Yang bisa dilakukan',
  help: {
    full: 'Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka. Hapus foto, unduhan, atau aplikasi supaya bisa disimpan lagi.',
    broken:
      'Untuk memesan, buka halaman ini di tab biasa (bukan mode privat), atau pesan di bar. Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka.',
    failed: 'Pakai tab biasa (bukan mode privat), atau pesan di bar.',
    blocked: 'Izinkan di pengaturan browser lalu muat ulang, atau pesan di bar.',
    silent:
      'Begitu menjawab, halaman ini lanjut sendiri. Kalau lama, tutup tab lain dari halaman ini; kalau tetap begini, muat ulang, atau pesan di bar.',
  },
  /** After the help where nothing that was kept can be seen. */
  earlier:
    'Sudah memesan dari HP ini? Mungkin tidak terlihat di sini, dan masih bisa terkirim: tanya barista sebelum memesan lagi.',
  cart: {
    failed: 'Pesanan tidak bisa dikirim dari sini: HP ini tidak bisa menyimpan.',
    blocked: 'Pesanan tidak bisa dikirim dari sini: cookie dan data situs diblokir.',
    silent: 'Pesanan belum bisa dikirim: penyimpanan HP ini belum menjawab.',
    /** After each of these. */
    kept: 'Isi keranjang tetap ada selama halaman ini terbuka.',
  },
  unseen: {
    orders: {
      title: 'Pesanan tidak bisa dilihat sekarang',
      text: 'Pesanan dari HP ini tetap ada, dan yang tersimpan di HP masih bisa terkirim. Muat ulang; kalau tetap begini, tanya barista sebelum memesan lagi.',
    },
    money: {
      title: 'Tagihan tidak bisa dilihat sekarang',
      text: 'Tagihan meja dan yang sudah dibayar tetap tercatat di kafe. Muat ulang; kalau tetap begini, tanya barista atau kasir.',
    },
    reload: 'Muat ulang',
  },
}
