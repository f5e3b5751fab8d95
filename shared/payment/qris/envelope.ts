// The envelope of a payload: "00" with "01" stands first, "63" with the CRC last, and the CRC covers
// everything up to and including "6304". Case counts: the four digits are upper-case.
// Only objects are looked at, never the text "6304", which may also be part of a bill number.
// Source: EMV QRCPS Merchant-Presented Mode 1.1, 4.7.3; QRIS technical document, 4.6.1.
import { ok, type Result } from '../../kernel/result.ts'
import { crcOf } from './crc.ts'
import { type QrisRefusal, refuseQris } from './qris-refusal.ts'
import { isPlainText, lengthOf, MAX_PAYLOAD, readObjects, type TlvObject, writeObjects } from './tlv.ts'

/** The root objects of `payload` without the CRC, when the list is whole; `checkCrc` is the next question. */
export function openEnvelope(payload: string): Result<readonly TlvObject[], QrisRefusal> {
  if (payload === '') return refuseQris('qris.empty')
  // The first comparison spares a megabyte of junk from being split into characters.
  if (payload.length > 2 * MAX_PAYLOAD || lengthOf(payload) > MAX_PAYLOAD) return refuseQris('qris.too_long')
  if (!isPlainText(payload)) return refuseQris('qris.text_malformed')
  const read = readObjects(payload)
  if (!read.ok) return payload.startsWith('00') ? read : refuseQris('qris.format_indicator_not_first', '00')
  const objects = read.value
  const [first] = objects
  if (first?.id !== '00') return refuseQris('qris.format_indicator_not_first', '00')
  if (lengthOf(first.value) !== 2) return refuseQris('qris.format_indicator_length', '00')
  const last = objects.at(-1)
  if (last?.id !== '63') {
    const isElsewhere = objects.some((object) => object.id === '63')
    return refuseQris(isElsewhere ? 'qris.crc_not_last' : 'qris.crc_missing', '63')
  }
  if (lengthOf(last.value) !== 4) return refuseQris('qris.crc_length', '63')
  return ok(objects.slice(0, -1))
}

/** The payload itself when its last four characters are the CRC of all before them. */
export function checkCrc(payload: string): Result<string, QrisRefusal> {
  const declared = payload.slice(-4)
  if (!/^[0-9A-Fa-f]{4}$/.test(declared)) return refuseQris('qris.crc_not_hex', '63')
  if (/[a-f]/.test(declared)) return refuseQris('qris.crc_lower_case', '63')
  return crcOf(payload.slice(0, -4)) === declared ? ok(payload) : refuseQris('qris.crc_mismatch', '63')
}

/** The payload of root `objects` (without "63"), in their order, with its CRC. */
export function closeEnvelope(objects: readonly TlvObject[]): Result<string, QrisRefusal> {
  const body = writeObjects(objects)
  if (!body.ok) return body
  if (!isPlainText(body.value)) return refuseQris('qris.text_malformed')
  const covered = `${body.value}6304`
  const payload = `${covered}${crcOf(covered)}`
  return lengthOf(payload) > MAX_PAYLOAD ? refuseQris('qris.too_long') : ok(payload)
}
