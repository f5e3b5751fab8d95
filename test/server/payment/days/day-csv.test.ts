import { describe, expect, it } from 'vitest'
import { dayToCsv } from '../../../../server/payment/days/day-csv.ts'

/** The last cell of a day with one move whose reason reads so. */
function reasonCell(reason: string): string {
  const move = {
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
    reason,
  }
  const csv = dayToCsv([move], 'Asia/Jakarta', 'id')
  const lines = csv.split('\r\n')
  expect(lines).toHaveLength(3)
  const start = '"2026-11-18","10.00","potongan","","",0,,"","","","","Sari","","",'
  expect(lines[1]?.startsWith(start)).toBe(true)
  return lines[1]?.slice(start.length) ?? ''
}

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
