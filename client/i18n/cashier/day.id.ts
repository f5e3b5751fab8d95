/** Words of the day's close. */
export const dayId = {
  promises: {
    title: 'Janji jam ambil',
    none: 'Belum ada pesanan ambil yang selesai dibuat hari itu.',
    text: (kept: number, made: number) =>
      `${kept} dari ${made} pesanan ambil siap pada jam yang pertama dijanjikan.`,
  },
  title: 'Tutup kas',
  lead: 'Yang seharusnya ada di laci, yang dihitung, dan yang dikatakan penyedia.',
  day: 'Hari',
  loading: 'Membaca catatan hari ini…',
  unreachable: 'Catatan hari itu belum bisa dibaca. Periksa sambungan, lalu coba lagi.',
  csv: 'Unduh CSV',
  methods: { cash: 'Tunai', card: 'Kartu', qris: 'QRIS', qris_static: 'QRIS kedai' },
  received: 'Masuk',
  refunded: 'Dikembalikan',
  net: 'Bersih',
  count: (receipts: number) => `${receipts} kali`,
  table: 'Uang hari itu menurut cara bayar',
  total: 'Jumlah uang',
  /** As in "QRIS · Midtrans". */
  by: (method: string, provider: string) => `${method} · ${provider}`,
  method: 'Cara bayar',
  none: 'Belum ada uang yang tercatat hari itu.',
  drawer: 'Laci uang',
  drawerHint: 'Hitung uang tunai penjualan hari ini, tanpa uang modal.',
  expected: 'Seharusnya',
  counted: 'Dihitung',
  countedWrong: 'Isi hasil hitungan, misalnya 1.250.000. Isi 0 bila kosong.',
  difference: 'Selisih',
  exact: 'Cocok',
  more: (amount: string) => `Lebih ${amount}`,
  less: (amount: string) => `Kurang ${amount}`,
  note: 'Catatan',
  noteHint: 'Misalnya sebab selisihnya.',
  close: 'Tutup kas hari ini',
  closeTitle: 'Tutup kas',
  closeText: (day: string, difference: string) =>
    `Kas ${day} ditutup dengan hasil: ${difference}. Setelah ini tidak bisa diubah.`,
  unsettled: (payments: number, bills: number) =>
    `Belum beres: ${payments} pembayaran lewat penyedia dan ${bills} tagihan. Semuanya tetap tercatat dan bisa diselesaikan sesudahnya.`,
  closed: (by: string, approved: string, clock: string) =>
    `Ditutup ${by} pukul ${clock}, disetujui ${approved}.`,
  closedNow: 'Kas ditutup.',
  since: (count: number) => `Setelah ditutup masih ada ${count} catatan uang; lihat CSV.`,
  notToday: 'Hari itu belum ditutup.',
  practice: {
    mark: 'SIMULASI',
    title: 'Latihan, bukan uang',
    text: 'Dibayar dengan latihan atau kunci uji penyedia. Tidak ada uang yang berpindah, jadi tidak ikut dijumlahkan di mana pun.',
  },
  providers: {
    title: 'Menurut penyedia',
    hint: 'Midtrans dan Xendit tidak memberi daftar uang masuk lewat sambungan ini. Jadi yang dibandingkan adalah jawaban mereka untuk setiap pembayaran yang dimulai di sini, satu per satu. Uang yang tidak dimulai dari sini hanya terlihat di dasbor penyedia.',
    none: 'Tidak ada pembayaran lewat penyedia hari itu.',
    names: { manual: 'Kasir', midtrans: 'Midtrans', xendit: 'Xendit', practice: 'Latihan' },
    expected: 'Catatan kita, setelah pengembalian',
    settled: 'Menurut jawaban penyedia',
    difference: 'Selisih',
    same: (count: number) => `${count} pembayaran, semuanya cocok.`,
    answered: (clock: string) => `Jawaban penyedia yang paling lama dari ${clock}.`,
    neverAnswered: 'Penyedia belum pernah menjawab.',
    differing: (count: number) => `${count} pembayaran berbeda. Cocokkan dengan dasbor penyedia:`,
    waiting: (count: number) => `${count} pembayaran belum ada kepastiannya, jadi belum dihitung:`,
    returning: (count: number) =>
      `${count} pembayaran pengembaliannya sedang berjalan. Jumlahnya sudah ikut dihitung di atas:`,
    ask: 'Tanyakan lagi ke penyedia',
    asked: (count: number) =>
      count === 0
        ? 'Semua jawabannya baru saja diterima.'
        : `${count} pembayaran ditanyakan. Halaman ini diperbarui sendiri.`,
    ref: 'Nomor penyedia',
    ownRef: 'Nomor kita',
    lines: {
      pending: (asked: string) => `Kode ${asked} masih bisa dibayar.`,
      ending: (asked: string) =>
        `Kode ${asked} ditutup di sini; penyedia belum memastikan tidak ada yang terbayar.`,
      returning: 'Pengembalian sedang berjalan.',
      booked: 'Kita catat',
      said: 'Kata penyedia',
      silent: 'belum pernah menjawab',
    },
  },
  openBills: {
    title: 'Tagihan yang belum lunas',
    none: 'Semua tagihan hari itu lunas.',
    total: (count: number, owes: string) => `${count} tagihan masih kurang ${owes}.`,
    table: (label: string) => `Meja ${label}`,
    pickup: 'Ambil sendiri',
    since: (clock: string) => `dibuka pukul ${clock}`,
    owes: 'Kurang',
    of: (total: string) => `dari ${total}`,
    more: (count: number) => `dan ${count} tagihan lagi`,
    unbilled: (visits: number, owes: string) =>
      `${visits} kunjungan memesan ${owes} dan belum minta tagihan.`,
    earlier: (bills: number, owes: string) =>
      `Dari hari-hari sebelumnya masih ada ${bills} tagihan, ${owes}.`,
    where: 'Ditagih atau dihapus dengan potongan di halaman Kasir.',
  },
}
