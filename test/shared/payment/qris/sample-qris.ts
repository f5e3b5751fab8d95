import fc from 'fast-check'
import { crcOf } from '#shared/payment/qris/crc.ts'
import type { QrisContent } from '#shared/payment/qris/qris-content.ts'

export const STATIC =
  '00020101021126690017ID.CO.EXAMPLE.WWW011893609999000000001702159999000000000010303UMI51440014ID.CO.QRIS.WWW0215ID99999999999990303UMI5204581453033605802ID5911KOPI CONTOH6007BANDUNG61054011162070703T0763044120'

/** One object with its length counted, as `[id, value]`. */
export function object([id, value]: readonly [string, string]): string {
  return `${id}${String([...value].length).padStart(2, '0')}${value}`
}

export function seal(body: string): string {
  return `${body}6304${crcOf(`${body}6304`)}`
}

export const account = [
  ['00', 'ID.CO.EXAMPLE.WWW'],
  ['01', '936099990000000017'],
  ['02', '999900000000001'],
  ['03', 'UMI'],
] as const
const repository = [
  ['00', 'ID.CO.QRIS.WWW'],
  ['02', 'ID9999999999999'],
] as const

export function template(...inside: readonly (readonly [string, string])[]): string {
  return inside.map(object).join('')
}

/** A sound static code as a table of root objects, with changes: null leaves one out. */
export function codeWith(changes: { readonly [id: string]: string | null }): string {
  const root: Record<string, string | null> = {
    '00': '01',
    '01': '11',
    '26': template(...account),
    '51': template(...repository),
    '52': '5814',
    '53': '360',
    '58': 'ID',
    '59': 'KOPI CONTOH',
    '60': 'BANDUNG',
    '61': '40111',
    ...changes,
  }
  const present = Object.entries(root).flatMap(([id, value]) =>
    value === null ? [] : [[id, value] as const],
  )
  present.sort(([a], [b]) => a.localeCompare(b))
  return seal(present.map(object).join(''))
}

const DIGITS = [...'0123456789']
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const PRINTABLE = [...' !#$%&()*+,-./0123456789:;=?@ABCXYZabcxyz63040102É京🙂']

const chars = (alphabet: readonly string[], minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((list) => list.join(''))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const domain = chars(LETTERS, 2, 9).map((word) => `ID.CO.${word}.WWW`)
const labels = chars(PRINTABLE, 1, 8)
const criteria = maybe(fc.constantFrom('UMI', 'UKE', 'UME', 'UBE', 'URE'))

function objectsFrom(ids: readonly string[], max: number) {
  return fc
    .uniqueArray(fc.constantFrom(...ids), { maxLength: max })
    .chain((chosen) => fc.tuple(...[...chosen].sort().map((id) => labels.map((value) => ({ id, value })))))
}

/** Any content that may be written. */
export const content: fc.Arbitrary<QrisContent> = fc.record({
  point: fc.constantFrom('static', 'dynamic', null),
  cards: objectsFrom(['02', '04', '15', '25'], 2),
  accounts: fc
    .uniqueArray(fc.constantFrom('26', '27', '30', '45'), { minLength: 1, maxLength: 2 })
    .chain((tags) =>
      fc.tuple(
        ...[...tags].sort().map((tag) =>
          fc.record({
            tag: fc.constant(tag),
            domain: fc.oneof(domain, fc.constant('00')),
            pan: chars(DIGITS, 8, 19),
            merchantId: maybe(chars(DIGITS, 1, 15)),
            criteria,
            others: objectsFrom(['04', '50'], 1),
          }),
        ),
      ),
    ),
  repository: fc.record({
    domain: fc.constantFrom('ID.CO.QRIS.WWW', 'ID.OR.GPNQR.WWW'),
    nmid: chars(DIGITS, 1, 13).map((digits) => `ID${digits}`),
    criteria,
    others: fc.constant([]),
  }),
  category: chars(DIGITS, 4, 4),
  amountRp: maybe(fc.integer({ min: 1, max: 10_000_000 })),
  tip: maybe(fc.constant({ kind: 'asked' } as const)),
  merchantName: chars(PRINTABLE, 1, 25),
  city: chars(PRINTABLE, 1, 15),
  postalCode: chars(DIGITS, 1, 10),
  additional: maybe(
    fc.record({
      billNumber: maybe(labels),
      mobile: maybe(fc.constant('***')),
      storeLabel: maybe(labels),
      loyaltyNumber: fc.constant(null),
      reference: maybe(labels),
      customerLabel: fc.constant(null),
      terminal: labels,
      purpose: maybe(labels),
      consumerData: maybe(fc.constantFrom('A', 'ME', 'EMA')),
      others: objectsFrom(['10', '50', '98'], 1),
    }),
  ),
  others: objectsFrom(
    ['46', '50', '64', '65', '80', '99'].filter((id) => !['46', '50', '64'].includes(id)),
    2,
  ),
})
