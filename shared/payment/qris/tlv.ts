// A QRIS text is a flat list of objects: two digits of ID, two digits of length (01 to 99), the value.
// The length counts characters (Unicode code points), not bytes. A template's value is such a list again.
// An ID occurs once in its list: of two amounts neither is the last word, the text is refused.
// Source: EMV QRCPS Merchant-Presented Mode 1.1, section 3; QRIS technical document, 4.3.1.2.
import { ok, type Result } from '../../kernel/result.ts'
import { type QrisRefusal, refuseQris } from './qris-refusal.ts'

/** The longest text read or written, in characters; the longest QRIS seen in public has 274. */
export const MAX_PAYLOAD = 512
/** Two digits of length hold no more. */
const MAX_VALUE = 99

export type TlvObject = { readonly id: string; readonly value: string }

// NUL, line breaks and direction marks have no place in a name that is shown to the payer.
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** How long a value is as its length field counts it: in code points. */
export function lengthOf(value: string): number {
  return [...value].length
}

/** The path of an object inside the template `parent`: "62-01"; at the root just "62". */
export function pathOf(parent: string, id: string): string {
  return parent === '' ? id : `${parent}-${id}`
}

/** True for text that may be in a payload: well-formed, without control or direction characters. */
export function isPlainText(text: string): boolean {
  return !FORBIDDEN.test(text)
}

/** The objects of `text` in their order; `parent` is the path of the template, empty at the root. */
export function readObjects(text: string, parent = ''): Result<readonly TlvObject[], QrisRefusal> {
  const characters = [...text]
  const objects: TlvObject[] = []
  const seen = new Set<string>()
  let position = 0
  while (position < characters.length) {
    const header = characters.slice(position, position + 4).join('')
    if (!/^\d+$/.test(header)) return refuseQris('qris.header_malformed', pathOf(parent, header.slice(0, 2)))
    if (header.length < 4) return refuseQris('qris.object_truncated', pathOf(parent, header.slice(0, 2)))
    const id = header.slice(0, 2)
    const at = pathOf(parent, id)
    const length = Number(header.slice(2))
    if (length === 0) return refuseQris('qris.object_empty', at)
    const value = characters.slice(position + 4, position + 4 + length)
    if (value.length < length) return refuseQris('qris.object_truncated', at)
    if (seen.has(id)) return refuseQris('qris.object_repeated', at)
    seen.add(id)
    objects.push({ id, value: value.join('') })
    position += 4 + length
  }
  return ok(objects)
}

/** The text of `objects` as they stand; refuses a value that is empty or does not fit. */
export function writeObjects(objects: readonly TlvObject[], parent = ''): Result<string, QrisRefusal> {
  let text = ''
  for (const { id, value } of objects) {
    const length = lengthOf(value)
    if (length === 0) return refuseQris('qris.object_empty', pathOf(parent, id))
    if (length > MAX_VALUE) return refuseQris('qris.object_too_long', pathOf(parent, id))
    text += `${id}${String(length).padStart(2, '0')}${value}`
  }
  return ok(text)
}

/** The value of the object `id`, or null. */
export function textOf(objects: readonly TlvObject[], id: string): string | null {
  return objects.find((object) => object.id === id)?.value ?? null
}

/** The value of the object `id` replaced where it stands; put behind the last smaller ID when it was not there. */
export function withObject(objects: readonly TlvObject[], id: string, value: string): readonly TlvObject[] {
  if (objects.some((object) => object.id === id)) {
    return objects.map((object) => (object.id === id ? { id, value } : object))
  }
  const before = objects.findLastIndex((object) => object.id < id)
  return [...objects.slice(0, before + 1), { id, value }, ...objects.slice(before + 1)]
}
