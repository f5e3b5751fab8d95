import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildQris, type DynamicRequest, parseQris, toDynamic } from '#shared/payment/qris.ts'
import vectors from './qris-vectors.json'
import { codeWith, content, object, STATIC, template } from './sample-qris.ts'

function read(payload: string) {
  const result = parseQris(payload)
  if (!result.ok) throw new Error(`${result.refusal.code} at ${result.refusal.at}`)
  return result.value
}

describe('building', () => {
  test('what was built is read back as it was', () => {
    let built = 0
    fc.assert(
      fc.property(content, (wanted) => {
        const payload = buildQris(wanted)
        if (!payload.ok) {
          expect(['qris.object_too_long', 'qris.too_long']).toContain(payload.refusal.code)
          return
        }
        built += 1
        const { objects, ...back } = read(payload.value)
        expect(back).toEqual(wanted)
        expect(objects.map(({ id }) => id)).toEqual(objects.map(({ id }) => id).sort())
      }),
      { numRuns: 3000 },
    )
    expect(built).toBeGreaterThan(1500)
  })

  test('a code that was read is written again to the same payload when its objects ascend', () => {
    expect(buildQris(read(STATIC))).toEqual({ ok: true, value: STATIC })
  })

  const sample = read(STATIC)
  const [first] = sample.accounts
  test.each([
    ['qris.surcharge_forbidden', { ...sample, tip: { kind: 'fixed', fee: '1000' } as const }],
    ['qris.surcharge_forbidden', { ...sample, tip: { kind: 'percentage', percentage: '0.7' } as const }],
    ['qris.amount_not_whole', { ...sample, amountRp: 38_500.5 }],
    ['qris.amount_not_whole', { ...sample, amountRp: -1 }],
    ['qris.amount_zero', { ...sample, amountRp: 0 }],
    ['qris.amount_over_limit', { ...sample, amountRp: 10_000_001 }],
    ['qris.tag_out_of_range', { ...sample, others: [{ id: '54', value: '1' }] }],
    ['qris.tag_out_of_range', { ...sample, others: [{ id: '6', value: '1' }] }],
    ['qris.tag_out_of_range', { ...sample, cards: [{ id: '26', value: '1' }] }],
    ['qris.tag_out_of_range', { ...sample, accounts: [{ ...first!, tag: '51' }] }],
    ['qris.object_empty', { ...sample, merchantName: '' }],
    ['qris.object_too_long', { ...sample, merchantName: 'K'.repeat(100) }],
    ['qris.name_too_long', { ...sample, merchantName: 'K'.repeat(26) }],
    ['qris.text_malformed', { ...sample, merchantName: 'KOPI\u0000' }],
    ['qris.object_repeated', { ...sample, accounts: [first!, first!] }],
  ])('%s is refused in writing', (code, wanted) => {
    expect(buildQris(wanted)).toMatchObject({ ok: false, refusal: { code } })
  })
})

describe('from static to dynamic', () => {
  test('the pair of the vectors', () => {
    const dynamic = vectors.find(({ id }) => id === 'our-dynamic-38500')!.payload
    expect(toDynamic(STATIC, { amountRp: 38_500, billNumber: 'INV20261121-0042' })).toEqual({
      ok: true,
      value: dynamic,
    })
  })

  const request: fc.Arbitrary<DynamicRequest> = fc.record(
    {
      amountRp: fc.integer({ min: 1, max: 10_000_000 }),
      billNumber: fc.constantFrom('INV-1', 'A6304BCD', '5802ID', '010211', '54055000'),
      reference: fc.constantFrom('R1', '010211', '***x'),
    },
    { requiredKeys: ['amountRp'] },
  )

  test('nothing changes but 01, 54, 62 and the CRC, and nothing moves', () => {
    let made = 0
    fc.assert(
      fc.property(content, request, fc.nat(), (wanted, asked, turn) => {
        const built = buildQris({ ...wanted, point: turn % 3 === 0 ? null : 'static' })
        if (!built.ok) return
        const payload = toDynamic(built.value, asked)
        if (!payload.ok) {
          expect(['qris.object_too_long', 'qris.too_long']).toContain(payload.refusal.code)
          return
        }
        made += 1
        const before = read(built.value)
        const after = read(payload.value)
        const changed = ['01', '54', '62']
        const rest = (list: typeof before.objects) => list.filter(({ id }) => !changed.includes(id))
        expect(rest(after.objects)).toEqual(rest(before.objects))
        expect(after.point).toBe('dynamic')
        expect(after.amountRp).toBe(asked.amountRp)
        const labels = {
          ...(asked.billNumber === undefined ? {} : { billNumber: asked.billNumber }),
          ...(asked.reference === undefined ? {} : { reference: asked.reference }),
        }
        if (Object.keys(labels).length === 0) expect(after.additional).toEqual(before.additional)
        else expect(after.additional).toMatchObject({ ...before.additional, ...labels })
      }),
      { numRuns: 2000 },
    )
    expect(made).toBeGreaterThan(800)
  })

  test('an amount that is there is replaced where it stands', () => {
    const payload = toDynamic(codeWith({ '54': '500' }), { amountRp: 900 })
    expect(payload.ok && read(payload.value).objects.filter(({ id }) => id === '54')).toEqual([
      { id: '54', value: '900' },
    ])
  })

  test('untouched labels keep their place', () => {
    const code = codeWith({ '62': template(['07', 'T07'], ['50', 'x'], ['05', 'old']) })
    const payload = toDynamic(code, { amountRp: 900, reference: 'new' })
    expect(payload.ok && read(payload.value).objects.find(({ id }) => id === '62')?.value).toBe(
      template(['07', 'T07'], ['50', 'x'], ['05', 'new']),
    )
  })

  test.each([
    ['qris.already_dynamic', codeWith({ '01': '12' }), { amountRp: 1 }],
    ['qris.surcharge_forbidden', codeWith({ '55': '02', '56': '1000' }), { amountRp: 1 }],
    ['qris.amount_not_whole', STATIC, { amountRp: 0.5 }],
    ['qris.amount_not_whole', STATIC, { amountRp: Number.NaN }],
    ['qris.amount_zero', STATIC, { amountRp: 0 }],
    ['qris.amount_over_limit', STATIC, { amountRp: 10_000_001 }],
    ['qris.label_malformed', STATIC, { amountRp: 1, billNumber: '***' }],
    ['qris.label_malformed', STATIC, { amountRp: 1, billNumber: '' }],
    ['qris.label_malformed', STATIC, { amountRp: 1, reference: 'x'.repeat(26) }],
    ['qris.label_malformed', STATIC, { amountRp: 1, reference: 'Ébène' }],
    [
      'qris.object_too_long',
      codeWith({ '62': object(['50', 'x'.repeat(90)]) }),
      { amountRp: 1, billNumber: 'INV-1' },
    ],
    ['qris.crc_mismatch', `${STATIC.slice(0, -1)}1`, { amountRp: 1 }],
  ])('%s is refused', (code, payload, asked) => {
    expect(toDynamic(payload, asked)).toMatchObject({ ok: false, refusal: { code } })
  })
})
