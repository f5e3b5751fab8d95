import { describe, expect, it } from 'vitest'
import { providerDays } from '#shared/payment/provider-day.ts'
import { dayToCsv } from '../../../../server/payment/days/day-csv.ts'

const DISCOUNT = {
  at_ms: Date.UTC(2026, 10, 18, 3),
  kind: 'discounted',
  method: null,
  provider: null,
  amount_rp: 0,
  is_practice: 0,
  bill_id: null,
  payment_id: null,
  refund_id: null,
  provider_ref: null,
  actor_name: 'Sari',
  approved_by: null,
  device_id: null,
  reason: '',
}

const SUM = { provider: 'manual', isPractice: false, receipts: 1, refunds: 1 } as const

/** The last cell of a day with one move whose reason reads so. */
function reasonCell(reason: string): string {
  const move = { ...DISCOUNT, reason }
  const csv = dayToCsv([move], 'Asia/Jakarta', 'id')
  const lines = csv.split('\r\n')
  expect(lines).toHaveLength(3)
  const start = '"2026-11-18","10.00","potongan","","",0,,,"","","","","Sari","","",'
  expect(lines[1]?.startsWith(start)).toBe(true)
  return lines[1]?.slice(start.length) ?? ''
}

describe("the day's file", () => {
  it('has discounts as numbers, and after the moves what was expected beside what was found', () => {
    const move = { ...DISCOUNT, reason: 'gelas pecah (5000 Rp)' }
    const line = {
      paymentId: 'pay_1',
      provider: 'xendit',
      isPractice: false,
      providerRef: 'pr-1',
      status: 'paid',
      askedRp: 9000,
      bookedRp: 9000,
      providerRp: 0,
      createdAtMs: 1,
      askedAtMs: 1,
      isAwaited: false,
      returningRp: 0,
      wasMoved: true,
    } as const
    const csv = dayToCsv([move], 'Asia/Jakarta', 'id', {
      sums: [
        { ...SUM, method: 'cash', receivedRp: 60_000, refundedRp: 10_000 },
        {
          ...SUM,
          method: 'qris',
          provider: 'practice',
          isPractice: true,
          receivedRp: 9000,
          refundedRp: 9000,
        },
      ],
      expectedCashRp: 50_000,
      countedCashRp: 48_000,
      providers: providerDays([line]),
      openBills: {
        bills: [{ billId: 'bil_1', tableLabel: 'A7', owesRp: 7000 }],
        dueBack: [{ billId: 'bil_2', tableLabel: null, dueBackRp: 4000 }],
      },
    })
    const lines = csv.trimEnd().split('\r\n')
    expect(lines[1]).toContain('"potongan","","",0,,5000,')
    expect(lines[1]).toContain('"gelas pecah"')
    expect(lines.slice(2)).toEqual([
      '',
      'cara_bayar,masuk_rp,dikembalikan_rp,sisa_rp',
      '"tunai",60000,-10000,50000',
      '"QRIS latihan (simulasi)",9000,-9000,0',
      '"jumlah tanpa simulasi",60000,-10000,50000',
      '',
      'perkara,seharusnya_rp,ternyata_rp,selisih_rp,rujukan',
      '"tunai",50000,48000,-2000,""',
      '"Xendit",9000,0,-9000,""',
      '"Xendit: berbeda",9000,0,-9000,"pr-1"',
      '"tagihan belum lunas A7",7000,0,-7000,"bil_1"',
      '"perlu dikembalikan ambil sendiri",0,4000,4000,"bil_2"',
    ])
  })
})

describe("no cell of the day's file runs in a spreadsheet", () => {
  it.each([
    ['gelas pecah', '"gelas pecah"'],
    ['=1+1', `"'=1+1"`],
    ['+62', `"'+62"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['＝1+1', `"'＝1+1"`],
    [' =1+1', `"' =1+1"`],
    ['\u200b=1+1', `"'\u200b=1+1"`],
    ['\t=1+1', `"' =1+1"`],
    ['a\r\n=1+1', '"a =1+1"'],
    ['a;=HYPERLINK("http://x")', `"a;'=HYPERLINK(""http://x"")"`],
    ['a; b', '"a; b"'],
  ])('%j', (reason, cell) => {
    expect(reasonCell(reason)).toBe(cell)
  })
})
