// What `npm run menu:import` says, in the language of the terminal: Indonesian unless LANG is English.
import { MAX_MENU_FILE_BYTES } from '#shared/menu/menu-commands.ts'
import type { Imported } from './import-run.ts'
import type { SourceRefusal } from './import-source.ts'

export type Language = 'id' | 'en'

export function languageOf(lang: string | undefined): Language {
  return /^en/i.test(lang ?? '') ? 'en' : 'id'
}

const MAX_MB = MAX_MENU_FILE_BYTES / 1024 / 1024

const SOURCE = {
  'source.not_found': {
    id: (path) => `Tidak ada file "${path}". Periksa nama dan foldernya.`,
    en: (path) => `There is no file "${path}". Check its name and folder.`,
  },
  'source.is_folder': {
    id: (path) => `"${path}" adalah folder. Tulis nama file CSV di dalamnya.`,
    en: (path) => `"${path}" is a folder. Name the CSV file in it.`,
  },
  'source.not_readable': {
    id: (path) => `File "${path}" tidak bisa dibaca. Periksa izin bacanya.`,
    en: (path) => `The file "${path}" cannot be read. Check that you may read it.`,
  },
  'source.too_large': {
    id: (path) => `File "${path}" lebih dari ${MAX_MB} MB. Periksa apakah ini benar file menu.`,
    en: (path) => `The file "${path}" is over ${MAX_MB} MB. Check that it is the menu.`,
  },
  'source.not_utf8': {
    id: (path) => `Huruf di "${path}" tidak terbaca. Simpan lagi dari spreadsheet sebagai "CSV UTF-8".`,
    en: (path) => `The letters of "${path}" cannot be read. Save it from the spreadsheet as "CSV UTF-8".`,
  },
} satisfies Record<SourceRefusal['code'], Record<Language, (path: string) => string>>

const WAIT = {
  id: 'Server sedang sibuk. Tunggu semenit, lalu impor lagi.',
  en: 'The server is busy. Wait a minute, then import again.',
}

const REFUSALS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'outlet.unknown': {
    id: 'Belum ada outlet di data ini. Jalankan "npm start" dulu, atau periksa DATA_DIR.',
    en: 'There is no outlet in this data yet. Run "npm start" first, or check DATA_DIR.',
  },
  'server.busy': WAIT,
  'request.too_many': WAIT,
  'server.storage_full': {
    id: 'Disk penuh. Kosongkan ruang, lalu impor lagi.',
    en: 'The disk is full. Make room, then import again.',
  },
  'server.storage_unreachable': {
    id: 'Server tidak bisa menjangkau basis datanya. Tunggu semenit, lalu impor lagi.',
    en: 'The server cannot reach its database. Wait a minute, then import again.',
  },
}

const UNCHANGED = { id: 'Tidak ada yang diubah.', en: 'Nothing was changed.' }

export const USAGE = {
  id: 'Cara pakai: npm run menu:import FILE.csv (atau - untuk membaca dari stdin)',
  en: 'Usage: npm run menu:import FILE.csv (or - to read standard input)',
} as const

export function sourceWords({ code }: SourceRefusal, path: string, language: Language): string {
  return `${SOURCE[code][language](path === '-' ? 'stdin' : path)} ${UNCHANGED[language]}`
}

export function refusalWords(code: string, language: Language): string {
  const other = { id: `Server menolak (${code}).`, en: `The server refused (${code}).` }
  return `${(REFUSALS[code] ?? other)[language]} ${UNCHANGED[language]}`
}

/** Where what went wrong is not known to be before or after the write, this promises nothing. */
export function troubleWords(message: string, language: Language): string {
  return {
    id: `Data toko tidak bisa dibuka atau ditulis. Kalau server sedang jalan, hentikan dulu, lalu impor lagi. (${message})`,
    en: `The shop's data cannot be opened or written. If a server is running, stop it, then import again. (${message})`,
  }[language]
}

type Fault = { readonly message: Readonly<Record<Language, string>> }

/** Each bad line, then that all is as before. */
export function faultWords(lines: readonly Fault[], total: number, language: Language): string {
  const more = total - lines.length
  const left = { id: `… dan ${more} kesalahan lain.`, en: `… and ${more} more faults.` }[language]
  const last = {
    id: `${UNCHANGED.id} ${total} kesalahan: perbaiki, simpan, lalu impor lagi.`,
    en: `${UNCHANGED.en} ${total} ${total === 1 ? 'fault' : 'faults'}: mend, save, then import again.`,
  }[language]
  return [...lines.map(({ message }) => message[language]), ...(more > 0 ? [left] : []), last].join('\n')
}

export function importedWords({ items, atOutlets }: Imported, language: Language): string {
  const count = (number: number) =>
    ({ id: `${number} item`, en: number === 1 ? '1 item' : `${number} items` })[language]
  const first = { id: 'Menu baru tersimpan', en: 'The new menu is stored' }[language]
  return [`${first}: ${count(items)}.`, ...atOutlets.map((at) => `  ${at.name}: ${count(at.items)}`)].join(
    '\n',
  )
}
