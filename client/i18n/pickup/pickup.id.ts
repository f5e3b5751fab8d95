const days = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu']

/** "Hari ini", "Besok", "Sabtu": the name of a day within a week. */
function dayName(daysAhead: number, weekday: number): string {
  if (daysAhead === 0) return 'Hari ini'
  return daysAhead === 1 ? 'Besok' : (days[weekday] ?? '')
}

/** Words of ordering for pick-up. They come when somebody orders so, never with a table's first scan. */
export const pickupId = {
  dayName,
  when: (daysAhead: number, weekday: number, clock: string) =>
    daysAhead === 0 ? `pukul ${clock}` : `${dayName(daysAhead, weekday).toLowerCase()} pukul ${clock}`,
  line: {
    title: 'Ambil sendiri',
    asking: 'Menghitung jam siap…',
    soon: (when: string) => `Secepatnya, ${when}`,
    at: (when: string) => `Diambil ${when}`,
    unknown: 'Jam siap terlihat begitu tersambung',
    change: 'Atur jam',
  },
  sheet: {
    title: 'Mau diambil kapan?',
    where: (outlet: string) => `Di ${outlet}`,
    soon: 'Secepatnya',
    soonHint: (when: string) => `Siap sekitar ${when}`,
    later: 'Pilih jam',
    notSoon: {
      shut: (when: string) => `Kedai sedang tutup, jadi “Secepatnya” belum ada. Paling awal ${when}.`,
      busy: (when: string) =>
        `Dalam satu jam ke depan barista penuh, jadi “Secepatnya” belum ada. Paling awal ${when}.`,
      long: (when: string) =>
        `Meracik pesanan sebanyak ini perlu waktu, jadi “Secepatnya” belum ada. Paling awal ${when}.`,
    },
    full: 'penuh',
    slot: (clock: string) => `pukul ${clock}`,
    fullSlot: (clock: string) => `pukul ${clock}, penuh`,
    byWork: 'Jam dihitung dari lama meracik isi pesanan dan antrean barista.',
    gone: (when: string) => `Jam ${when} sudah tidak kosong untuk isi pesanan ini. Pilih jam lain.`,
    again: 'Coba lagi',
    loading: 'Mengambil jam yang kosong…',
    done: 'Selesai',
  },
  none: {
    off: 'Outlet ini belum menerima pesanan ambil sendiri dari HP.',
    paused:
      'Barista sedang berhenti menerima pesanan dari HP. Isi keranjang tetap tersimpan; coba lagi nanti.',
    closed: 'Sedang tutup, dan jadwal bukanya belum ada. Isi keranjang tetap tersimpan.',
    closedUntil: (when: string) => `Sedang tutup. Pemesanan dibuka lagi ${when}.`,
    full: 'Semua jam sampai besok sudah penuh. Coba kurangi isi pesanan, atau coba lagi nanti.',
    no_time:
      'Pesanan ini tidak sempat siap sebelum kedai tutup. Coba kurangi isinya, atau bicara langsung dengan barista.',
    unreachable: 'Jam yang kosong belum bisa dibaca: tidak ada sinyal. Isi keranjang tetap tersimpan.',
  },
  cart: {
    where: (outlet: string) => `Diambil di ${outlet}`,
    time: 'Waktu ambil',
    name: 'Nama panggilan',
    nameHint: 'Dipanggil saat pesanan siap.',
    payFirst: 'Bayar dulu setelah memesan, baru barista membuatnya.',
    noService: 'Tanpa biaya layanan.',
    place: 'Pesan untuk diambil',
    choose: 'Pilih dulu jam ambilnya.',
    waiting: 'Masih ada pesanan ambil yang belum dibayar dari HP ini. Bayar atau batalkan dulu.',
    sessionFailed:
      'HP ini belum bisa dikenalkan ke kedai: tidak ada sinyal. Isi keranjang tetap ada; coba lagi.',
  },
  page: {
    back: 'Ke semua pesanan',
    place: (outlet: string) => `Ambil di ${outlet}`,
    forName: (name: string) => `atas nama ${name}`,
    loading: 'Membuka pesanan…',
    unknownTitle: 'Pesanan ini tidak ada di HP ini',
    unknownText: 'Buka dari HP yang dipakai memesan, atau sebutkan nama Kakak ke barista.',
    toMenu: 'Ke menu',
  },
  pay: {
    held: (when: string) => `Diambil ${when}. Jam ini disimpan selama waktu bayar.`,
    name: (name: string) => `Atas nama ${name}.`,
    counter: (outlet: string, code: string, until: string) =>
      `Sudah di ${outlet}? Bayar langsung di kasirnya juga bisa, sampai pukul ${until}: sebutkan nomor ${code}.`,
    onlyCounter: (outlet: string, code: string, until: string) =>
      `Kedai ini hanya menerima pembayaran di kasir ${outlet}. Datang dan bayar sebelum pukul ${until} dengan menyebut nomor ${code}; lewat dari itu pesanan batal sendiri.`,
  },
  time: {
    at: 'Siap diambil',
    asked: (clock: string) => `Diminta ${clock}`,
    first: (clock: string) => `Semula ${clock}`,
    moved: (clock: string) => `Jadi ${clock}, maaf ya Kak.`,
    /** A person set it, and no queue. */
    movedByHand: (clock: string) => `Barista memberi waktu baru: ${clock}.`,
    movedWhy: (clock: string) => `Semula dijanjikan ${clock}; antrean barista lebih panjang dari perkiraan.`,
    start: (clock: string) => `Mulai diracik sekitar ${clock}, supaya masih segar saat diambil.`,
    ready: 'Sudah siap sekarang',
    lastKnown: 'Kabar terakhir sebelum sinyal hilang.',
  },
  code: {
    title: 'Kode ambil',
    label: (code: string) => `Kode ambil ${code}, untuk dipindai barista`,
    show: 'Tunjukkan ke barista, atau sebutkan nomornya.',
    offline: 'Kode ini juga terbuka tanpa sinyal.',
    name: 'Dipanggil',
  },
  here: {
    say: 'Saya sudah di sini',
    hint: 'Barista langsung tahu Kakak sudah sampai.',
    from: (clock: string) =>
      `Mulai ${clock}, atau begitu pesanan siap, Kakak bisa memberi tahu dari sini bahwa sudah sampai.`,
    sending: 'Tersimpan di HP ini; barista tahu begitu sinyal kembali.',
    told: (clock: string) => `Barista tahu Kakak sudah di sini sejak ${clock}.`,
    notStored: 'Belum terkirim: HP ini tidak bisa menyimpannya. Sebutkan nomor ambil langsung ke barista.',
    early: 'Belum siap; duduk dulu ya Kak, nanti dipanggil.',
  },
  way: { title: 'Lokasi', open: 'Petunjuk arah', note: 'Membuka peta di HP ini.' },
  again: { title: 'Jam terdekat yang kosong', at: (when: string) => `Ambil ${when}` },
}
