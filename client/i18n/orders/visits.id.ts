/** Words about the table's visit and the calls to staff. */
export const visitsId = {
  join: {
    more: (count: number) => `${count} HP lain juga ingin bergabung.`,
    asks: (table: string, number: number) => `HP ${number} ingin bergabung di meja ${table}. Teman Kakak?`,
    which: (number: number) => `Di layar teman Kakak tertulis “HP ${number}”.`,
    sees: 'Kalau ya, HP itu melihat pesanan dan tagihan meja ini.',
    yes: 'Ya, teman saya',
    no: 'Bukan',
    failed: 'Jawaban belum terkirim.',
  },
  self: {
    asking: (table: string) =>
      `Meja ${table} sedang dipakai bersama. HP ini melihat pesanan meja setelah teman di meja atau barista mengizinkan.`,
    number: (number: number) => `Ini HP ${number}: sebutkan nomor itu ke teman.`,
    ordersStand: 'Pesanan dari HP ini tetap jalan.',
    firstOrder: (table: string) =>
      `Ada kata di layar kasir? Tulis di sini, dan barista tidak perlu memastikan dulu ke meja ${table}.`,
    refused: (table: string) =>
      `HP ini belum diterima di meja ${table}. Kalau ini keliru, bicara langsung dengan barista.`,
  },
  word: {
    open: 'Tulis kata dari layar kasir',
    title: 'Kata di layar kasir',
    hint: 'Kata itu ganti tiap beberapa menit dan menunjukkan bahwa Kakak ada di sini. Contoh: melati 473.',
    label: 'Kata',
    send: 'Buktikan',
    empty: 'Tulis dulu katanya.',
    wrong: (left: number) =>
      left > 0
        ? `Katanya belum cocok. Lihat lagi layar kasir; masih bisa dicoba ${left} kali.`
        : 'Katanya belum cocok, dan kesempatan habis. Tunggu 10 menit, atau minta barista memastikan.',
    proven: 'Cocok. Meja ini terbuka untuk HP ini.',
  },
  call: {
    bar: 'Panggil barista',
    title: 'Panggil barista',
    pick: 'Perlu apa?',
    kinds: { water: 'Air putih', bill: 'Tagihan', help: 'Bantuan' },
    noteLabel: 'Catatan',
    noteExample: 'Contoh: dua gelas',
    send: (table: string) => `Panggil ke meja ${table}`,
    noTable: 'Pindai kode di meja dulu, supaya barista tahu harus ke mana.',
    enough: 'Sudah ada dua panggilan dari HP ini yang ditunggu. Barista sudah tahu.',
    notStored:
      'Panggilan tidak terkirim: HP ini tidak bisa menyimpannya. Lambaikan tangan ke barista ya, Kak.',
    list: 'Panggilan',
    state: {
      sending: 'mengirim…',
      waiting: 'tersimpan di HP ini, belum sampai ke barista',
      stale: (minutes: number) => `sudah ${minutes} menit belum terkirim. Masih perlu?`,
      open: 'sudah sampai di bar, menunggu barista',
      taken: (name: string, table: string) => `${name} menuju meja ${table}`,
      takenByNobody: (table: string) => `barista menuju meja ${table}`,
      done: 'selesai',
      withdrawing: 'sedang dibatalkan…',
    },
    other: 'dari HP lain di meja ini',
    waited: (minutes: number) => (minutes < 1 ? 'kurang dari 1 menit' : `${minutes} menit`),
    withdraw: 'Batalkan',
    withdrawThis: (kind: string) => `Batalkan panggilan ${kind}`,
    sendNow: 'Kirim sekarang',
    dismiss: 'Tutup',
    news: (kind: string, state: string) => `${kind}: ${state}`,
  },
}
