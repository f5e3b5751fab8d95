import { boardPickupId } from './board-pickup.id.ts'
import { boardSupplyId } from './board-supply.id.ts'
import { boardVisitsId } from './board-visits.id.ts'

/** Words of the order board and the counter display. */
export const boardId = {
  title: 'Papan pesanan',
  toBoard: 'Langsung ke pesanan',
  minutes: (count: number) => `${count} mnt`,
  staticChanged:
    'Kode QRIS kedai bukan yang disetujui manajer. Jangan dipakai, juga bukan yang tercetak, sampai manajer memeriksanya di halaman pembayaran.',
  table: (label: string) => `Meja ${label}`,
  closed: {
    until: (day: string, clock: string) =>
      `Kedai sedang tutup; pesanan baru diterima lagi ${day === '' ? '' : `${day} `}pukul ${clock}.`,
    longer: 'Kedai sedang tutup; pesanan baru tidak diterima.',
  },
  connection: {
    live: 'Tersambung',
    connecting: 'Menyambung…',
    offline: (count: number) =>
      count === 0 ? 'Tanpa sambungan' : `Tanpa sambungan: ${count} gerakan tersimpan`,
    sending: (count: number) => `Mengirim ${count} gerakan…`,
    lastState: (time: string) =>
      `Ini keadaan pukul ${time}. Gerakan Anda tersimpan di perangkat ini dan dikirim urut begitu tersambung.`,
    lastStateUnknown:
      'Papan belum tersambung. Gerakan Anda tersimpan di perangkat ini dan dikirim urut begitu tersambung.',
    storage: {
      full: {
        title: 'Penyimpanan penuh',
        happened: 'Penyimpanan perangkat ini penuh, jadi kabar baru dari server tidak bisa disimpan.',
        act: 'Hapus foto, unduhan, atau aplikasi di perangkat ini; halaman ini lanjut sendiri. Sampai saat itu, layani dari perangkat lain.',
      },
      broken: {
        title: 'Penyimpanan gagal',
        happened: 'Perangkat ini tidak bisa menyimpan kabar baru dari server.',
        act: 'Tutup aplikasi ini lalu buka lagi. Kalau terulang, layani dari perangkat lain dan beri tahu manajer.',
      },
      since: (time: string) => `Papan berhenti pada keadaan pukul ${time}.`,
      kept: (count: number) =>
        count === 0
          ? 'Tidak ada gerakan yang hilang; ketukan baru mungkin tidak tersimpan.'
          : `${count} gerakan tetap tersimpan dan dikirim begitu bisa; ketukan baru mungkin tidak tersimpan.`,
    },
    ended: (count: number) =>
      count === 0
        ? 'Masa masuk sudah habis. Masuk lagi untuk melihat pesanan baru.'
        : `Masa masuk sudah habis. ${count} gerakan tersimpan di perangkat ini; masuk lagi untuk mengirim.`,
    signIn: 'Masuk lagi',
    signInNeeded: 'Perlu masuk lagi',
  },
  top: {
    onDuty: 'Bertugas',
    nobody: 'Belum ada yang bertugas',
    queue: (minutes: number) => `antre ${minutes} mnt`,
    queueSpoken: (minutes: number) => `antre ${minutes} menit kerja`,
    total: 'Total',
    totalAll: 'semua',
    totalNone: 'Total: kosong',
    ...boardSupplyId,
  ...boardVisitsId,
  pickup: boardPickupId,
  recent: {
    title: 'Terakhir',
    none: 'Belum ada pesanan yang selesai',
    noneHelp: 'Yang diantar, ditolak, atau dibatalkan ada di sini dan bisa dikembalikan.',
    bring: 'Kembalikan',
    bringLabel: (place: string, number: string) => `Kembalikan pesanan ${number}, ${place}`,
  },
  refused: {
    title: (table: string, number: string) => `${table} ${number}`,
    move: 'Gerakan',
    read: 'Sudah dibaca',
    notStored:
      'Perangkat ini tidak bisa menyimpan gerakan (penyimpanan penuh atau diblokir). Tidak ada yang berubah; kosongkan penyimpanan, lalu ketuk lagi.',
  },
  menu: {
    title: 'Menu papan',
    manager: 'Manajer',
    display: 'Layar konter',
    fullscreen: 'Layar penuh',
    leaveFullscreen: 'Keluar dari layar penuh',
    soundTest: 'Uji suara',
    soundHeard: 'Suara diputar. Tidak terdengar? Naikkan volume perangkat.',
    soundBlocked: 'Perangkat ini tidak bisa berbunyi sekarang. Periksa volume, lalu coba lagi.',
    awake: 'Layar tetap menyala selama papan terbuka.',
    awakeOff: 'Layar bisa padam sendiri; matikan kunci otomatis di pengaturan perangkat.',
    language: 'Bahasa',
    languages: { id: 'Indonesia', en: 'English' },
    theme: 'Tampilan',
    themes: { system: 'Ikuti perangkat', light: 'Terang', dark: 'Gelap' },
    outlet: 'Outlet',
    signedIn: (name: string, role: string) => `Masuk sebagai ${name}, ${role}`,
    signOut: 'Keluar atau ganti orang',
    signOutBlocked: (count: number) =>
      `${count} gerakan belum terkirim. Keluar baru bisa setelah semuanya terkirim, supaya tercatat atas nama yang benar.`,
  },
  display: {
    title: 'Layar konter',
    ready: 'Sudah siap',
    none: 'Pesanan yang siap muncul di sini.',
    word: 'Kata saat ini',
    wordHelp:
      'Ketik kata ini di HP bila diminta. Barista lalu tahu Kakak ada di sini. Kata berganti tiap 5 menit.',
    wordOffline: 'Kata muncul lagi begitu tersambung.',
    order: 'Pindai QR di meja untuk memesan',
    back: 'Ke papan',
  },
}
