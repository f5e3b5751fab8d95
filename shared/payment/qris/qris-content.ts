// What a QRIS says, in words instead of numbers. Every object of a payload has its place here, unknown
// ones in `others`, so that content can be written down again; only the order of objects is not kept.
// Fees stay text: the house reads them to refuse them and never computes with them.
import type { EmvCode } from './emv-rules.ts'
import type { TlvObject } from './tlv.ts'
import { textOf } from './tlv.ts'

/** An acquirer's account, objects 26 to 45. The PAN's first 8 digits name the acquirer; no Luhn digit. */
export type QrisAccount = {
  readonly tag: string
  readonly domain: string
  readonly pan: string
  readonly merchantId: string | null
  /** UMI micro, UKE small, UME medium, UBE large, URE regular; absent counts as URE. */
  readonly criteria: string | null
  readonly others: readonly TlvObject[]
}

/** Object 51: the shop's entry in the national register. */
export type QrisRepository = {
  readonly domain: string
  readonly nmid: string
  readonly criteria: string | null
  readonly others: readonly TlvObject[]
}

type QrisTip =
  | { readonly kind: 'asked' }
  | { readonly kind: 'fixed'; readonly fee: string }
  | { readonly kind: 'percentage'; readonly percentage: string }

/** Object 62. "***" means that the wallet asks the payer. */
export type QrisAdditional = {
  readonly billNumber: string | null
  readonly mobile: string | null
  readonly storeLabel: string | null
  readonly loyaltyNumber: string | null
  readonly reference: string | null
  readonly customerLabel: string | null
  readonly terminal: string | null
  readonly purpose: string | null
  /** Letters A (address), M (mobile), E (e-mail). */
  readonly consumerData: string | null
  readonly others: readonly TlvObject[]
}

export type QrisContent = {
  /** `static` is shown to every payer, `dynamic` was made for one payment; null where it does not say. */
  readonly point: 'static' | 'dynamic' | null
  /** Card schemes, objects 02 to 25, as they stand. */
  readonly cards: readonly TlvObject[]
  readonly accounts: readonly QrisAccount[]
  readonly repository: QrisRepository | null
  /** Merchant category, four digits as text: "0742" exists. */
  readonly category: string
  /** Whole rupiah; null where the payer types the amount. */
  readonly amountRp: number | null
  readonly tip: QrisTip | null
  readonly merchantName: string
  readonly city: string
  readonly postalCode: string
  readonly additional: QrisAdditional | null
  /** Root objects that none of the fields above holds: 46 to 50 and 64 to 99. */
  readonly others: readonly TlvObject[]
}

/** The labels of object 62 and their IDs. */
export const LABELS = {
  billNumber: '01',
  mobile: '02',
  storeLabel: '03',
  loyaltyNumber: '04',
  reference: '05',
  customerLabel: '06',
  terminal: '07',
  purpose: '08',
  consumerData: '09',
} as const
export type Label = keyof typeof LABELS
export const LABEL_NAMES = Object.keys(LABELS) as readonly Label[]

/** True for a root ID that only `others` holds. */
export function isOtherRoot(id: string): boolean {
  return (id >= '46' && id <= '50') || id >= '64'
}

function accountOf(tag: string, inside: readonly TlvObject[]): QrisAccount {
  return {
    tag,
    domain: textOf(inside, '00') ?? '',
    pan: textOf(inside, '01') ?? '',
    merchantId: textOf(inside, '02'),
    criteria: textOf(inside, '03'),
    others: inside.filter(({ id }) => id > '03'),
  }
}

function repositoryOf(inside: readonly TlvObject[]): QrisRepository {
  return {
    domain: textOf(inside, '00') ?? '',
    nmid: textOf(inside, '02') ?? '',
    criteria: textOf(inside, '03'),
    others: inside.filter(({ id }) => !['00', '02', '03'].includes(id)),
  }
}

function additionalOf(inside: readonly TlvObject[]): QrisAdditional {
  const known = new Set<string>(Object.values(LABELS))
  const labels = Object.fromEntries(LABEL_NAMES.map((name) => [name, textOf(inside, LABELS[name])]))
  return {
    ...(labels as Record<Label, string | null>),
    others: inside.filter(({ id }) => !known.has(id)),
  }
}

function tipOf(root: readonly TlvObject[]): QrisTip | null {
  switch (textOf(root, '55')) {
    case '01':
      return { kind: 'asked' }
    case '02':
      return { kind: 'fixed', fee: textOf(root, '56') ?? '' }
    case '03':
      return { kind: 'percentage', percentage: textOf(root, '57') ?? '' }
    default:
      return null
  }
}

/** The content of a code that the rules of EMV and QRIS have accepted. */
export function contentOf({ objects, templates }: EmvCode): QrisContent {
  const point = textOf(objects, '01')
  const amount = textOf(objects, '54')
  const repository = templates.get('51')
  const additional = templates.get('62')
  return {
    point: point === null ? null : point === '11' ? 'static' : 'dynamic',
    cards: objects.filter(({ id }) => id >= '02' && id <= '25'),
    accounts: objects
      .filter(({ id }) => id >= '26' && id <= '45')
      .map(({ id }) => accountOf(id, templates.get(id) ?? [])),
    repository: repository ? repositoryOf(repository) : null,
    category: textOf(objects, '52') ?? '',
    amountRp: amount === null ? null : Number(amount),
    tip: tipOf(objects),
    merchantName: textOf(objects, '59') ?? '',
    city: textOf(objects, '60') ?? '',
    postalCode: textOf(objects, '61') ?? '',
    additional: additional ? additionalOf(additional) : null,
    others: objects.filter(({ id }) => isOtherRoot(id)),
  }
}
