// What an outlet sells, as one document: an outlet's menu is read whole, changes seldom, and must be
// readable offline. What changes often (sold out) is a record of its own, see `item-status.ts`.
// Prices are whole rupiah, before or after tax as the outlet's settings say.
import * as v from 'valibot'
import {
  bilingual,
  calendarDay,
  clockTime,
  list,
  rp,
  slug,
  startTime,
  text,
  whole,
} from '../kernel/schema.ts'

export const ALLERGENS = [
  'milk',
  'egg',
  'wheat',
  'peanut',
  'nuts',
  'soy',
  'fish',
  'shellfish',
  'sesame',
] as const
export type Allergen = (typeof ALLERGENS)[number]
export const DIETS = ['vegetarian', 'vegan', 'no-caffeine', 'no-sugar'] as const
export const BADGES = ['favourite', 'new', 'spicy', 'seasonal'] as const
export const ORDER_TYPES = ['table', 'pickup'] as const
export const PICTURE_KINDS = [
  'glass',
  'cup',
  'bottle',
  'plate',
  'bowl',
  'pastry',
  'cake',
  'toast',
  'snack',
] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]
export type OrderType = (typeof ORDER_TYPES)[number]

const hexColour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/, 'colour.malformed'))

/** A drawn picture: the vessel, its main colour, and an optional second one (milk, foam, topping). */
const pictureSchema = v.strictObject({
  kind: v.picklist(PICTURE_KINDS),
  colour: hexColour,
  second: v.nullable(hexColour),
})
export type Picture = v.InferOutput<typeof pictureSchema>

/** A season of the outlet by its name, with every run of days that the outlet has for it; see `withSeasons`. */
const itemSeasonSchema = v.strictObject({
  name: bilingual(40),
  runs: list(v.strictObject({ firstDay: calendarDay, lastDay: calendarDay }), 8),
})
export type ItemSeason = v.InferOutput<typeof itemSeasonSchema>

/** When an item can be ordered: null means always while the outlet is open. Weekday 0 is Sunday. */
const availabilitySchema = v.strictObject({
  weekdays: v.nullable(list(whole(0, 6), 7)),
  from: v.nullable(startTime),
  until: v.nullable(clockTime),
  /** Sold on the days of this season only; without one, all year. */
  season: v.optional(itemSeasonSchema),
  orderTypes: list(v.picklist(ORDER_TYPES), 2),
})

const optionSchema = v.strictObject({
  id: slug,
  name: bilingual(40),
  /** Added to the item's price; may be negative (smaller size), never below a free item in total. */
  differenceRp: whole(-1_000_000, 1_000_000),
  isDefault: v.boolean(),
  /** What choosing it brings beside the item's own; see `allergensOf`. */
  allergens: list(v.picklist(ALLERGENS), 9),
})
export type Option = v.InferOutput<typeof optionSchema>

const optionGroupSchema = v.strictObject({
  id: slug,
  name: bilingual(40),
  /** How many must and may be chosen: 1 and 1 is a required single choice, 0 and 3 up to three extras. */
  min: whole(0, 10),
  max: whole(1, 10),
  options: list(optionSchema, 20),
})
export type OptionGroup = v.InferOutput<typeof optionGroupSchema>

const categorySchema = v.strictObject({ id: slug, name: bilingual(40) })
export type Category = v.InferOutput<typeof categorySchema>

const itemSchema = v.strictObject({
  id: slug,
  categoryId: slug,
  name: bilingual(60),
  description: bilingual(200),
  priceRp: rp,
  groupIds: list(slug, 8),
  picture: pictureSchema,
  /** Path below /photos/ of an uploaded picture, or null: the drawn one is shown. */
  photo: v.nullable(text(100)),
  badges: list(v.picklist(BADGES), 4),
  allergens: list(v.picklist(ALLERGENS), 9),
  diets: list(v.picklist(DIETS), 4),
  /** Work for one barista, in minutes; feeds the queue and the promised time. */
  prepMinutes: whole(0, 60),
  availability: availabilitySchema,
  /** Other words that people search by ("kopsus", "boba"), separated by spaces. */
  searchWords: text(200),
})
export type Item = v.InferOutput<typeof itemSchema>

/** One outlet's menu. `version` rises with every change of price, item or option. */
export const menuSchema = v.strictObject({
  id: text(40),
  rev: whole(1, Number.MAX_SAFE_INTEGER),
  version: whole(1, Number.MAX_SAFE_INTEGER),
  categories: list(categorySchema, 40),
  groups: list(optionGroupSchema, 60),
  items: list(itemSchema, 500),
})
export type Menu = v.InferOutput<typeof menuSchema>
