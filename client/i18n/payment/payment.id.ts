import { paymentRefusalsId } from './payment-refusals.id.ts'
import { paymentStateId } from './payment-state.id.ts'
import { receiptId } from './receipt.id.ts'

const orders = (count: number) => `${count} pesanan`

/** Words of paying on the phone: the bill, the part, the code, how it ended. */
export const paymentId = {
  back: 'Kembali ke pesanan',
  backToBill: 'Kembali ke tagihan',
  /** Where the bill belongs: a table, or an order to be fetched. */
  place: (table: string, pickup: string | null) => (pickup === null ? `Meja ${table}` : `Ambil ${pickup}`),
  bill: {
    title: (table: string, pickup: string | null) =>
      pickup === null ? `Tagihan meja ${table}` : `Tagihan ambil ${pickup}`,
    plainTitle: 'Tagihan',
    loading: 'Mengambil tagihan…',
    left: 'Sisa yang belum dibayar',
    nothingLeft: 'Lunas. Terima kasih, Kak!',
    nothingOwed: 'Tidak ada yang perlu dibayar',
    /** Money went back that nobody here has decided about: neither paid nor owed. */
    nothingNow: 'Sekarang tidak ada yang perlu dibayar',
    wentBack: (amount: string) =>
      `${amount} sudah kembali ke pembayarnya tanpa diminta dari sini; kedai sedang memeriksanya`,
    paidSoFar: (paid: string) => `Sudah dibayar ${paid}`,
    /** By why more was paid than is owed. */
    owedNow: {
      discount: (owed: string) => `Tagihan sekarang ${owed}, karena ada potongan`,
      cancelled: (owed: string) => `Tagihan sekarang ${owed}, karena ada pesanan yang batal`,
      other: (owed: string) => `Tagihan sekarang ${owed}`,
    },
    paidOf: (paid: string, total: string) => `${paid} dari ${total} sudah dibayar`,
    pendingNow: (amount: string) => `${amount} sedang dibayar`,
    open: (amount: string) => `${amount} masih bisa dibayar`,
    returning: (amount: string) => `${amount} sedang dikembalikan`,
    toReturn: {
      discount: (amount: string) =>
        `${amount} lebih dibayar karena ada potongan sesudahnya, dan dikembalikan. Tunjukkan halaman ini ke barista; uangnya tercatat, tidak hilang.`,
      cancelled: (amount: string) =>
        `${amount} sudah dibayar untuk pesanan yang batal, dan dikembalikan. Tunjukkan halaman ini ke barista; uangnya tercatat, tidak hilang.`,
      other: (amount: string) =>
        `${amount} lebih dibayar, dan dikembalikan. Tunjukkan halaman ini ke barista; uangnya tercatat, tidak hilang.`,
    },
    toDecide: (amount: string, isOwing: boolean) =>
      `${amount} sudah masuk tetapi tidak pas dengan yang diminta: terlambat, lebih, atau dobel. Barista ${isOwing ? 'yang memutuskan, dihitung ke tagihan atau dikembalikan. Jangan bayar lagi dulu' : 'mengembalikannya'}; tunjukkan halaman ini.`,
    /** For whoever is not at a table: there is nobody to show it to, and nothing to be done from home. */
    away: {
      toReturn: {
        discount: (amount: string) =>
          `${amount} lebih dibayar karena ada potongan sesudahnya. Uangnya tercatat dan kedai mengembalikannya. Kalau datang ke kedai, tunjukkan halaman ini.`,
        cancelled: (amount: string) =>
          `${amount} sudah dibayar untuk pesanan yang batal. Uangnya tercatat dan kedai mengembalikannya. Kalau datang ke kedai, tunjukkan halaman ini.`,
        other: (amount: string) =>
          `${amount} lebih dibayar. Uangnya tercatat dan kedai mengembalikannya. Kalau datang ke kedai, tunjukkan halaman ini.`,
      },
      toDecide: (amount: string, isOwing: boolean) =>
        `${amount} sudah masuk dan tercatat, tetapi tidak pas dengan yang diminta: terlambat, lebih, atau dobel. Kedai ${isOwing ? 'yang memutuskan, dihitung ke pesanan atau dikembalikan' : 'mengembalikannya'}. Kalau datang ke kedai, tunjukkan halaman ini.`,
    },
    orders: 'Yang dipesan',
    ordersCount: orders,
    who: {
      own: 'dari HP ini',
      staff: 'dari barista',
      phone: (number: number) => `dari HP ${number}`,
    },
    note: (text: string) => `Catatan: ${text}`,
    waitingLines: 'Isi pesanan ini sedang diambil…',
    subtotal: 'Subtotal',
    discount: (label: string) => `Potongan · ${label}`,
    plainDiscount: 'Potongan',
    total: 'Total',
    rounding: 'Pembulatan tunai',
    tip: 'Tip',
    included: (label: string, amount: string) => `Harga sudah termasuk ${label} ${amount}.`,
    added: (label: string) => `${label} dihitung di atas harga.`,
    noTax: 'Tidak ada pajak pada tagihan ini.',
    payments: 'Pembayaran',
    payers: { own: 'HP ini', staff: 'Lewat kasir', phone: (number: number) => `HP ${number}` },
    rows: {
      paid: (clock: string) => `terbayar ${clock}`,
      came: (clock: string) => `masuk ${clock}`,
      paying: 'sedang dibayar',
      attention: 'perlu dilihat barista',
      returning: (amount: string) => `${amount} sedang dikembalikan`,
      returned: (amount: string) => `${amount} sudah dikembalikan`,
    },
    see: (what: string) => `Lihat ${what}`,
    pay: 'Bayar',
    payLeft: (amount: string) => `Bayar · ${amount}`,
    toOwn: 'Lanjutkan pembayaran HP ini',
    ownUnderWay: 'HP ini sedang membayar. Selesaikan atau batalkan dulu sebelum membayar bagian lain.',
    allTaken:
      'Sisanya sedang dibayar HP lain di meja ini. Kalau ada yang batal, sisanya muncul lagi di sini.',
    notYet: 'Barista belum bisa dihubungi untuk membuka tagihan. Angka di bawah dihitung di HP ini.',
    again: 'Coba lagi',
    notAdmitted:
      'HP ini belum diterima di meja, jadi belum bisa membuka tagihan. Minta teman di meja atau barista mengizinkan. Di kasir bisa dibayar setelah barista menerima pesanannya.',
    empty: {
      title: 'Belum ada tagihan',
      text: 'Tagihan meja muncul di sini setelah ada pesanan.',
      action: 'Lihat menu',
    },
    closed: {
      title: 'Kunjungan ini sudah ditutup',
      text: 'Tagihan meja tidak terlihat lagi di HP ini. Struk pembayaran dari HP ini tetap tersimpan di bawah.',
      textNone: 'Tagihan meja tidak terlihat lagi di HP ini.',
    },
    void: 'Tidak ada yang perlu dibayar: semua pesanan dibatalkan.',
    receipts: 'Struk di HP ini',
    receipt: (date: string, amount: string, returned: string) =>
      returned === 'Rp0' ? `${date} · ${amount}` : `${date} · ${amount}, kembali ${returned}`,
  },
  offline: {
    since: (clock: string) => `Tanpa sinyal. Ini keadaan pukul ${clock}; yang lebih baru belum sampai.`,
    unknown: 'Tanpa sinyal. Ini yang terakhir sampai di HP ini; mungkin sudah berubah.',
    pay: 'Membayar perlu sinyal, supaya tidak ada yang terbayar dua kali. Tanpa sinyal, bayar langsung di kasir.',
  },
  part: {
    title: 'Bayar',
    which: 'Bayar yang mana?',
    kinds: { rest: 'Semua sisa', items: 'Pilih gelas', share: 'Bagi rata', amount: 'Jumlah sendiri' },
    restHint: (amount: string) => `Seluruh sisa meja ini, ${amount}.`,
    cups: 'Ketuk yang mau dibayar',
    mine: 'Pesanan HP ini',
    none: 'Kosongkan',
    cup: (name: string, place: number, of: number, price: string) =>
      of > 1 ? `${name}, ke-${place} dari ${of}, ${price}` : `${name}, ${price}`,
    taken: 'sudah diambil',
    takenBy: (who: string, isPaid: boolean) => (isPaid ? `dibayar ${who}` : `sedang dibayar ${who}`),
    withCharges: (charges: string) => `Harga tiap gelas sudah termasuk bagiannya dari ${charges}.`,
    charges: { service: 'layanan', tax: 'pajak', discount: 'potongan' },
    shareLabel: 'Dibagi untuk berapa orang yang belum bayar?',
    sharePeople: 'orang yang belum bayar',
    shareHint: (amount: string, open: string) => `Satu bagian ${amount} dari sisa ${open}.`,
    amountLabel: 'Jumlah yang mau dibayar',
    amountHint: (open: string, min: string) =>
      `Paling banyak ${open}. Bagian dan sisanya paling sedikit ${min}.`,
    method: 'Bayar dengan',
    methods: {
      qris: { name: 'QRIS', how: 'dari aplikasi bank atau dompet' },
      qris_static: { name: 'QRIS kedai', how: 'barista memastikan uangnya masuk' },
      cash: { name: 'Tunai', how: 'di kasir' },
      card: { name: 'Kartu', how: 'di kasir' },
    },
    tip: 'Tip untuk barista',
    tipHint: 'tidak wajib',
    noTip: 'Tanpa tip',
    lines: {
      part: 'Bagian tagihan',
      whole: 'Tagihan',
      tip: 'Tip',
      rounding: 'Pembulatan tunai',
      total: 'Yang dibayar',
    },
    go: {
      qris: (amount: string) => `Bayar ${amount} dengan QRIS`,
      other: (amount: string) => `Bayar ${amount} di kasir`,
    },
    cut: (cups: string, now: string) =>
      `Gelas pilihan Kakak ${cups}, tetapi sisa tagihannya tinggal ${now}: selebihnya sudah atau sedang dibayar. Kakak membayar ${now}. Kalau ada pembayaran yang batal, sisanya muncul lagi di tagihan.`,
    problem: {
      'part.nothing_chosen': 'Pilih dulu bagian yang mau dibayar.',
      empty_amount: 'Tulis jumlahnya dulu.',
      not_rupiah: 'Tulis angka saja, misalnya 25000.',
    },
    qrisTooLarge: (max: string) =>
      `Satu pembayaran QRIS paling banyak ${max}. Bayar sebagian dulu, atau pilih cara lain.`,
    noMethods: 'Kedai ini belum menerima pembayaran dari HP. Bayar langsung di kasir.',
    changed: (amount: string) =>
      `Bagian ini sekarang ${amount}, karena tagihan meja baru saja berubah. Belum ada yang dibayar; periksa lalu tekan lagi.`,
    waiting: 'Mengambil cara bayar kedai ini…',
  },
  state: paymentStateId,
  code: {
    amount: 'Jumlah',
    amountExact: (amount: string) => `Ketik jumlah ini di aplikasi: ${amount}`,
    merchant: 'Nama penerima',
    compare: 'Cocokkan nama dan jumlah di aplikasi Kakak sebelum membayar.',
    qrisLabel: (merchant: string, amount: string) => `Kode QRIS ${merchant}, ${amount}`,
    left: (time: string) => `Berlaku ${time} lagi`,
    leftShort: 'Kode berlaku kurang dari satu menit lagi.',
    until: (clock: string) => `sampai pukul ${clock}`,
    bright: 'Kalau sulit terbaca, terangkan layar.',
    untrusted:
      'Kode ini tidak cocok dengan tagihan, jadi tidak ditampilkan. Jangan bayar. Batalkan, lalu panggil barista.',
    otherApp: 'Buka di aplikasi lain',
    otherAppSteps: [
      'Simpan atau bagikan gambar kodenya.',
      'Di aplikasi bank atau dompet, pilih bayar QRIS, lalu ambil gambarnya dari galeri.',
      'Kembali ke sini. Halaman ini berubah sendiri begitu terbayar.',
    ],
    save: 'Simpan gambar',
    share: 'Bagikan',
    saved: 'Gambar kode disimpan. Buka di aplikasi bank atau dompet Kakak.',
    saveFailed: 'Gambar tidak bisa dibuat di HP ini. Ambil tangkapan layar saja.',
    imageName: (table: string, pickup: string | null) =>
      pickup === null ? `qris-meja-${table}` : `qris-ambil-${pickup}`,
    cashierLabel: (digits: string) => `Kode kasir ${digits}`,
    cashierDigits: 'Kode kasir',
    due: { cash: 'Siapkan uang tunai', card: 'Bayar dengan kartu' },
    next: {
      cash: 'Ke kasir, tunjukkan kode ini, bayar tunai.',
      card: 'Ke kasir, tunjukkan kode ini, gesek atau tempel kartu.',
    },
    orCall: 'Tidak mau berdiri? Panggil barista ke meja dari halaman pesanan.',
    billCode: 'Kode tagihan meja ini',
    billCodeHint: 'Untuk membayar semuanya di kasir tanpa memilih apa-apa di HP.',
  },
  practice: {
    mark: 'SIMULASI',
    of: {
      all: (text: string) => `SIMULASI: ${text}`,
      some: (text: string) => `Sebagian SIMULASI: ${text}`,
    },
    paid: 'Tidak ada uang yang berpindah. Struk latihannya ada di HP ini.',
    testNote:
      'Percobaan dengan kunci uji penyedia: “lunas” di sini hanya latihan. Tidak ada uang yang berpindah.',
    note: 'Latihan: kode ini tidak bisa dibayar sungguhan, dan tidak ada uang yang berpindah.',
    play: 'Mainkan: bayar',
    more: 'Mainkan akhir yang lain',
    plays: {
      pay: 'Bayar pas',
      pay_short: 'Bayar kurang',
      pay_twice: 'Bayar dua kali',
      expire: 'Biarkan habis waktunya',
      pay_late: 'Bayar setelah habis',
    },
  },
  act: {
    cancel: 'Batalkan pembayaran ini',
    cancelAsk: 'Batalkan? Kalau sudah telanjur membayar, jangan dibatalkan: tunggu halaman ini berubah.',
    cancelYes: 'Ya, batalkan',
    cancelNo: 'Jangan batalkan',
    again: (amount: string) => `Coba lagi · ${amount}`,
    newCode: (amount: string) => `Buat kode baru · ${amount}`,
    otherWay: 'Pilih cara lain',
    nothingOpen: 'Bagian ini sudah dibayar atau sedang dibayar orang lain di meja.',
    receipt: 'Lihat struk',
    bill: 'Lihat tagihan',
    orders: 'Lihat pesanan',
    pickup: 'Lihat kode ambil',
    call: 'Panggil barista',
    silent: 'Belum ada jawaban dari kedai; ditanyakan lagi terus. Kalau sudah membayar, jangan bayar lagi.',
  },
  unknown: {
    title: 'Pembayaran ini tidak ada di HP ini',
    text: 'Mungkin kunjungannya sudah ditutup, atau dibuat dari HP lain.',
  },
  receipt: receiptId,
  refusal: paymentRefusalsId,
}
