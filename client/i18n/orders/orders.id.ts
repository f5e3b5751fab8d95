import { type RefusalSentence, saidIn } from '../dictionary.ts'
import { visitsId } from './visits.id.ts'

const minutes = (count: number) => `${count} menit`

/** Words of the page after ordering. They come with that page, so that the first scan does not wait for them. */
export const ordersId = {
  visits: visitsId,
  title: 'Pesanan Kakak',
  table: (label: string) => `Meja ${label}`,
  backToMenu: 'Kembali ke menu',
  addMore: 'Pesan lagi',
  offline: 'Belum tersambung ke kafe. Yang terlihat adalah kabar terakhir; halaman ini menyambung sendiri.',
  because: {
    sending: 'Menunggu jawaban dari bar.',
    waiting: 'Tersimpan di HP ini. Belum sampai ke barista; dikirim begitu tersambung.',
    waitingTried:
      'Tersimpan di HP ini. Belum ada kabar bahwa pesanan sampai ke barista; dicoba lagi sendiri begitu tersambung, dan tidak akan dobel.',
    stale: (count: number) => `Sudah menunggu ${minutes(count)} di HP ini tanpa sinyal, jadi belum dikirim.`,
    unsure:
      'Kedai belum menjawab dengan jelas, jadi belum ada yang tahu pesanan ini sudah sampai atau belum. HP ini menanyakannya lagi sendiri, dan tidak akan dobel. Kalau lama, tanyakan ke barista sebelum memesan lagi.',
    unsureLong: (count: number) =>
      `Sudah ${minutes(count)}, dan belum ada yang tahu pesanan ini sampai atau belum. Kalau belum, pesanan ini baru dibuat setelah Kakak mengirimnya lagi. Masih mau? Kirim lagi; tidak akan dobel.`,
    unpaid: 'Baru dibuat setelah pembayaran masuk.',
    later: (clock: string) => `Mulai diracik sekitar ${clock}, supaya masih segar saat diambil.`,
    readyPickup: (code: string) => `Tunjukkan kode ambil di konter, atau sebutkan nomor ${code}.`,
    servedPickup: (clock: string) => `Diambil pukul ${clock}.`,
    noShow:
      'Sudah lama siap dan belum diambil. Datang saja ke konter dan tunjukkan kode ambil; pembayaran tidak kembali sendiri, bicarakan dengan barista.',
    placed: 'Belum dilihat barista.',
    unproven: (table: string) => `Barista akan memastikan dulu ada orang di meja ${table}.`,
    unseen: (count: number) =>
      `Sudah ${minutes(count)} belum dilihat barista; papan sedang mengingatkan lagi. Kakak bisa memanggil barista.`,
    seen: 'Menunggu jawaban barista.',
    accepted: 'Barista sudah setuju dan segera mulai.',
    held: 'Barista menahannya sebentar, misalnya supaya siap bersamaan.',
    preparing: 'Barista sedang membuatnya.',
    ready: (table: string) => `Segera diantar ke meja ${table}.`,
    served: (clock: string) => `Diantar pukul ${clock}.`,
    rejected: {
      nobody_there: (table: string) => `Barista tidak menemukan orang di meja ${table}.`,
      sold_out: 'Ada yang ternyata habis.',
      too_busy: 'Bar sedang terlalu ramai.',
      closing: 'Kedai sudah mau tutup.',
      other: 'Barista tidak bisa membuatnya kali ini.',
      asked: 'Dibatalkan atas permintaan Kakak.',
      unpaid: 'Dibatalkan karena belum dibayar sampai batas waktu.',
      visit_closed: 'Meja ditutup sebelum pesanan ini dijawab barista.',
      askedByOther: 'Dibatalkan atas permintaan pemesannya.',
    },
    said: (text: string) => `Kata barista: “${text}”.`,
    notCharged: 'Tidak masuk tagihan.',
    backDue: 'Yang sudah dibayar belum dikembalikan; kabarnya ada di halaman ini.',
    backDone: (amount: string) => `Tidak masuk tagihan. Dari tagihan meja ini ${amount} sudah dikembalikan.`,
    paidBack: 'Uang yang sudah dibayar tidak hangus; kabar pengembaliannya ada di halaman ini.',
  },
  promise: {
    at: 'Perkiraan siap',
    inMinutes: (count: number) => `sekitar ${minutes(count)} lagi`,
    soon: 'sebentar lagi',
    late: (count: number) => `Terlambat ${minutes(count)} dari perkiraan`,
    lateSorry: 'Maaf ya, Kak.',
    lastKnown: 'kabar terakhir sebelum sambungan putus',
  },
  steps: {
    label: 'Perjalanan pesanan',
    placed: 'Terkirim',
    accepted: 'Disetujui',
    preparing: 'Diracik',
    ready: 'Siap',
    done: 'selesai',
    now: 'sekarang',
    next: 'belum',
  },
  who: {
    own: 'dari HP ini',
    otherOne: 'dari HP satu lagi di meja ini',
    other: (number: number) => `dari HP ${number}`,
  },
  placedAt: (clock: string) => `Dipesan ${clock}`,
  savedAt: (clock: string) => `Disimpan ${clock}`,
  note: (text: string) => `Catatan: ${text}`,
  someItem: 'Item ini tidak ada lagi di menu',
  unreadable: 'Isi pesanan ini tidak terbaca oleh versi aplikasi yang baru.',
  total: {
    plain: 'Total',
    withTax: (charges: string) => `Total, sudah termasuk ${charges}`,
    inclusive: (tax: string) => `Total, harga sudah termasuk ${tax}`,
    subtotal: 'Subtotal',
    unsent: 'Total saat dipesan',
  },
  bill: {
    title: (table: string) => `Tagihan meja ${table}`,
    orders: (count: number) => `${count} pesanan sejauh ini`,
    own: 'Dari HP ini',
    ownOnly: 'Hanya pesanan HP ini; pesanan HP lain terlihat setelah HP ini diterima di meja.',
    pay: 'Bayar dari HP ini, sendiri atau bersama, atau langsung di kasir.',
  },
  finished: 'Sudah selesai',
  others: 'Pesanan lain',
  history: (count: number) => `Riwayat di HP ini (${count})`,
  historyEntry: (date: string, table: string) => `${date} · meja ${table}`,
  historyPickup: (date: string, code: string) => `${date} · ambil ${code}`,
  pickup: (code: string) => `Ambil ${code}`,
  toPickup: 'Buka kode ambil',
  toOrder: 'Lihat pesanan ini',
  payNow: (amount: string) => `Bayar ${amount}`,
  payLeft: (left: string) => `Waktu bayar ${left} lagi`,
  payOver: 'Waktu bayarnya habis; pesanan sedang dibatalkan.',
  payOffline: 'Membayar perlu sinyal.',
  actions: {
    sendNow: 'Kirim sekarang',
    sendAgain: 'Kirim lagi',
    dropStale: 'Batalkan',
    backToCart: 'Kembalikan ke keranjang',
    dismiss: 'Tutup',
    change: 'Ubah',
    changeThis: (number: string) => `Ubah pesanan ${number}`,
    cancel: 'Batalkan',
    cancelThis: (number: string) => `Batalkan pesanan ${number}`,
    orderAgain: 'Masukkan lagi ke keranjang',
    read: 'Sudah dibaca',
  },
  ask: {
    changeTitle: 'Mau diubah apa?',
    changeHint: 'Barista yang memutuskan; kalau sudah telanjur dibuat, mungkin tidak bisa lagi.',
    changeLabel: 'Tulis perubahannya',
    changeExample: 'Contoh: es kopinya less sugar',
    changeEmpty: 'Tulis dulu apa yang mau diubah.',
    cancelTitle: 'Batalkan pesanan ini?',
    cancelAtOnce: 'Barista belum menyetujuinya, jadi langsung batal dan tidak masuk tagihan.',
    cancelPaid: 'Kalau jadi batal, yang sudah dibayar dikembalikan di kasir.',
    cancelAsked: 'Pesanan sudah disetujui. Barista ditanya dulu, dan bisa menolak kalau sudah dibuat.',
    cancelUnsent: 'Pesanan belum terkirim dari HP ini.',
    cancelUnsentTried:
      'Pesanan mungkin sudah dalam perjalanan. Pembatalan ikut dikirim tepat setelahnya begitu sinyal kembali.',
    reason: 'Alasan',
    sendChange: 'Kirim permintaan',
    sendCancel: 'Ya, batalkan',
    askCancel: 'Minta dibatalkan',
    cancelled: (number: string) => `Pesanan ${number} dibatalkan.`,
    keep: 'Biarkan saja',
    notStored:
      'Permintaan tidak terkirim: HP ini tidak bisa menyimpannya. Pesanan tidak berubah. Tutup tab lain atau kosongkan ruang lalu coba lagi, atau panggil barista.',
  },
  request: {
    change: (note: string) => `Minta diubah: “${note}”`,
    cancel: 'Minta dibatalkan',
    unsent: 'tersimpan di HP ini, belum sampai ke barista',
    stale: 'belum terkirim; masih perlu?',
    pending: 'menunggu jawaban barista',
    accepted: 'disetujui barista',
    declined: 'barista tidak bisa; pesanan tetap seperti semula',
    followUnsent: 'Pembatalan dikirim tepat setelah pesanan ini sampai.',
  },
  notice: {
    title: 'Supaya tidak terlewat',
    sound: 'Bunyi saat siap',
    awake: 'Layar tetap nyala',
    soundLocked: 'HP ini belum boleh berbunyi. Ketuk sekali supaya terdengar saat pesanan siap.',
    soundUnlock: 'Nyalakan bunyi',
    soundFailed: 'HP ini tidak mengizinkan bunyi. Biarkan halaman ini terbuka; judulnya berubah saat siap.',
    on: 'nyala',
    off: 'mati',
    awakeFailed: 'Layar tidak bisa ditahan nyala sekarang, biasanya karena baterai lemah.',
  },
  empty: {
    title: 'Belum ada pesanan',
    text: 'Pesan dari menu, lalu lihat di sini sampai mana pesanannya.',
    action: 'Lihat menu',
  },
  closed: {
    underWay: 'Masih dikerjakan',
    ended: 'Kabar pesanan',
  },
  lineTrouble: {
    'order.item_gone': 'tidak ada lagi di menu',
    'order.item_sold_out': 'habis',
    'order.item_not_now': 'tidak dijual saat ini',
    'order.choices_changed': 'pilihannya berubah',
  },
  refusal: {
    'pickup.off':
      'Outlet ini sedang tidak menerima pesanan ambil sendiri, jadi pesanan tidak masuk. Isinya masih di HP ini.',
    'pickup.off_grid':
      'Jam ambilnya tidak cocok lagi, jadi pesanan tidak masuk. Isinya masih di HP ini; pilih jam lain.',
    'pickup.closed':
      'Kedai tutup pada jam itu, jadi pesanan tidak masuk. Isinya masih di HP ini; pilih jam lain.',
    'pickup.too_soon':
      'Jam itu terlalu cepat: pesanan ini belum sempat siap, jadi tidak masuk. Isinya masih di HP ini; pilih jam yang lebih lambat.',
    'pickup.too_far':
      'Jam itu lebih dari sehari ke depan, jadi pesanan tidak masuk. Isinya masih di HP ini; pilih jam lain.',
    'pickup.full':
      'Jam itu baru saja penuh, jadi pesanan tidak masuk. Isinya masih di HP ini; pilih jam lain.',
    'pickup.unpaid_already':
      'Masih ada pesanan ambil yang belum dibayar dari HP ini. Bayar atau batalkan dulu; isi pesanan ini masih di HP ini.',
    'pickup.unanswered_already':
      'Pesanan ambil dari HP ini belum diterima barista. Tunggu sebentar atau batalkan dulu; isi pesanan ini masih di HP ini.',
    'pickup.too_many':
      'HP ini sudah punya beberapa pesanan ambil yang berjalan, jadi yang ini tidak masuk. Isinya masih di HP ini; coba lagi setelah ada yang diambil.',
    'pickup.crowded':
      'Sedang terlalu banyak pesanan ambil yang menunggu di outlet ini. Isinya masih di HP ini; coba lagi beberapa menit lagi.',
    'pickup.here_early':
      'Masih terlalu awal, jadi barista belum diberi tahu. Tekan lagi bila sudah dekat jam ambilnya.',
    'pickup.not_one': 'Ini bukan pesanan ambil sendiri. Tidak ada yang berubah.',
    'order.too_many':
      'Pesanan di meja ini sudah sangat banyak, jadi yang ini tidak masuk. Isinya masih di HP ini; bicara dengan barista.',
    'order.payment_awaited': 'Pesanan ini menunggu pembayaran dulu. Tidak ada yang berubah.',
    'outlet.unknown': 'Outlet ini tidak dikenal lagi, jadi pesanan tidak masuk. Isinya masih di HP ini.',
    'order.outlet_closed': 'Kedai sedang tutup, jadi pesanan ini tidak masuk. Isinya masih di HP ini.',
    'order.outlet_paused': ({ message }) => {
      const said = saidIn('id', message)
      return said === null
        ? 'Bar sedang tidak menerima pesanan baru. Isinya masih di HP ini; coba lagi nanti.'
        : `Bar sedang tidak menerima pesanan baru. Kata barista: “${said}” Isinya masih di HP ini.`
    },
    'order.item_gone':
      'Satu item sudah tidak ada di menu, jadi pesanan tidak masuk. Kembalikan ke keranjang untuk menggantinya.',
    'order.item_sold_out':
      'Satu item baru saja habis, jadi pesanan tidak masuk. Kembalikan ke keranjang untuk menggantinya.',
    'order.item_not_now':
      'Satu item tidak dijual saat ini, jadi pesanan tidak masuk. Kembalikan ke keranjang untuk menggantinya.',
    'order.choices_changed':
      'Pilihan untuk satu item sudah berubah, jadi pesanan tidak masuk. Kembalikan ke keranjang untuk memilih lagi.',
    'order.price_changed':
      'Harganya berubah sebelum pesanan sampai, jadi tidak dibuat tanpa izin Kakak. Kembalikan ke keranjang untuk melihat harga baru.',
    'order.too_expensive':
      'Nilai pesanan ini terlalu besar untuk sekali pesan. Kembalikan ke keranjang dan bagi dua, atau bicara dengan barista.',
    'order.waiting_already':
      'Pesanan pertama dari HP ini masih menunggu barista. Setelah disetujui, pesanan berikutnya langsung masuk; isinya masih di HP ini.',
    'order.table_waiting':
      'Sudah ada beberapa pesanan di meja ini yang menunggu barista. Tunggu sebentar lalu coba lagi; isinya masih di HP ini.',
    'order.unpaid_already':
      'Beberapa pesanan dari HP ini masih menunggu dibayar, jadi yang ini tidak masuk. Bayar atau batalkan salah satunya dulu; isi pesanan ini masih di HP ini.',
    'order.table_unpaid':
      'Sudah banyak pesanan di meja ini yang menunggu dibayar, jadi yang ini tidak masuk. Coba lagi beberapa menit lagi, atau pesan ke barista; isinya masih di HP ini.',
    'order.cap_reached':
      'Tagihan meja ini sudah sampai batasnya. Minta barista menaikkannya, lalu pesan lagi; isinya masih di HP ini.',
    'request.waited_too_long':
      'Sudah terlalu lama menunggu di HP ini, jadi belum dikirim. Isinya masih ada; kirim lagi kalau masih mau.',
    'request.done_before':
      'Ini sudah sampai di bar dan diterima, tetapi sejak itu HP ini tercatat sebagai HP baru, jadi kabarnya tidak terlihat lagi di sini. Jangan dikirim lagi; tanyakan ke barista.',
    'request.refused_before':
      'Ini sudah sampai di bar tetapi tidak diterima, dan sejak itu HP ini tercatat sebagai HP baru. Isinya masih di HP ini; coba lagi kalau masih mau.',
    'order.id_taken': 'Pesanan ini sudah pernah sampai di bar. Lihat daftar pesanan sebelum memesan lagi.',
    'code.unknown':
      'Kode meja ini tidak dikenal lagi, jadi belum terkirim. Pindai kode di meja, lalu coba lagi; yang Kakak tulis masih di HP ini.',
    'code.replaced':
      'Kode meja ini sudah diganti, jadi belum terkirim. Minta kode baru ke barista, lalu coba lagi; yang Kakak tulis masih di HP ini.',
    'visit.not_member':
      'HP ini belum diterima di meja ini, jadi tidak ada yang terkirim. Bicara langsung dengan barista.',
    'session.missing':
      'HP ini tidak dikenal kedai, jadi ini belum terkirim; isinya masih di HP ini. Pindai kode di meja, lalu coba lagi. Kalau terulang, mungkin browser ini tidak menyimpan cookie: izinkan dulu, atau bicara dengan barista.',
    'order.over':
      'Pesanan ini sudah siap atau sudah selesai, jadi tidak bisa diubah lagi. Bicara langsung dengan barista ya, Kak.',
    'order.asked_often':
      'Sudah beberapa kali diminta untuk pesanan ini, jadi yang ini tidak terkirim. Bicara langsung dengan barista ya, Kak.',
    'order.unknown': 'Pesanan ini tidak ditemukan di bar. Tidak ada yang berubah; tanyakan ke barista.',
    'visit.unknown': 'Kunjungan di meja ini tidak ada lagi. Pindai kode meja untuk mulai lagi.',
    'server.broken':
      'Ada yang salah di server kedai, jadi belum ada yang tahu ini sudah sampai atau belum. Tanyakan ke barista sebelum mengulang.',
    'visit.closed': 'Kunjungan di meja ini sudah ditutup. Pindai kode meja untuk mulai lagi.',
    'visit.full': (facts) =>
      `Sudah ${facts.max} HP di meja ini. Pesan lewat HP teman atau langsung ke barista.`,
    'visit.word_off': 'Kata di layar kasir sedang tidak dipakai. Barista akan memastikan sendiri.',
    'visit.word_tried': 'Sudah terlalu sering dicoba. Tunggu 10 menit, atau minta barista memastikan.',
    'visit.word_closed':
      'Terlalu banyak kata yang salah di kedai ini, jadi kata ini ditutup sampai berganti. Pesan saja seperti biasa: barista akan memastikan sendiri.',
    'visit.crowded':
      'Terlalu banyak HP yang minta ikut di meja ini. Pesanan tetap bisa dikirim dan barista akan memastikannya; minta ikut lagi beberapa menit lagi.',
    'order.visit_closed_since':
      'Meja ini sudah ditutup sebelum pesanan ini sampai, jadi tidak masuk ke bar dan tidak ada yang dipesan. Isinya masih di HP ini. Kalau Kakak masih duduk di sini, pindai lagi kode di meja, kembalikan ke keranjang, lalu pesan lagi.',
    'visit.scan_again':
      'Kunjungan HP ini di meja ini sudah ditutup, jadi permintaan ikut tidak dikirim ke tamu yang duduk di sana sekarang. Pesanan Kakak tetap di HP ini. Kalau duduk di sini lagi, pindai kode di meja.',
    'request.too_many':
      'Sedang terlalu banyak permintaan sekaligus, jadi belum terkirim. Isinya masih di HP ini; tunggu semenit, lalu coba lagi atau panggil barista.',
    'call.too_many':
      'Meja ini sudah menunggu beberapa panggilan. Barista sudah tahu; tunggu sebentar ya, Kak.',
    'call.visit_closed_since':
      'Meja ini sudah ditutup sebelum panggilan ini sampai, jadi tidak ada yang dipanggil. Kalau Kakak masih duduk di sini, pindai lagi kode di meja, lalu panggil lagi.',
    'call.over': 'Panggilan ini sudah selesai.',
    'call.unknown': 'Panggilan ini tidak ditemukan di bar.',
    'network.unreachable': 'Belum tersambung ke kafe, jadi belum terkirim. Coba lagi setelah tersambung.',
  } satisfies Readonly<Record<string, RefusalSentence>>,
}
