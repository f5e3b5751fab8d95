import { expect, test } from 'vitest'
import { parseEmv, parseQris } from '#shared/payment/qris.ts'
import vectors from './qris-vectors.json'

type Fields = { readonly [id: string]: string | { readonly [id: string]: string } }

/** Which fault names of the vectors a refusal of this code may answer to. */
const FAULTS: Readonly<Record<string, string>> = {
  'qris.crc_missing': 'missing',
  'qris.crc_not_last': 'order',
  'qris.crc_length': 'length',
  'qris.object_repeated': 'duplicate',
  'qris.object_truncated': 'truncated',
  'qris.header_malformed': 'bad-header',
  'qris.format_indicator_not_first': 'bad-header',
  'qris.format_indicator_length': 'length',
  'qris.format_indicator_unknown': 'value',
  'qris.point_unknown': 'value',
  'qris.crc_mismatch': 'crc-mismatch',
  'qris.crc_not_hex': 'crc-not-hex',
  'qris.crc_lower_case': 'crc-case',
  'qris.category_malformed': 'format',
  'qris.amount_malformed': 'format',
  'qris.amount_zero': 'format',
  'qris.amount_fraction': 'format',
  'qris.tip_unknown': 'value',
}

function faultOf(code: string): string {
  const known = FAULTS[code]
  if (known) return known
  if (code.endsWith('_missing')) return 'missing'
  if (code.endsWith('_too_long')) return 'length'
  return code
}

test.each(vectors.map((vector) => [vector.id, vector] as const))(
  'the vector %s is read as written',
  (_, vector) => {
    const read = parseQris(vector.payload)
    if (vector.valid && vector.profile === 'qris') {
      expect(read).toMatchObject({ ok: true })
      return
    }
    expect(read.ok).toBe(false)
    if (read.ok) return
    if (!vector.valid) {
      expect(read.refusal.layer).toBe(vector.failsAt)
      const named = vector.codes.map((fault) => fault.split(':')[0])
      expect(named).toContain(faultOf(read.refusal.code))
      return
    }
    // Sound codes of other countries and of transfers: nothing is wrong with them but that no shop is paid.
    expect(read.refusal.layer).toBe('qris')
    if (vector.profile === 'emv') expect(parseEmv(vector.payload).ok).toBe(true)
    if (vector.profile === 'qris-transfer') expect(read.refusal.code).toBe('qris.transfer_code')
    if (vector.profile === 'emv-credit-transfer') expect(read.refusal.code).toBe('qris.not_merchant_code')
  },
)

const withFields = vectors.filter((vector) => 'fields' in vector && vector.profile === 'qris')

test.each(withFields.map((vector) => [vector.id, vector] as const))(
  '%s says what its fields say',
  (_, vector) => {
    const fields = vector.fields as unknown as Fields
    const read = parseQris(vector.payload)
    if (!read.ok) throw new Error(read.refusal.code)
    const qris = read.value
    expect([...qris.objects.map((object) => object.id), '63'].sort()).toEqual(Object.keys(fields).sort())
    expect(qris.merchantName).toBe(fields['59'])
    expect(qris.city).toBe(fields['60'])
    expect(qris.postalCode).toBe(fields['61'])
    expect(qris.category).toBe(fields['52'])
    expect(qris.amountRp).toBe(fields['54'] === undefined ? null : Number(fields['54']))
    for (const account of qris.accounts) {
      expect(fields[account.tag]).toMatchObject({ '00': account.domain, '01': account.pan })
    }
    expect(qris.additional?.terminal ?? undefined).toBe(
      (fields['62'] as Record<string, string> | undefined)?.['07'],
    )
  },
)
