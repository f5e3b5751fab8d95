// The words that every schema is written with. Each states its maximum, so no text, list or number
// can be larger than somebody decided. Text must be well-formed and free of control characters:
// NUL is refused by PostgreSQL, lone surrogates change silently on the way to disk.
import * as v from 'valibot'
import { type IdPrefix, idPattern } from './ids.ts'
import { MAX_RP } from './money.ts'

const FORBIDDEN = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** Text of 0 to `max` UTF-16 units; line breaks allowed, other control and bidi-override characters not. */
export function text(max: number) {
  return v.pipe(
    v.string(),
    v.maxLength(max),
    v.check((value) => value.isWellFormed() && !FORBIDDEN.test(value), 'text.control_character'),
  )
}

/**
 * A character that shows something: neither space, nor ignorable (zero-width, fillers, variation selectors),
 * nor a mark without a letter, nor one of those that are letters by name and blank by design (Braille's and
 * the hieroglyphs' blanks, the null notehead).
 */
const VISIBLE =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{M}\u2800\u{13441}\u{13442}\u{1d159}]/u

/** Text of 1 to `max` UTF-16 units that shows something to whoever reads it. */
export function words(max: number) {
  return v.pipe(
    text(max),
    v.check((value) => VISIBLE.test(value), 'text.empty'),
  )
}

/** An id with this prefix, as `newId` makes it. */
export function id(prefix: IdPrefix) {
  return v.pipe(v.string(), v.regex(idPattern(prefix), 'id.malformed'))
}

/** A short readable key such as `es-kopi-susu`: lower-case letters, digits, dashes, at most 40. */
export const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'slug.malformed'))

/** An integer from `min` to `max`. */
export function whole(min: number, max: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max))
}

/** Integer rupiah, not negative. */
export const rp = whole(0, MAX_RP)

/** Epoch milliseconds, to the year 2200. */
export const instantMs = whole(0, 7_258_118_400_000)

/** A list of at most `max` entries. */
export function list<const S extends v.GenericSchema>(schema: S, max: number) {
  return v.pipe(v.array(schema), v.maxLength(max), v.readonly())
}

/** The same words in Indonesian (the source) and English. */
export const bilingual = (max: number) => v.strictObject({ id: words(max), en: words(max) })
export type Bilingual = { readonly id: string; readonly en: string }

/** Clock time of a day as "HH:MM"; "24:00" is the end of the day. */
export const clockTime = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'time.malformed'))

/** Clock time at which something begins: never "24:00", which is the end of a day and not its last minute. */
export const startTime = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'time.malformed'))

/** True for a day that a calendar has: the thirty-first of February is written like one. */
function isOnCalendar(day: string): boolean {
  const atMs = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(day)
}

const [FIRST_DAY, LAST_DAY] = ['2020-01-01', '2100-12-31'] as const

/** Calendar day as "YYYY-MM-DD", of years that somebody may mean: beyond, sums of days leave what a clock can say. */
export const calendarDay = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'day.malformed'),
  v.check((day) => day >= FIRST_DAY && day <= LAST_DAY && isOnCalendar(day), 'day.malformed'),
)

/** The dotted name of the first field that `issues` complains of, such as `lines.0.quantity`. */
export function fieldName(issues: readonly v.BaseIssue<unknown>[]): string {
  const first = issues[0]
  return first === undefined ? '' : (v.getDotPath(first as v.BaseIssue<unknown>) ?? '')
}
