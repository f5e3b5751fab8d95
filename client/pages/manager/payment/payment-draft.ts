import { isRp } from '#shared/kernel/money.ts'
import type { PaymentSettings, PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import type { QrisRefusal } from '#shared/payment/qris/qris-refusal.ts'
import { MAX_QRIS_RP, parseQris } from '#shared/payment/qris.ts'

/** A copy of the settings that a form may change. */
export function paymentDraftOf(record: PaymentSettingsRecord): PaymentSettings {
  const { id: _id, rev: _rev, outletNumber: _number, isStaticQrisDoubtful: _doubt, ...settings } = record
  return JSON.parse(JSON.stringify(settings)) as PaymentSettings
}

export function isSamePayment(a: PaymentSettings, b: PaymentSettings): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What a static code says about whose it is, or why it cannot be used. */
type StaticReading =
  | { readonly kind: 'right'; readonly name: string; readonly city: string; readonly nmid: string | null }
  | { readonly kind: 'dynamic' }
  | { readonly kind: 'fee' }
  | { readonly kind: 'wrong'; readonly refusal: QrisRefusal }

export function readStatic(text: string, maxRp: number): StaticReading {
  const read = parseQris(text, { maxRp })
  if (!read.ok) return { kind: 'wrong', refusal: read.refusal }
  const { point, tip, merchantName, city, repository } = read.value
  if (point === 'dynamic') return { kind: 'dynamic' }
  // The payer would be asked for more than the bill.
  if (tip !== null && tip.kind !== 'asked') return { kind: 'fee' }
  return { kind: 'right', name: merchantName, city, nmid: repository?.nmid ?? null }
}

type Method = PaymentSettings['methods'][number]

/** Guests are offered them in this order: it stays as it is, and what comes new stands last, save QRIS. */
export function withMethod(methods: readonly Method[], method: Method, isOn: boolean): Method[] {
  const others = methods.filter((each) => each !== method)
  if (!isOn) return others
  if (methods.includes(method)) return [...methods]
  return method === 'qris' ? [method, ...others] : [...others, method]
}

export type PaymentProblem = 'methods' | 'provider' | 'static' | 'tips' | 'minutes' | 'max'

/** What keeps the settings from being saved. */
export function paymentProblems(draft: PaymentSettings): ReadonlySet<PaymentProblem> {
  const { methods, provider, staticQris, tips, codeMinutes, maxQrisRp } = draft
  const problems = new Set<PaymentProblem>()
  if (methods.length === 0) problems.add('methods')
  if (methods.includes('qris') && provider === 'manual') problems.add('provider')
  const isStaticWrong = staticQris !== null && readStatic(staticQris, maxQrisRp).kind !== 'right'
  if (isStaticWrong || (methods.includes('qris_static') && staticQris === null)) problems.add('static')
  if (tips.isOn && (tips.choicesRp.length === 0 || !tips.choicesRp.every((rp) => isRp(rp) && rp > 0))) {
    problems.add('tips')
  }
  if (!Number.isInteger(codeMinutes) || codeMinutes < 15 || codeMinutes > 60) problems.add('minutes')
  if (!isRp(maxQrisRp) || maxQrisRp < 1 || maxQrisRp > 2 * MAX_QRIS_RP) problems.add('max')
  return problems
}
