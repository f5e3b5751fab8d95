const days = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu']

/** "besok 07.00", "Sabtu 07.00", or the time alone today. */
function moment(daysAhead: number, weekday: number, clock: string): string {
  if (daysAhead === 0) return clock
  return `${daysAhead === 1 ? 'besok' : (days[weekday] ?? '')} ${clock}`
}

/** Words of the menu, of the scanned code, and of the small settings sheet. */
export const menuId = {
  skip: 'Langsung ke menu',
  skipToCart: 'Langsung ke keranjang',
  hello: { morning: 'Pagi Kak,', noon: 'Siang Kak,', afternoon: 'Sore Kak,', evening: 'Malam Kak,' },
  question: 'mau ngopi apa?',
  table: (label: string, outlet: string) => `Meja ${label} · ${outlet}`,
  loading: 'Memuat menu…',
  open: (clock: string) => `Buka sampai ${clock}`,
  openAllDay: 'Buka 24 jam',
  closed: 'Sedang tutup, jadwal buka belum ada',
  closedUntil: (daysAhead: number, weekday: number, clock: string) =>
    `Sedang tutup, buka lagi ${moment(daysAhead, weekday, clock)}`,
  busy: (minutes: number) =>
    minutes > 0
      ? `Sedang ramai, pesanan sekitar ${minutes} menit lebih lama.`
      : 'Sedang ramai, pesanan agak lama.',
  paused: 'Barista sedang berhenti menerima pesanan dari HP.',
  readOnly: 'Untuk memesan, pindai kode QR di meja Kakak.',
  offline: 'Belum tersambung ke kafe · menu tersimpan di HP ini',
  search: {
    label: 'Cari di menu',
    placeholder: 'Cari kopi, teh, camilan…',
    clear: 'Hapus pencarian',
    results: (count: number) => (count === 0 ? 'Tidak ada yang cocok' : `${count} hasil`),
    title: 'Hasil pencarian',
    none: (query: string) => `“${query}” tidak ketemu`,
    noneHint: 'Coba kata lain, atau lihat seluruh menu.',
    showAll: 'Lihat seluruh menu',
    failed: 'Pencarian belum termuat. Coba lagi saat ada sinyal.',
  },
  categories: 'Kategori menu',
  favourites: 'Favorit',
  empty: 'Menunya belum diisi',
  emptyHint: 'Tanyakan ke barista apa yang ada hari ini.',
  badges: { favourite: 'favorit', new: 'baru', spicy: 'pedas', seasonal: 'musiman' },
  soldOut: {
    time: (clock: string) => `habis s.d. ${clock}`,
    closing: 'habis hari ini',
    told: 'habis',
  },
  notNow: (daysAhead: number, weekday: number, clock: string) =>
    `${daysAhead === 0 ? 'mulai ' : ''}${moment(daysAhead, weekday, clock)}`,
  notNowDay: (day: string, clock: string) => `${day} ${clock}`,
  /** `day` is empty when nobody has entered the next one. */
  offSeason: (season: string, day: string) => `hanya selama ${season}${day && `, mulai ${day}`}`,
  notHere: 'tidak untuk di meja',
  notToGo: 'hanya di tempat',
  add: (name: string) => `Tambah ${name}`,
  cannotAdd: (name: string, why: string) => `${name}: ${why}`,
  inCart: (count: number) => `${count} di pesanan`,
  usual: 'Yang biasa',
  sheet: {
    pickOne: 'pilih 1',
    pickSome: (min: number, max: number) => (min === max ? `pilih ${min}` : `pilih ${min}–${max}`),
    upTo: (max: number) => (max === 1 ? 'boleh 1' : `boleh sampai ${max}`),
    last: (names: string) => `terakhir: ${names}`,
    tooFew: (min: number) => `Pilih ${min} dulu.`,
    tooMany: (max: number) => `Paling banyak ${max}. Lepas salah satu dulu.`,
    contains: (allergens: string) => `Mengandung ${allergens}.`,
    suits: (diets: string) => `Cocok untuk: ${diets}.`,
    allergens: {
      milk: 'susu',
      egg: 'telur',
      wheat: 'gandum',
      peanut: 'kacang tanah',
      nuts: 'kacang pohon',
      soy: 'kedelai',
      fish: 'ikan',
      shellfish: 'udang dan kerang',
      sesame: 'wijen',
    },
    diets: {
      vegetarian: 'vegetarian',
      vegan: 'vegan',
      'no-caffeine': 'tanpa kafein',
      'no-sugar': 'tanpa gula',
    },
    note: 'Catatan untuk barista',
    noteHint: 'Misalnya: jangan terlalu panas.',
    quantity: (name: string) => `jumlah ${name}`,
    add: 'Tambah',
    save: 'Simpan',
    gone: 'Sudah tidak ada di menu.',
    cannot: (why: string) => `Belum bisa dipesan: ${why}.`,
    fixChoices: 'Ada pilihan yang belum pas.',
    notLoaded: 'Bagian ini belum termuat. Coba lagi saat ada sinyal.',
  },
  home: {
    title: 'Mau pesan dari outlet mana?',
    text: 'Pilih outlet untuk lihat menunya. Sudah di meja? Pindai kode QR-nya.',
    textPickup: 'Pilih outlet untuk lihat menu dan pesan ambil sendiri. Sudah di meja? Pindai kode QR-nya.',
    outlets: 'Outlet',
    unreachable: 'Daftar outlet belum bisa dibuka',
    unreachableHint:
      'Sedang tanpa sinyal dan HP ini belum pernah membukanya. Dicoba lagi begitu sinyal kembali.',
    again: 'Coba lagi',
    offlineTitle: 'Menu ini belum bisa dibuka',
    offlineText:
      'HP ini belum tersambung dan belum pernah membuka menu outlet ini. Alamatnya tetap di halaman ini, dan menunya terbuka sendiri begitu tersambung.',
    unknownTitle: 'Outlet ini tidak ada',
    unknownText: 'Alamatnya mungkin salah ketik. Pilih outlet dari daftar.',
  },
  code: {
    unknownTitle: 'Kode ini tidak dikenal',
    unknownText: 'Mungkin terpotong saat dipindai. Pindai sekali lagi kode QR di meja, atau panggil barista.',
    replacedTitle: 'Kode meja ini sudah diganti',
    replacedText: 'Minta kode baru ke barista, lalu pindai.',
    cartKept: 'Isi keranjang Kakak tetap tersimpan di HP ini.',
    unreachableTitle: 'Belum tersambung',
    unreachableText:
      'HP ini belum bisa menghubungi kedai, jadi mejanya belum bisa dibuka. Dicoba terus sampai tersambung; Kakak juga bisa memakai Wi-Fi kedai.',
    trying: 'Sedang mencoba lagi…',
    again: 'Coba sekarang',
    readMenu: 'Baca menunya dulu',
    allOutlets: 'Pilih outlet',
  },
  settings: {
    open: 'Pengaturan',
    title: 'Pengaturan',
    languages: { id: 'Bahasa Indonesia', en: 'English' },
    languageFailed: 'Bahasa Inggris belum bisa dimuat. Coba lagi saat ada sinyal.',
    orders: 'Pesanan Kakak dan tagihan meja',
    outlets: 'Lihat menu outlet lain',
    pickup: 'Pesan untuk diambil sendiri',
    install: 'Pasang di HP',
    installHint: 'Menu langsung terbuka dari layar utama, juga tanpa sinyal.',
    installIos: 'Di Safari: ketuk tombol Bagikan, lalu “Tambah ke Layar Utama”.',
  },
}
