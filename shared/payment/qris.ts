// QRIS: the Indonesian merchant-presented QR code. Read strictly, written by the same rules: whatever is
// built here is read back before it leaves, so that nothing leaves that would be refused on its return.
// A static code becomes a dynamic one by four changes and no fifth: 01, 54, 62 and the CRC. Such a code
// is unknown to the acquirer: no notice, no expiry, no refund call; a person confirms the payment.
// Sources: EMV QRCPS Merchant-Presented Mode 1.1; QRIS technical document; PBI 23/6/PBI/2021 art. 52
// (the merchant bears the fee, so no fee of ours is ever written into a code).
import { isRp } from '../kernel/money.ts'
import { ok, type Result } from '../kernel/result.ts'
import { checkEmv, type EmvCode, openTemplates } from './qris/emv-rules.ts'
import { checkCrc, closeEnvelope, openEnvelope } from './qris/envelope.ts'
import {
  contentOf,
  isOtherRoot,
  LABEL_NAMES,
  LABELS,
  type QrisAccount,
  type QrisAdditional,
  type QrisContent,
  type QrisRepository,
} from './qris/qris-content.ts'
import { type QrisRefusal, refuseQris } from './qris/qris-refusal.ts'
import { checkPurpose, checkQris } from './qris/qris-rules.ts'
import { type TlvObject, withObject, writeObjects } from './qris/tlv.ts'

/** Bank Indonesia's ceiling of one QRIS payment. */
export const MAX_QRIS_RP = 10_000_000

/** A QRIS as it was read: its content, and the root objects (without the CRC) in the payload's order. */
type Qris = QrisContent & { readonly objects: readonly TlvObject[] }

type QrisLimits = { readonly maxRp?: number }

export type DynamicRequest = {
  /** Whole rupiah, 1 to the ceiling. */
  readonly amountRp: number
  /** Up to 25 characters of printable ASCII, for 62-01. */
  readonly billNumber?: string
  /** Up to 25 characters of printable ASCII, for 62-05. */
  readonly reference?: string
}

/** A merchant code of any country: structure, CRC and the rules of EMV hold. */
export function parseEmv(payload: string): Result<EmvCode, QrisRefusal> {
  const objects = openEnvelope(payload)
  if (!objects.ok) return objects
  const code = openTemplates(objects.value)
  if (!code.ok) return code
  const crc = checkCrc(payload)
  if (!crc.ok) return crc
  const merchant = checkPurpose(code.value)
  return merchant.ok ? checkEmv(merchant.value) : merchant
}

/** The QRIS in `payload`, or the first rule it breaks. Never throws, whatever the text. */
export function parseQris(payload: string, limits: QrisLimits = {}): Result<Qris, QrisRefusal> {
  const emv = parseEmv(payload)
  if (!emv.ok) return emv
  const code = checkQris(emv.value, limits.maxRp ?? MAX_QRIS_RP)
  return code.ok ? ok({ ...contentOf(code.value), objects: code.value.objects }) : code
}

function optional(id: string, value: string | null): readonly TlvObject[] {
  return value === null ? [] : [{ id, value }]
}

function accountObjects(account: QrisAccount): readonly TlvObject[] {
  return [
    { id: '00', value: account.domain },
    { id: '01', value: account.pan },
    ...optional('02', account.merchantId),
    ...optional('03', account.criteria),
    ...account.others,
  ]
}

function repositoryObjects(repository: QrisRepository): readonly TlvObject[] {
  return [
    { id: '00', value: repository.domain },
    { id: '02', value: repository.nmid },
    ...optional('03', repository.criteria),
    ...repository.others,
  ]
}

function additionalObjects(additional: QrisAdditional): readonly TlvObject[] {
  return [...LABEL_NAMES.flatMap((name) => optional(LABELS[name], additional[name])), ...additional.others]
}

/** The first object of `content` that carries an ID which is not its own; else it would be read as another. */
function misplacedId(content: QrisContent): string | null {
  const has = (id: string, first: string, last: string) => /^\d\d$/.test(id) && id >= first && id <= last
  const wrong = [
    ...content.cards.filter(({ id }) => !has(id, '02', '25')).map(({ id }) => id),
    ...content.accounts.filter(({ tag }) => !has(tag, '26', '45')).map(({ tag }) => tag),
    ...content.accounts
      .flatMap(({ others }) => others.filter(({ id }) => !has(id, '04', '99')))
      .map(({ id }) => id),
    ...(content.repository?.others ?? [])
      .filter(({ id }) => !has(id, '04', '99') && id !== '01')
      .map(({ id }) => id),
    ...(content.additional?.others ?? [])
      .filter(({ id }) => !has(id, '10', '99') && id !== '00')
      .map(({ id }) => id),
    ...content.others.filter(({ id }) => !has(id, '00', '99') || !isOtherRoot(id)).map(({ id }) => id),
  ]
  return wrong[0] ?? null
}

function rootObjects(content: QrisContent): Result<readonly TlvObject[], QrisRefusal> {
  const templates: TlvObject[] = []
  const wanted = [
    ...content.accounts.map((account) => ({ id: account.tag, inside: accountObjects(account) })),
    ...(content.repository ? [{ id: '51', inside: repositoryObjects(content.repository) }] : []),
    ...(content.additional ? [{ id: '62', inside: additionalObjects(content.additional) }] : []),
  ]
  for (const { id, inside } of wanted) {
    const value = writeObjects(inside, id)
    if (!value.ok) return value
    templates.push({ id, value: value.value })
  }
  const pointCode = content.point === 'static' ? '11' : '12'
  return ok(
    [
      { id: '00', value: '01' },
      ...optional('01', content.point === null ? null : pointCode),
      ...content.cards,
      ...templates,
      { id: '52', value: content.category },
      { id: '53', value: '360' },
      ...optional('54', content.amountRp === null ? null : String(content.amountRp)),
      ...optional('55', content.tip === null ? null : '01'),
      { id: '58', value: 'ID' },
      { id: '59', value: content.merchantName },
      { id: '60', value: content.city },
      { id: '61', value: content.postalCode },
      ...content.others,
    ].sort((a, b) => Number(a.id) - Number(b.id)),
  )
}

/**
 * The payload of `content`, objects in ascending order. Whole rupiah only; a tip may be asked for, a fee
 * may not be charged. Whatever `parseQris` would refuse is refused with the same code.
 */
export function buildQris(content: QrisContent, limits: QrisLimits = {}): Result<string, QrisRefusal> {
  if (content.tip !== null && content.tip.kind !== 'asked')
    return refuseQris('qris.surcharge_forbidden', '55')
  if (content.amountRp !== null && !isRp(content.amountRp)) return refuseQris('qris.amount_not_whole', '54')
  const misplaced = misplacedId(content)
  if (misplaced !== null) return refuseQris('qris.tag_out_of_range', misplaced)
  const objects = rootObjects(content)
  if (!objects.ok) return objects
  return sealed(objects.value, limits)
}

/** The payload of `objects`, when the reader takes it back. */
function sealed(objects: readonly TlvObject[], limits: QrisLimits): Result<string, QrisRefusal> {
  const payload = closeEnvelope(objects)
  if (!payload.ok) return payload
  const read = parseQris(payload.value, limits)
  return read.ok ? payload : read
}

/** Labels are typed by staff of other firms and printed on slips: printable ASCII, and never "ask the payer". */
function isLabel(label: string): boolean {
  return /^[\x20-\x7e]{1,25}$/.test(label) && label.trim() !== '' && label !== '***'
}

/** The objects with 54 in place: where it was, or else directly behind the currency. */
function withAmount(objects: readonly TlvObject[], amountRp: number): readonly TlvObject[] {
  const value = String(amountRp)
  if (objects.some(({ id }) => id === '54')) return withObject(objects, '54', value)
  return objects.flatMap((object) => (object.id === '53' ? [object, { id: '54', value }] : [object]))
}

/**
 * The same code for one payment of `amountRp`: 01 becomes 12, 54 is set, the labels given go into 62,
 * the CRC is computed anew; every other object stays as it is, where it is.
 * Refuses a code that is already dynamic (it belongs to somebody's transaction) and one that carries a
 * fee (the payer would be asked for more than the bill).
 */
export function toDynamic(
  staticPayload: string,
  request: DynamicRequest,
  limits: QrisLimits = {},
): Result<string, QrisRefusal> {
  const read = parseQris(staticPayload, limits)
  if (!read.ok) return read
  const { point, tip, objects } = read.value
  if (point === 'dynamic') return refuseQris('qris.already_dynamic', '01')
  if (tip !== null && tip.kind !== 'asked') return refuseQris('qris.surcharge_forbidden', '55')
  if (!isRp(request.amountRp)) return refuseQris('qris.amount_not_whole', '54')
  let changed = withAmount(withObject(objects, '01', '12'), request.amountRp)
  const labels = [
    { id: LABELS.billNumber, value: request.billNumber },
    { id: LABELS.reference, value: request.reference },
  ].flatMap(({ id, value }) => (value === undefined ? [] : [{ id, value }]))
  const wrong = labels.find(({ value }) => !isLabel(value))
  if (wrong) return refuseQris('qris.label_malformed', `62-${wrong.id}`)
  if (labels.length > 0) {
    const opened = openTemplates(objects)
    if (!opened.ok) return opened
    let inside = opened.value.templates.get('62') ?? []
    for (const { id, value } of labels) inside = withObject(inside, id, value)
    const value = writeObjects(inside, '62')
    if (!value.ok) return value
    changed = withObject(changed, '62', value.value)
  }
  return sealed(changed, limits)
}
