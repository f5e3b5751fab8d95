// How an outlet takes money. Paying first or at the end is chosen for each kind of order; a tip is asked
// for only where the owner wants it. Making a dynamic code of the static one is the owner's own choice
// and off by default, since nobody but a person looking at the merchant app can say that it was paid.
import * as v from 'valibot'
import { id, list, rp, whole, words } from '../kernel/schema.ts'
import { cashRoundingSchema } from './cash.ts'
import { PAYMENT_METHODS, PROVIDERS } from './payment.ts'
import { MAX_OUTLET_NUMBER } from './payment-code.ts'
import { MAX_QRIS_RP } from './qris.ts'

const when = v.picklist(['first', 'end'])

export const paymentSettingsSchema = v.strictObject({
  methods: list(v.picklist(PAYMENT_METHODS), PAYMENT_METHODS.length),
  provider: v.picklist(PROVIDERS),
  payWhen: v.strictObject({ table: when, pickup: when }),
  cashRounding: cashRoundingSchema,
  tips: v.strictObject({ isOn: v.boolean(), choicesRp: list(rp, 4) }),
  /** The outlet's static code as its acquirer issued it, checked by `parseQris` when saved and when drawn. */
  staticQris: v.nullable(words(512)),
  convertsStaticQris: v.boolean(),
  /** The most that one QRIS payment may be, in rupiah. */
  maxQrisRp: whole(1, 2 * MAX_QRIS_RP),
  /** How long a code can be paid; providers are unreliable below a quarter of an hour. */
  codeMinutes: whole(15, 60),
})
export type PaymentSettings = v.InferOutput<typeof paymentSettingsSchema>

/** Record `payment_settings` of the streams of the outlet and of its desk; its id is the outlet's. */
export const paymentSettingsRecordSchema = v.strictObject({
  id: id('out'),
  rev: whole(1, Number.MAX_SAFE_INTEGER),
  /** What the outlet's payment codes begin with. */
  outletNumber: whole(0, MAX_OUTLET_NUMBER),
  ...paymentSettingsSchema.entries,
  /** The stored static code is not the one that a manager approved: it is not drawn until one approves it anew. */
  isStaticQrisDoubtful: v.boolean(),
})
export type PaymentSettingsRecord = v.InferOutput<typeof paymentSettingsRecordSchema>

/** The ways in which money can come now: a static code that is missing or in doubt is offered to nobody. */
export function openMethods(
  settings: Pick<PaymentSettingsRecord, 'methods' | 'staticQris' | 'isStaticQrisDoubtful'>,
): PaymentSettings['methods'] {
  const hasStatic = settings.staticQris !== null && !settings.isStaticQrisDoubtful
  return settings.methods.filter((each) => each !== 'qris_static' || hasStatic)
}

export const DEFAULT_PAYMENT_SETTINGS: PaymentSettings = {
  methods: ['cash'],
  provider: 'manual',
  payWhen: { table: 'end', pickup: 'first' },
  cashRounding: { stepRp: 100, direction: 'nearest' },
  tips: { isOn: false, choicesRp: [] },
  staticQris: null,
  convertsStaticQris: false,
  maxQrisRp: MAX_QRIS_RP,
  codeMinutes: 15,
}
