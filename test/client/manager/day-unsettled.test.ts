import { expect, it } from 'vitest'
import { dayEn } from '../../../client/i18n/cashier/day.en.ts'
import { dayId } from '../../../client/i18n/cashier/day.id.ts'
import type { OpenBills } from '../../../client/pages/manager/day/day-books.ts'
import { unsettledText } from '../../../client/pages/manager/day/unsettled.ts'

const settled: OpenBills = {
  bills: [],
  count: 0,
  owesRp: 0,
  unbilled: { visits: 0, owesRp: 0 },
  earlier: { bills: 0, owesRp: 0 },
  dueBack: [],
}
const due = { billId: 'bil_a', code: '700123456789', tableLabel: 'A5', dueBackRp: 27_500 }

it('counts money that guests are to get back before a day is closed', () => {
  const openBills = { ...settled, count: 1, unbilled: { visits: 1, owesRp: 22_000 }, dueBack: [due] }
  const said = unsettledText({ providers: [], openBills }, dayId.unsettled, 'id')
  expect(said).toMatch(
    /^Belum beres: 2 tagihan yang belum lunas dan Rp27\.500 yang harus dikembalikan \(1 tagihan\)\./,
  )
  const alone = { ...settled, dueBack: [due] }
  expect(unsettledText({ providers: [], openBills: alone }, dayEn.unsettled, 'en')).toMatch(
    /^Not settled: Rp27\.500 to be given back \(1 bill\)\./,
  )
})

it('says nothing where nothing is unsettled', () => {
  expect(unsettledText({ providers: [], openBills: settled }, dayId.unsettled, 'id')).toBe('')
})
