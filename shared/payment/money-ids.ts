// Ids of bills, payments and refunds: the layout of kernel/ids, with this feature's prefixes.
import * as v from 'valibot'

export const MONEY_PREFIXES = ['bil', 'pay', 'rfd'] as const
export type MoneyPrefix = (typeof MONEY_PREFIXES)[number]

/** The schema of an id with this prefix. */
export function moneyId(prefix: MoneyPrefix) {
  return v.pipe(v.string(), v.regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`), 'id.malformed'))
}
