// What a manager may write in one cell, and what it means. Each reader adds what is wrong to the row's
// problems and gives a harmless stand-in, so that one pass over the file finds every fault.

import { formatRp, MAX_RP } from '#shared/kernel/money.ts'
import type { Bilingual } from '#shared/kernel/schema.ts'
import { minutesOf } from '#shared/kernel/time.ts'
import { ALLERGENS, BADGES, DIETS, type ItemSeason, ORDER_TYPES, PICTURE_KINDS } from '#shared/menu/menu.ts'
import { isNamed } from '#shared/menu/seasons.ts'
import type { MenuProblemCode } from './menu-file-words.ts'
import type { DataRow, Problems } from './menu-rows.ts'

export const LISTS = {
  badges: BADGES,
  allergens: ALLERGENS,
  diets: DIETS,
  order_types: ORDER_TYPES,
  picture: PICTURE_KINDS,
} as const

/** A season of some outlet, as its settings name it. */
export type SeasonName = { readonly name: Bilingual }

/** Weekday words by number, Indonesian first; 0 is Sunday. */
export const WEEKDAYS = [
  ['min', 'sun'],
  ['sen', 'mon'],
  ['sel', 'tue'],
  ['rab', 'wed'],
  ['kam', 'thu'],
  ['jum', 'fri'],
  ['sab', 'sat'],
] as const

const HIDDEN = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
/** What a spreadsheet writes where it took a text such as "-Jeruk" for a formula. */
const SHEET_ERROR = /^#(NAME\?|REF!|VALUE!|N\/A|DIV\/0!|NUM!|NULL!)$/i
const MAX_DIFFERENCE_RP = 1_000_000
/** Less than the smallest coin: the spreadsheet has made 18 of 18.000. */
const LEAST_RP = 100

type Basics = ReturnType<typeof basicCells>

function basicCells(row: DataRow, problems: Problems) {
  const say = (column: string, code: MenuProblemCode, value = '', more = '') =>
    problems.add({ line: row.line, row: row.row, column }, code, value, more)
  const raw = (column: string) => row.cells.get(column) ?? ''

  /** True when the cell holds something; says so when it must. A missing column was named already. */
  const filled = (column: string, required: boolean): boolean => {
    if (raw(column) !== '') return true
    if (required && row.cells.has(column)) say(column, 'cell.empty')
    return false
  }

  const text = (column: string, max: number, required: boolean): string => {
    const value = raw(column)
    if (!filled(column, required)) return ''
    if (value.length > max) say(column, 'cell.too_long', value, String(max))
    if (SHEET_ERROR.test(value)) say(column, 'cell.spreadsheet_error', value)
    if (HIDDEN.test(value)) say(column, 'cell.control_character')
    return value
  }
  const has = (column: string) => row.cells.has(column)
  return { say, raw, has, filled, text }
}

function wordCells({ say, raw, filled, text }: Basics) {
  const words = <const T extends string>(column: string, known: readonly T[]): T[] => {
    const found: T[] = []
    // With more words than there are, one of these is wrong already.
    for (const word of split(raw(column).toLowerCase(), known.length + 1)) {
      const match = known.find((candidate) => candidate === word)
      if (match === undefined) say(column, 'word.unknown', word, known.join(', '))
      else if (found.includes(match)) say(column, 'word.twice', word)
      else found.push(match)
    }
    return found
  }
  return {
    words,
    bilingual: (column: string, max: number) => ({
      id: text(column, max, true),
      en: text(`${column}_en`, max, true),
    }),
    slug(column: string): string {
      const value = raw(column)
      if (filled(column, true) && !isSlug(value)) say(column, 'id.malformed', value, slugFrom(value))
      return value
    },
    slugs(column: string, max: number): string[] {
      const values = split(raw(column), max + 1)
      const twice = values.find((value, index) => values.indexOf(value) !== index)
      if (twice !== undefined) say(column, 'word.twice', twice)
      if (values.length > max) say(column, 'word.too_many', '', String(max))
      return values
    },
    /** The days come from each outlet's settings; here only the name is found. */
    season(column: string, known: readonly SeasonName[]): ItemSeason | undefined {
      const value = text(column, 40, false)
      if (value === '') return undefined
      const found = known.find((season) => isNamed(season, value))
      if (found) return { name: found.name, runs: [] }
      const names = [...new Set(known.map(({ name }) => name.id))].join(', ')
      say(column, names === '' ? 'season.none' : 'season.unknown', value, names)
      return undefined
    },
    photo(column: string): string | null {
      const value = text(column, 100, false)
      if (value === '') return null
      const good = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(value)
      if (!good) say(column, 'photo.malformed', value)
      return good ? value : null
    },
    answer(column: string): boolean {
      const value = raw(column).toLowerCase()
      if (['ya', 'yes', 'y', 'x', '1', 'true', 'benar'].includes(value)) return true
      if (!['', 'tidak', 'no', 'n', '0', 'false', 'salah'].includes(value)) {
        say(column, 'answer.malformed', raw(column))
      }
      return false
    },
    weekdays(column: string): number[] | null {
      const numbers = words(column, WEEKDAYS.flat()).map((word) =>
        WEEKDAYS.findIndex((names) => (names as readonly string[]).includes(word)),
      )
      const twice = numbers.find((day, index) => numbers.indexOf(day) !== index)
      if (twice !== undefined) say(column, 'word.twice', WEEKDAYS[twice]?.[0])
      return numbers.length > 0 ? numbers : null
    },
  }
}

function measureCells({ say, raw, filled }: Basics) {
  return {
    price(column: string): number {
      if (!filled(column, true)) return 0
      const value = amountOf(raw(column))
      if (typeof value === 'string') say(column, value, raw(column))
      else if (value < 0) say(column, 'price.negative', raw(column))
      else if (value > 0 && value < LEAST_RP) say(column, 'price.too_small', raw(column))
      else if (value > MAX_RP) say(column, 'price.too_large', raw(column), formatRp(MAX_RP))
      // A price that cannot be read stands in as a high one, or "below free" would be said as well.
      return typeof value === 'string' ? MAX_RP : value
    },
    difference(column: string): number {
      if (!filled(column, false)) return 0
      const value = amountOf(raw(column))
      if (typeof value === 'string') {
        say(column, value, raw(column))
        return 0
      }
      const size = Math.abs(value)
      if (size > 0 && size < LEAST_RP) say(column, 'price.too_small', raw(column))
      if (size > MAX_DIFFERENCE_RP) say(column, 'price.too_large', raw(column), formatRp(MAX_DIFFERENCE_RP))
      return size === 0 ? 0 : value
    },
    whole(column: string, min: number, max: number, standIn = min): number {
      if (!filled(column, true)) return standIn
      const value = /^\d{1,4}$/.test(raw(column)) ? Number(raw(column)) : Number.NaN
      if (value >= min && value <= max) return value
      say(column, 'number.malformed', raw(column), `${min}–${max}`)
      return standIn
    },
    clock(column: string): string | null {
      if (!filled(column, false)) return null
      const parts = /^(\d{1,2})[:.](\d{2})(?::00)?$/.exec(raw(column))
      const value = parts ? `${String(parts[1]).padStart(2, '0')}:${parts[2]}` : ''
      if (parts && Number(parts[2]) < 60 && minutesOf(value) <= 1440) return value
      say(column, 'time.malformed', raw(column))
      return null
    },
    colour(column: string, required: boolean): string | null {
      if (!filled(column, required)) return null
      const value = raw(column).toLowerCase().replace(/^#?/, '#')
      if (/^#[0-9a-f]{6}$/.test(value)) return value
      say(column, 'colour.malformed', raw(column))
      return null
    },
  }
}

/** The readers of one row's cells. */
export function createCells(row: DataRow, problems: Problems) {
  const basics = basicCells(row, problems)
  return { ...basics, ...wordCells(basics), ...measureCells(basics) }
}
export type Cells = ReturnType<typeof createCells>

/** Whole rupiah of "18000", "Rp18.000", "18.000" or "-2000"; else what is wrong with it. */
function amountOf(value: string): number | 'price.malformed' | 'price.fraction' {
  const plain = value.replace(/^([+-]?)\s*rp\.?\s*/i, '$1').replace(/\s/g, '')
  if (/^[+-]?(\d{1,12}|\d{1,3}(\.\d{3}){1,3})$/.test(plain)) return Number(plain.replaceAll('.', ''))
  return /^[+-]?\d[\d.,]*$/.test(plain) && /[.,]/.test(plain) ? 'price.fraction' : 'price.malformed'
}

/** The first `most` words. */
function split(value: string, most: number): string[] {
  return value
    .replace(/^[\s|]+/, '')
    .split(/[\s|]+/, most + 1)
    .filter((word) => word !== '')
    .slice(0, most)
}

export function isSlug(value: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,39}$/.test(value)
}

function slugFrom(value: string): string {
  const plain = value
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
  return plain.replace(/^-+/, '').slice(0, 40).replace(/-+$/, '') || 'kopi-susu'
}
