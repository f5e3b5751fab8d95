/** Words of the page that is not there, for guests and staff. They come with it. */
export const lostId = {
  title: 'Halaman ini tidak ada',
  text: 'Alamatnya mungkin salah ketik, atau halamannya sudah pindah. Tidak ada yang hilang.',
  toMenu: 'Lihat menu',
  toOrders: 'Pesanan Kakak',
  toBoard: 'Ke papan',
  toManager: 'Ke kantor',
}
