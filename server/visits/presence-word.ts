import type { Secrets } from '../platform/secrets.ts'

/** How long a word stands on the display. The one before is still good, for those who just read it. */
export const WORD_MS = 5 * 60_000
/** Wrong words that one phone may try within ten minutes. */
export const MAX_WORD_TRIES = 5
/** Wrong words from all phones at one table within ten minutes: a scan without a cookie makes a fresh phone. */
export const MAX_WORD_TRIES_PER_TABLE = 20
export const WORD_TRIES_MS = 10 * 60_000
/**
 * Wrong words from all tables of an outlet while one word stands; then no word counts until the next one.
 * More than a table's, so that one photographed code alone cannot close the way for all. Whoever uses the
 * whole of it up, every time, guesses right once in sixty hours.
 */
export const MAX_WORD_TRIES_PER_OUTLET = 40

const WORDS = [
  'anggrek',
  'angin',
  'awan',
  'bambu',
  'batik',
  'bintang',
  'bulan',
  'bunga',
  'cemara',
  'cengkih',
  'delima',
  'dermaga',
  'duku',
  'embun',
  'gajah',
  'gerimis',
  'gula',
  'gunung',
  'hujan',
  'jagung',
  'jambu',
  'jati',
  'jendela',
  'jeruk',
  'kapal',
  'kayu',
  'kelapa',
  'kemiri',
  'kenari',
  'kunyit',
  'lampu',
  'langit',
  'laut',
  'lereng',
  'madu',
  'mangga',
  'mawar',
  'melati',
  'merpati',
  'nanas',
  'ombak',
  'padi',
  'pala',
  'pandan',
  'pantai',
  'payung',
  'pelangi',
  'perahu',
  'pisang',
  'rambutan',
  'rusa',
  'salak',
  'sawah',
  'senja',
  'serai',
  'sungai',
  'taman',
  'teluk',
  'teratai',
  'tikar',
  'timur',
  'ubi',
  'vanili',
  'wangi',
] as const

/** The word of the outlet at `atMs`, such as "melati 473": 57,600 of them, each for five minutes. */
export function presenceWord(outletId: string, atMs: number, secrets: Secrets): string {
  const digest = secrets.fingerprint(`word:${outletId}:${Math.floor(atMs / WORD_MS)}`)
  const bytes = Buffer.from(digest, 'base64url')
  const word = WORDS[bytes.readUInt16BE(0) % WORDS.length]
  return `${word} ${100 + (bytes.readUInt16BE(2) % 900)}`
}

/** Since when the present word stands. */
export function wordStandsSinceMs(atMs: number): number {
  return Math.floor(atMs / WORD_MS) * WORD_MS
}

/** When the present word will be replaced. */
export function wordChangesAtMs(atMs: number): number {
  return wordStandsSinceMs(atMs) + WORD_MS
}

/** True for the present word or the one before, however it is spelled. */
export function isPresenceWord(text: string, outletId: string, atMs: number, secrets: Secrets): boolean {
  const plain = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, '')
  return [atMs, atMs - WORD_MS].some((at) => plain(presenceWord(outletId, at, secrets)) === plain(text))
}
