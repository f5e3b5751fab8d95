import * as v from 'valibot'
import { MAX_RP } from '#shared/kernel/money.ts'

/**
 * Integer rupiah of what a provider sends: "38500.00", "38500" or the number 38500; null for anything
 * else. No sen circulate, so a fraction is somebody else's money; "38.500" means 38.5 and is refused.
 */
export function rupiahOf(sent: string | number): number | null {
  const text = typeof sent === 'number' ? String(sent) : sent
  if (!/^(?:0|[1-9]\d{0,12})(?:\.0{1,2})?$/.test(text)) return null
  const amountRp = Number(text.split('.')[0])
  return amountRp <= MAX_RP ? amountRp : null
}

/** An amount as providers write it, exactly, or an issue. */
export const providerRp = v.pipe(
  v.union([v.pipe(v.string(), v.maxLength(20)), v.number()]),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const amountRp = rupiahOf(dataset.value)
    if (amountRp !== null) return amountRp
    addIssue({ message: 'amount.not_whole_rupiah' })
    return NEVER
  }),
)

/** A provider's id, word or message. Longer ones, or with control characters, are not theirs. */
export function providerText(max: number) {
  return v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max),
    v.regex(/^[^\p{Cc}]*$/u, 'text.control_character'),
  )
}

/** The provider's explanation, cut to what a log line or a manager's page can hold. */
export const providerMessage = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/\p{Cc}/gu, ' ').slice(0, 200)),
)

/** "2026-11-21 19:05:00", which Midtrans means in GMT+7 without saying so, as epoch milliseconds. */
export const jakartaTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, 'time.malformed'),
  v.transform((text) => Date.parse(`${text.replace(' ', 'T')}+07:00`)),
  v.safeInteger('time.malformed'),
)

/** ISO 8601 with its offset, as epoch milliseconds. */
export const isoTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/, 'time.malformed'),
  v.transform((text) => Date.parse(text)),
  v.safeInteger('time.malformed'),
)
