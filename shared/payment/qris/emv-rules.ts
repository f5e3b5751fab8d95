// What every merchant-presented code must be, whatever its country: the root objects, their lengths and
// forms. An unknown ID is kept and not judged. Fees: "55" 02 comes with "56", 03 with "57", and neither
// of them comes without being announced, else two readers would charge two sums.
// Source: EMV QRCPS Merchant-Presented Mode 1.1, tables 3.5 to 3.8; QRIS technical document, 4.7 and 4.8.
import { ok, type Result } from '../../kernel/result.ts'
import { type QrisRefusal, type QrisRefusalCode, refuseQris } from './qris-refusal.ts'
import { lengthOf, readObjects, type TlvObject, textOf } from './tlv.ts'

export type EmvCode = {
  /** Root objects in their order, without "63". */
  readonly objects: readonly TlvObject[]
  /** The objects inside each template: 26 to 51, 62, 64. */
  readonly templates: ReadonlyMap<string, readonly TlvObject[]>
}

type Verdict = { readonly code: QrisRefusalCode; readonly at: string } | null

function isTemplate(id: string): boolean {
  return (id >= '26' && id <= '51') || id === '62' || id === '64'
}

/** A wrong object of fixed form: `missing` where it must be there, `malformed` where it does not match. */
function form(
  root: readonly TlvObject[],
  at: string,
  pattern: RegExp,
  missing: QrisRefusalCode | null,
  malformed: QrisRefusalCode,
): Verdict {
  const value = textOf(root, at)
  if (value === null) return missing === null ? null : { code: missing, at }
  return pattern.test(value) ? null : { code: malformed, at }
}

/** Digits with at most one dot, at most 13 characters, not zero: "38500", "38500.00", "38500.". */
function amountVerdict(value: string | null, at: string, malformed: QrisRefusalCode): Verdict {
  if (value === null) return null
  const isAmount = at === '54'
  if (lengthOf(value) > 13) return { code: isAmount ? 'qris.amount_too_long' : malformed, at }
  if (!/^\d+(\.\d*)?$/.test(value)) return { code: malformed, at }
  if (!/[1-9]/.test(value)) return { code: isAmount ? 'qris.amount_zero' : malformed, at }
  return null
}

/** More than zero and less than a hundred, at most 5 characters. */
function percentageVerdict(value: string): Verdict {
  const isForm = lengthOf(value) <= 5 && /^\d+(\.\d*)?$/.test(value)
  if (isForm && Number(value) > 0 && Number(value) < 100) return null
  return { code: 'qris.percentage_malformed', at: '57' }
}

function tipVerdict(root: readonly TlvObject[]): Verdict {
  const tip = textOf(root, '55')
  const fee = textOf(root, '56')
  const percentage = textOf(root, '57')
  if (tip !== null && !['01', '02', '03'].includes(tip)) return { code: 'qris.tip_unknown', at: '55' }
  if (tip === '02' && fee === null) return { code: 'qris.fee_missing', at: '56' }
  if (tip !== '02' && fee !== null) return { code: 'qris.fee_unasked', at: '56' }
  if (tip === '03' && percentage === null) return { code: 'qris.percentage_missing', at: '57' }
  if (tip !== '03' && percentage !== null) return { code: 'qris.percentage_unasked', at: '57' }
  if (percentage !== null) return percentageVerdict(percentage)
  return amountVerdict(fee, '56', 'qris.fee_malformed')
}

function additionalVerdict(additional: readonly TlvObject[]): Verdict {
  for (const { id, value } of additional) {
    const at = `62-${id}`
    if (id >= '01' && id <= '08' && lengthOf(value) > 25) return { code: 'qris.label_too_long', at }
    if (id === '09' && (!/^[AME]{1,3}$/.test(value) || new Set(value).size !== value.length)) {
      return { code: 'qris.consumer_data_malformed', at }
    }
  }
  return null
}

function rootVerdict(root: readonly TlvObject[]): Verdict {
  return (
    form(root, '00', /^01$/, null, 'qris.format_indicator_unknown') ??
    form(root, '01', /^1[12]$/, null, 'qris.point_unknown') ??
    (root.some(({ id }) => id >= '02' && id <= '51')
      ? null
      : { code: 'qris.account_missing', at: '02-51' }) ??
    form(root, '52', /^\d{4}$/, 'qris.category_missing', 'qris.category_malformed') ??
    form(root, '53', /^\d{3}$/, 'qris.currency_missing', 'qris.currency_malformed') ??
    amountVerdict(textOf(root, '54'), '54', 'qris.amount_malformed') ??
    tipVerdict(root) ??
    form(root, '58', /^[A-Z]{2}$/, 'qris.country_missing', 'qris.country_malformed') ??
    form(root, '59', /^.{1,25}$/u, 'qris.name_missing', 'qris.name_too_long') ??
    form(root, '60', /^.{1,15}$/u, 'qris.city_missing', 'qris.city_too_long') ??
    form(root, '61', /^.{1,10}$/u, null, 'qris.postal_code_too_long')
  )
}

/** The code with its templates opened; every template must be a list of objects itself. */
export function openTemplates(objects: readonly TlvObject[]): Result<EmvCode, QrisRefusal> {
  const templates = new Map<string, readonly TlvObject[]>()
  for (const { id, value } of objects) {
    if (!isTemplate(id)) continue
    const read = readObjects(value, id)
    if (!read.ok) return read
    templates.set(id, read.value)
  }
  return ok({ objects, templates })
}

/** The first rule of EMV that `code` breaks, or the code itself. */
export function checkEmv(code: EmvCode): Result<EmvCode, QrisRefusal> {
  const verdict = rootVerdict(code.objects) ?? additionalVerdict(code.templates.get('62') ?? [])
  return verdict === null ? ok(code) : refuseQris(verdict.code, verdict.at)
}
