// An outlet and its settings, as every phone may read them: nothing here is private.
// Tax: PBJT on food and drink (UU 1/2022), at most 10 %, on the price after discount plus service charge.
import * as v from 'valibot'
import {
  bilingual,
  calendarDay,
  clockTime,
  id,
  list,
  rp,
  slug,
  startTime,
  text,
  whole,
  words,
} from '../kernel/schema.ts'
import { ZONES } from '../kernel/time.ts'

/** Opening span of a day. `until` at or before `from` means the next day: 16:00 to 02:00. */
const openSpanSchema = v.strictObject({ from: startTime, until: clockTime })
export type OpenSpan = v.InferOutput<typeof openSpanSchema>

const dayHours = list(openSpanSchema, 4)

/** Seven lists of spans, Sunday first; an empty list is a closed day. */
const weekHoursSchema = v.strictTuple([dayHours, dayHours, dayHours, dayHours, dayHours, dayHours, dayHours])
export type WeekHours = v.InferOutput<typeof weekHoursSchema>

/** One day that differs: a holiday, a private event. */
const specialDaySchema = v.strictObject({ day: calendarDay, hours: dayHours, note: bilingual(80) })

/** A run of days with hours of its own, first and last day included: Ramadan. */
const seasonSchema = v.strictObject({
  name: bilingual(40),
  firstDay: calendarDay,
  lastDay: calendarDay,
  hours: weekHoursSchema,
})

export const chargesSchema = v.strictObject({
  service: v.strictObject({
    label: bilingual(30),
    permille: whole(0, 200),
    base: v.picklist(['after_discount', 'before_discount']),
  }),
  tax: v.strictObject({
    label: bilingual(30),
    permille: whole(0, 100),
    mode: v.picklist(['exclusive', 'inclusive', 'none']),
  }),
})
export type Charges = v.InferOutput<typeof chargesSchema>

/** How hard the bar is pressed, as staff set it. `paused` refuses new orders with the message. */
export const loadSchema = v.strictObject({
  mode: v.picklist(['normal', 'busy', 'paused']),
  addMinutes: whole(0, 120),
  message: v.nullable(bilingual(160)),
})
export type Load = v.InferOutput<typeof loadSchema>

const areaSchema = v.strictObject({ id: slug, name: words(40) })

/** What a manager may change of an outlet. */
export const outletSettingsSchema = v.strictObject({
  slug,
  name: words(40),
  chainName: words(40),
  /** One or two characters on the shop's tile; without any, `markOf` takes the name's first letter. */
  mark: v.optional(
    v.pipe(
      text(8),
      v.check((value) => [...value.trim()].length <= 2, 'text.long'),
    ),
  ),
  address: text(200),
  zone: v.picklist(ZONES),
  areas: list(areaSchema, 12),
  hours: weekHoursSchema,
  specialDays: list(specialDaySchema, 60),
  seasons: list(seasonSchema, 8),
  /** The business day ends at this clock time of the next day, e.g. "04:00". */
  dayEndsAt: clockTime,
  charges: chargesSchema,
  /** Ways besides the barista's tap by which a phone may prove that it is at the table. */
  presence: v.strictObject({ word: v.boolean() }),
  caps: v.strictObject({ unpaidTableRp: rp }),
  /** A service charge is for being served at a table; who fetches pays none unless the outlet says so. */
  pickup: v.strictObject({ isOn: v.boolean(), isServiceCharged: v.boolean() }),
})
export type OutletSettings = v.InferOutput<typeof outletSettingsSchema>

/** Record `outlet` of the stream `outlet:<id>`. */
export const outletSchema = v.strictObject({
  id: id('out'),
  rev: whole(1, Number.MAX_SAFE_INTEGER),
  ...outletSettingsSchema.entries,
  load: loadSchema,
})
export type Outlet = v.InferOutput<typeof outletSchema>
