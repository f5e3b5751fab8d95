import { expect, it } from 'vitest'
import { unpaidRp, visitTotals } from '../../../../client/board/visits/visit-totals.ts'
import { billFor, makeId, orderOf, paid, paymentOf } from '../../payment/sample-money.ts'

const visitId = makeId('vis')

it('says what a table owes before it is closed: without a bill by its orders, with one by what is paid', () => {
  const orders = [orderOf(1, [[20_000, 1]], visitId), orderOf(1, [[10_000, 1]], visitId)]
  expect(unpaidRp(orders, [], [], visitId)).toBe(33_000)
  const bill = { ...billFor(orders), visitId }
  const part = paid(paymentOf(11_000, { billId: bill.id }))
  expect(unpaidRp(orders, [bill], [part], visitId)).toBe(22_000)
  const rest = paid(paymentOf(22_000, { billId: bill.id }))
  expect(unpaidRp(orders, [bill], [part, rest], visitId)).toBe(0)
})

it('waits for nothing that nobody accepted, nor for other tables', () => {
  const order = { ...orderOf(1, [[20_000, 1]], visitId), status: 'placed' } as const
  expect(unpaidRp([order, orderOf(1, [[9000, 1]], makeId('vis'))], [], [], visitId)).toBe(0)
})

it('tells what closing would reject from what goes on being made', () => {
  const [accepted, asked] = [orderOf(1, [[20_000, 1]], visitId), orderOf(1, [[10_000, 2]], visitId)]
  const unanswered = { ...asked, status: 'placed', presence: 'proven' } as const
  const totals = visitTotals([accepted, unanswered], [], [], visitId)
  expect(totals).toMatchObject({ unansweredCount: 1, unansweredRp: 22_000, owedRp: 44_000 })
  expect(unpaidRp([accepted, unanswered], [], [], visitId)).toBe(totals.owedRp - totals.unansweredRp)
})

it('takes off the bill what closing rejects only where that is on it', () => {
  const [accepted, asked] = [orderOf(1, [[20_000, 1]], visitId), orderOf(1, [[10_000, 2]], visitId)]
  const part = (billId: string) => paid(paymentOf(11_000, { billId }))
  const stranger = { ...asked, status: 'placed', presence: 'unproven' } as const
  const without = { ...billFor([accepted]), visitId }
  expect(unpaidRp([accepted, stranger], [without], [part(without.id)], visitId)).toBe(11_000)
  const friend = { ...asked, status: 'placed', presence: 'proven' } as const
  const joined = { ...billFor([accepted, friend]), visitId }
  expect(unpaidRp([accepted, friend], [joined], [part(joined.id)], visitId)).toBe(11_000)
})
