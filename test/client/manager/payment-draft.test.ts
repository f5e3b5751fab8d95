import { describe, expect, it } from 'vitest'
import { closeEnvelope } from '#shared/payment/qris/envelope.ts'
import { MAX_QRIS_RP, parseQris } from '#shared/payment/qris.ts'
import { withMethod } from '../../../client/pages/manager/payment/payment-draft.ts'
import { compareStatic } from '../../../client/pages/manager/payment/static-compare.ts'

/** A merchant that does not exist. */
const STATIC =
  '00020101021126690017ID.CO.EXAMPLE.WWW011893609999000000001702159999000000000010303UMI51440014ID.CO.QRIS.WWW0215ID99999999999990303UMI5204581453033605802ID5911KOPI CONTOH6007BANDUNG61054011162070703T0763044120'

function named(name: string): string {
  const read = parseQris(STATIC)
  const objects = read.ok ? read.value.objects : []
  const closed = closeEnvelope(objects.map((one) => (one.id === '59' ? { ...one, value: name } : one)))
  return closed.ok ? closed.value : ''
}

describe('The ways to pay that an owner ticks', () => {
  it.each([
    [['qris', 'cash'], 'card', true, ['qris', 'cash', 'card']],
    [['qris', 'cash'], 'qris', true, ['qris', 'cash']],
    [['card', 'cash'], 'card', false, ['cash']],
    [['cash'], 'qris', true, ['qris', 'cash']],
  ] as const)('%j with %s %j are %j', (before, method, isOn, after) => {
    expect(withMethod(before, method, isOn)).toEqual(after)
  })
})

describe('A static code in doubt beside the approved one', () => {
  it('shows the one letter that was changed', () => {
    const [name, city] = compareStatic(STATIC, named('KOPI CONTOM'), MAX_QRIS_RP)
    expect(name).toEqual({
      field: 'name',
      before: 'KOPI CONTOH',
      now: 'KOPI CONTOM',
      pieces: [
        { text: 'KOPI CONTO', isOther: false },
        { text: 'M', isOther: true },
      ],
    })
    expect(city?.pieces).toEqual([{ text: 'BANDUNG', isOther: false }])
  })

  it('stands alone where nobody knows any more what was approved, and is missing where it cannot be read', () => {
    expect(compareStatic(null, STATIC, MAX_QRIS_RP)[0]).toMatchObject({ before: null, now: 'KOPI CONTOH' })
    expect(compareStatic(STATIC, 'QRIS', MAX_QRIS_RP)).toEqual([])
  })
})
