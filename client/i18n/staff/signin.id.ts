import type { RefusalSentence } from '../dictionary.ts'

/** Words on the way to the board: set-up, enrolment, sign-in. */
export const signinId = {
  setup: {
    title: 'Siapkan kedai ini',
    lead: 'Kode sekali pakai ada di konsol server. Orang pertama menjadi pemilik dan bisa menambah yang lain.',
    code: 'Kode penyiapan',
    codeHint: 'Delapan huruf atau angka, misalnya K7PM-2XQD. Huruf besar kecil sama saja.',
    codeMissing: 'Kodenya belum lengkap: delapan huruf atau angka, seperti K7PM-2XQD.',
    name: 'Nama Anda',
    nameHint: 'Terlihat di papan dan di riwayat pesanan.',
    nameMissing: 'Isi nama Anda.',
    outlet: 'Perangkat ini dipakai di',
    deviceLabel: 'Nama perangkat',
    deviceHint: 'Misalnya Tablet bar depan.',
    deviceMissing: 'Beri perangkat ini nama.',
    deviceDefault: 'Tablet bar',
    submit: 'Siapkan dan buka papan',
    done: 'Kedai ini sudah disiapkan.',
    noOutlets: 'Server belum punya outlet. Nyalakan ulang server, lalu muat ulang halaman ini.',
  },
  enrol: {
    title: 'Daftarkan perangkat ini',
    lead: 'Minta manajer membuat kode di Manajer, Perangkat. Kodenya berlaku 15 menit dan sekali pakai.',
    code: 'Kode perangkat',
    submit: 'Daftarkan perangkat',
    already: (label: string) => `Perangkat ini sudah terdaftar sebagai ${label}. Kode baru menggantikannya.`,
  },
  pin: {
    label: 'PIN 6 angka',
    again: 'Ulangi PIN',
    hint: 'Enam angka yang hanya Anda tahu. Dipakai untuk masuk di perangkat kedai.',
    weak: 'PIN ini terlalu mudah ditebak. Hindari angka kembar, berurutan, atau berulang.',
    short: 'PIN harus enam angka.',
    different: 'Kedua PIN tidak sama. Ketik ulang.',
  },
  signIn: {
    title: 'Siapa yang bertugas?',
    lead: (place: string) => `${place}. Ketuk nama Anda, lalu ketik PIN.`,
    pinFor: (name: string) => `PIN ${name}`,
    digits: (count: number) => `${count} dari 6 angka diketik`,
    digit: (digit: string) => `Angka ${digit}`,
    erase: 'Hapus satu angka',
    clear: 'Kosongkan',
    otherPerson: 'Bukan saya',
    checking: 'Memeriksa PIN…',
    wrongPin: (triesLeft: number) => `PIN salah. Sisa ${triesLeft} kali coba sebelum perangkat ini terkunci.`,
    locked:
      'Perangkat ini terkunci setelah 10 PIN salah. Gerakan yang tersimpan tetap ada di sini. Minta manajer membuat kode perangkat baru, lalu daftarkan ulang.',
    enrolAgain: 'Daftarkan ulang',
    nobody: 'Belum ada orang untuk outlet ini',
    nobodyHelp: 'Manajer bisa menambahkan orang di Manajer, Orang.',
    waitingMoves: (count: number, name: string) =>
      `${count} gerakan oleh ${name} tersimpan di perangkat ini dan dikirim begitu ada yang masuk. Masuk sebagai ${name} supaya tercatat atas namanya.`,
    someone: 'orang sebelumnya',
    roles: { barista: 'barista', manager: 'manajer', admin: 'admin', owner: 'pemilik' },
  },
  unreachable: {
    title: 'Server belum terjangkau',
    text: 'Perangkat ini belum pernah terhubung, jadi belum ada yang bisa ditampilkan. Periksa Wi-Fi, lalu coba lagi.',
    retry: 'Coba lagi',
  },
}

export const signinRefusalsId = {
  'network.unreachable': 'Server tidak terjangkau. Tidak ada yang berubah; periksa Wi-Fi, lalu coba lagi.',
  'setup.wrong_code':
    'Kode penyiapan tidak cocok atau sudah lewat 24 jam. Isian tetap ada; salin kode terbaru dari konsol server.',
  'setup.done': 'Kedai ini sudah disiapkan dengan kode itu. Minta pemilik membuat kode perangkat untuk Anda.',
  'device.code_unknown':
    'Kode perangkat tidak dikenal. Isian tetap ada; periksa kodenya atau minta yang baru.',
  'device.code_expired': 'Kode perangkat sudah dipakai atau lewat 15 menit. Minta kode baru kepada manajer.',
  'device.unknown': 'Perangkat ini tidak terdaftar lagi. Minta kode perangkat kepada manajer.',
  'device.locked': 'Perangkat ini terkunci. Minta manajer membuat kode perangkat baru, lalu daftarkan ulang.',
  'device.id_taken': 'Pendaftaran bertabrakan. Tidak ada yang berubah; tekan sekali lagi.',
  'staff.id_taken': 'Pendaftaran bertabrakan. Tidak ada yang berubah; tekan sekali lagi.',
  'staff.unknown': 'Orang ini tidak bertugas di outlet ini lagi. Pilih nama lain atau tanya manajer.',
  'staff.weak_pin': 'PIN ini terlalu mudah ditebak. Pilih enam angka lain.',
  'request.too_many': 'Terlalu banyak percobaan. Isian tetap ada; tunggu sebentar, lalu coba lagi.',
  'server.storage_unreachable':
    'Server tidak bisa menjangkau basis datanya. Tidak ada yang berubah; coba lagi sebentar lagi.',
  'server.busy': 'Server sedang penuh. Tidak ada yang berubah; coba lagi sebentar lagi.',
} satisfies Record<string, RefusalSentence>
