import type { RefusalWords } from './dictionary.ts'

/** Words of board and back office. A part that outgrows this file moves to its own and is imported here. */
export const staffId = {
  app: { name: 'Meja Staf' },
  board: { title: 'Papan pesanan' },
  connection: {
    live: 'Tersambung',
    offline: 'Terputus. Papan menunjukkan keadaan terakhir; tanda yang ditekan dikirim nanti.',
  },
  refusal: {
    unknown: (facts) => `Ditolak (${facts.code}). Tidak ada yang berubah; coba lagi.`,
  } satisfies RefusalWords,
}
