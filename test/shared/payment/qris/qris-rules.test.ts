import { describe, expect, test } from 'vitest'
import { crcOf } from '#shared/payment/qris/crc.ts'
import { QRIS_RULES } from '#shared/payment/qris/qris-refusal.ts'
import { MAX_QRIS_RP, parseQris } from '#shared/payment/qris.ts'
import { account, codeWith, object, STATIC, seal, template } from './sample-qris.ts'

const body = STATIC.slice(0, -8)
const register = template(['00', 'ID.CO.QRIS.WWW'], ['02', 'ID9999999999999'])
const without = (id: string) => template(...account.filter(([key]) => key !== id))
const but = (id: string, value: string) =>
  template(...account.map(([key, old]) => (key === id ? ([key, value] as const) : ([key, old] as const))))
const transfer = { '01': '12', '51': null, '26': null, '40': template(...account) }

/** One case at least for each rule of reading: what breaks it, and the object that is blamed. */
const CASES: readonly (readonly [keyof typeof QRIS_RULES, string, string])[] = [
  ['qris.empty', '', ''],
  [
    'qris.too_long',
    codeWith({ '80': 'x'.repeat(99), '81': 'x'.repeat(99), '82': 'x'.repeat(99), '83': 'x'.repeat(99) }),
    '',
  ],
  ['qris.text_malformed', codeWith({ '59': 'KOPI\nCONTOH' }), ''],
  ['qris.text_malformed', codeWith({ '59': 'KOPI \ud800' }), ''],
  ['qris.text_malformed', codeWith({ '59': 'KOPI \u202eHTNOC' }), ''],
  ['qris.header_malformed', seal(`${body}AA03360`), 'AA'],
  ['qris.header_malformed', seal(`${body}62-1`), '62'],
  ['qris.header_malformed', seal(body.replace('5204', '520٤')), '52'],
  ['qris.object_empty', seal(`${body}6500`), '65'],
  ['qris.object_empty', codeWith({ '62': '0700' }), '62-07'],
  ['qris.object_truncated', STATIC.slice(0, 100), '51'],
  ['qris.object_truncated', codeWith({ '62': '0709T07' }), '62-07'],
  ['qris.object_truncated', codeWith({ '62': '0704T07' }), '62-07'],
  ['qris.object_truncated', codeWith({ '62': '0703T07050' }), '62-05'],
  ['qris.object_repeated', seal(`${body}5303360`), '53'],
  ['qris.object_repeated', codeWith({ '62': '0703T070703T08' }), '62-07'],
  ['qris.format_indicator_not_first', seal(body.slice(6)), '00'],
  ['qris.format_indicator_length', seal(`0003010${body.slice(6)}`), '00'],
  ['qris.crc_missing', body, '63'],
  ['qris.crc_not_last', `${STATIC}6503abc`, '63'],
  ['qris.crc_length', `${body}630544120`, '63'],
  ['qris.crc_length', `${body}6303412`, '63'],
  ['qris.crc_not_hex', `${body}6304412G`, '63'],
  [
    'qris.crc_lower_case',
    `${codeWith({}).slice(0, -4)}${crcOf(codeWith({}).slice(0, -4)).toLowerCase()}`,
    '63',
  ],
  ['qris.crc_mismatch', `${body}63044121`, '63'],
  ['qris.format_indicator_unknown', codeWith({ '00': '02' }), '00'],
  ['qris.point_unknown', codeWith({ '01': '13' }), '01'],
  ['qris.account_missing', codeWith({ '26': null, '51': null }), '02-51'],
  ['qris.category_missing', codeWith({ '52': null }), '52'],
  ['qris.category_malformed', codeWith({ '52': '58A4' }), '52'],
  ['qris.currency_missing', codeWith({ '53': null }), '53'],
  ['qris.currency_malformed', codeWith({ '53': '36O' }), '53'],
  ...['38,500', 'Rp38500', '3.85e4', '-500', '+500', '38 500', '1.000.000', '.5', '1__', '٣', ' 1'].map(
    (amount) => ['qris.amount_malformed', codeWith({ '54': amount }), '54'] as const,
  ),
  ['qris.amount_too_long', codeWith({ '54': '38500000000.00' }), '54'],
  ['qris.amount_zero', codeWith({ '54': '0' }), '54'],
  ['qris.amount_zero', codeWith({ '54': '0.00' }), '54'],
  ['qris.tip_unknown', codeWith({ '55': '09' }), '55'],
  ['qris.fee_missing', codeWith({ '55': '02' }), '56'],
  ['qris.fee_malformed', codeWith({ '55': '02', '56': '1,5' }), '56'],
  ['qris.fee_unasked', codeWith({ '55': '01', '56': '500' }), '56'],
  ['qris.percentage_missing', codeWith({ '55': '03' }), '57'],
  ...['0', '100', '5%', '10.123', '-1'].map(
    (percentage) => ['qris.percentage_malformed', codeWith({ '55': '03', '57': percentage }), '57'] as const,
  ),
  ['qris.percentage_unasked', codeWith({ '57': '5' }), '57'],
  ['qris.country_missing', codeWith({ '58': null }), '58'],
  ['qris.country_malformed', codeWith({ '58': 'id' }), '58'],
  ['qris.name_missing', codeWith({ '59': null }), '59'],
  ['qris.name_too_long', codeWith({ '59': 'K'.repeat(26) }), '59'],
  ['qris.city_missing', codeWith({ '60': null }), '60'],
  ['qris.city_too_long', codeWith({ '60': 'B'.repeat(16) }), '60'],
  ['qris.postal_code_too_long', codeWith({ '61': '40111401114' }), '61'],
  ...['01', '02', '03', '04', '05', '06', '07', '08'].map(
    (id) => ['qris.label_too_long', codeWith({ '62': object([id, 'x'.repeat(26)]) }), `62-${id}`] as const,
  ),
  ...['AA', 'B', 'AMEA', 'a'].map(
    (letters) =>
      ['qris.consumer_data_malformed', codeWith({ '62': object(['09', letters]) }), '62-09'] as const,
  ),
  ['qris.not_merchant_code', codeWith({ '52': null, '58': 'TH', '59': null, '60': null }), ''],
  ...['DMCT', 'XBCT', 'BOOK', 'CDPT', 'CWDL'].map(
    (purpose) =>
      ['qris.transfer_code', codeWith({ ...transfer, '62': object(['08', purpose]) }), '62-08'] as const,
  ),
  ['qris.country_foreign', codeWith({ '58': 'SG' }), '58'],
  ['qris.currency_foreign', codeWith({ '53': '840' }), '53'],
  ['qris.amount_fraction', codeWith({ '54': '38.500' }), '54'],
  ['qris.amount_fraction', codeWith({ '54': '38.000' }), '54'],
  ['qris.amount_fraction', codeWith({ '54': '38500.50' }), '54'],
  ['qris.name_with_pipe', codeWith({ '59': 'KOPI|CONTOH' }), '59'],
  ['qris.city_with_pipe', codeWith({ '60': 'BAN|DUNG' }), '60'],
  ['qris.postal_code_missing', codeWith({ '61': null }), '61'],
  [
    'qris.domestic_account_missing',
    codeWith({ '01': '12', '26': null, '51': null, '46': template(...account) }),
    '02-45',
  ],
  ['qris.domain_missing', codeWith({ '26': without('00') }), '26-00'],
  ['qris.domain_malformed', codeWith({ '26': but('00', 'EXAMPLE') }), '26-00'],
  ['qris.domain_malformed', codeWith({ '26': but('00', `ID.${'X'.repeat(30)}`) }), '26-00'],
  ['qris.pan_missing', codeWith({ '26': without('01') }), '26-01'],
  ['qris.pan_malformed', codeWith({ '26': but('01', '93600999900000000001') }), '26-01'],
  ['qris.pan_malformed', codeWith({ '26': but('01', '9360099990000000A') }), '26-01'],
  ['qris.pan_malformed', codeWith({ '26': but('01', '9360099') }), '26-01'],
  ['qris.merchant_id_too_long', codeWith({ '26': but('02', '9'.repeat(16)) }), '26-02'],
  ['qris.criteria_malformed', codeWith({ '26': but('03', 'MICRO') }), '26-03'],
  ['qris.repository_missing', codeWith({ '51': null }), '51'],
  ['qris.repository_foreign', codeWith({ '51': register.replace('QRIS', 'QRAS') }), '51-00'],
  ['qris.domain_missing', codeWith({ '51': object(['02', 'ID9999999999999']) }), '51-00'],
  ['qris.nmid_missing', codeWith({ '51': object(['00', 'ID.CO.QRIS.WWW']) }), '51-02'],
  [
    'qris.nmid_malformed',
    codeWith({ '51': `${object(['00', 'ID.CO.QRIS.WWW'])}${object(['02', 'ID99999999999999'])}` }),
    '51-02',
  ],
  ['qris.criteria_malformed', codeWith({ '51': `${register}${object(['03', '12'])}` }), '51-03'],
  ['qris.proprietary_malformed', codeWith({ '62': object(['99', 'TG0H0C8UCRIW']) }), '62-99'],
  ['qris.proprietary_malformed', codeWith({ '62': object(['99', object(['01', 'ABC'])]) }), '62-99'],
  ['qris.proprietary_malformed', codeWith({ '62': object(['99', object(['00', 'X'.repeat(33)])]) }), '62-99'],
  [
    'qris.proprietary_malformed',
    codeWith({ '62': object(['99', template(['00', '0'], ['01', 'A'.repeat(82)])]) }),
    '62-99',
  ],
  ['qris.amount_over_limit', codeWith({ '54': String(MAX_QRIS_RP + 1) }), '54'],
]

/** Rules of writing only; their cases are beside the writers. */
const WRITING = [
  'qris.object_too_long',
  'qris.amount_not_whole',
  'qris.already_dynamic',
  'qris.surcharge_forbidden',
  'qris.label_malformed',
  'qris.tag_out_of_range',
]

test.each(CASES)('%s: %s', (code, payload, at) => {
  expect(parseQris(payload)).toEqual({ ok: false, refusal: { code, layer: QRIS_RULES[code], at } })
})

test('every rule of reading has a case', () => {
  const tried = new Set<string>(CASES.map(([code]) => code))
  expect(Object.keys(QRIS_RULES).filter((code) => !tried.has(code))).toEqual(WRITING)
})

describe('what is allowed', () => {
  const allowed: readonly (readonly [string, string])[] = [
    ['a code without a point of initiation', codeWith({ '01': null })],
    ['a dynamic code without the register', codeWith({ '01': '12', '51': null })],
    ['the register alone', codeWith({ '26': null })],
    ['a card scheme besides', codeWith({ '15': '31041800520446JDBMSZZXE44BFS03' })],
    [
      'the register as older codes write it',
      codeWith({ '51': register.replace('14ID.CO.QRIS', '15ID.OR.GPNQR') }),
    ],
    ['a domain that is the literal 00', codeWith({ '26': but('00', '00') })],
    ['a domain of 32 characters', codeWith({ '26': but('00', `ID.${'X'.repeat(29)}`) })],
    ['a PAN of 19 digits', codeWith({ '26': but('01', '9360099990000000001') })],
    ['an account without criteria', codeWith({ '26': without('03') })],
    ['a name of 25 characters that are not ASCII', codeWith({ '59': 'É'.repeat(25) })],
    ['a name of 25 characters outside the basic plane', codeWith({ '59': '🙂'.repeat(25) })],
    ['a city of 15 characters', codeWith({ '60': 'B'.repeat(15) })],
    ['a postal code of 10 characters', codeWith({ '61': '1234567890' })],
    ['a category with a leading zero', codeWith({ '52': '0742' })],
    ['labels that ask the payer', codeWith({ '62': template(['01', '***'], ['02', '***']) })],
    ['all that may be asked of the payer', codeWith({ '62': object(['09', 'EMA']) })],
    ['an unknown label', codeWith({ '62': object(['50', '75c036c0-2f87-cf77']) })],
    ['unknown root objects', codeWith({ '65': 'abc', '80': 'def' })],
    ['a shop whose purpose is BOOK', codeWith({ '62': object(['08', 'BOOK']) })],
    ['a tip that is asked for', codeWith({ '55': '01' })],
    ['a fixed fee', codeWith({ '55': '02', '56': '1500' })],
    ['a fee in percent', codeWith({ '55': '03', '57': '99.99' })],
    ['the ceiling itself', codeWith({ '54': String(MAX_QRIS_RP) })],
    [
      'the domestic template',
      codeWith({ '62': object(['99', template(['00', '00'], ['01', 'A'.repeat(81)])]) }),
    ],
  ]
  test.each(allowed)('%s', (_, payload) => {
    expect(parseQris(payload)).toMatchObject({ ok: true })
  })

  test.each([
    ['38500', 38_500],
    ['38500.', 38_500],
    ['38500.0', 38_500],
    ['38500.00', 38_500],
    ['38.00', 38],
    ['1', 1],
  ])('the amount %s is %i rupiah', (amount, amountRp) => {
    expect(parseQris(codeWith({ '54': amount }))).toMatchObject({ ok: true, value: { amountRp } })
  })

  test('objects in any order', () => {
    const shuffled = seal(
      `000201${object(['62', object(['07', 'T07'])])}${object(['61', '40111'])}${object(['54', '97.00'])}${object(['60', 'BANDUNG'])}` +
        `${object(['59', 'KOPI CONTOH'])}5802ID5303360${object(['52', '5814'])}${object(['51', register])}${object(['26', template(...[...account].reverse())])}010211`,
    )
    expect(parseQris(shuffled)).toMatchObject({ ok: true, value: { amountRp: 97, point: 'static' } })
  })

  test('the ceiling is the caller’s to move', () => {
    const payload = codeWith({ '54': '15000000' })
    expect(parseQris(payload, { maxRp: 20_000_000 }).ok).toBe(true)
  })
})

test('the CRC of the nine digits is the published check value', () => {
  expect(crcOf('123456789')).toBe('29B1')
})
