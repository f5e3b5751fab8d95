import { expect, test } from 'vitest'
import {
  forgetCode,
  isSameTable,
  isSeatFresh,
  rememberCode,
  SEAT_LASTS_MS,
  type Seat,
} from '../../../client/tables/seat.ts'

function seat(token: string, tableId: string | null = `tbl_${token}`, scannedAtMs = 0): Seat {
  const table = tableId === null ? null : { id: tableId, label: 'A7', areaName: 'Dalam' }
  return { token, outletId: 'out_1', table, scannedAtMs }
}

test('a seat lasts half a day; on the next morning nobody sits there', () => {
  expect(isSeatFresh(seat('a'), SEAT_LASTS_MS - 1)).toBe(true)
  expect(isSeatFresh(seat('a'), SEAT_LASTS_MS)).toBe(false)
})

test('a code scanned again moves to the front, and the oldest of many is forgotten', () => {
  let codes: readonly Seat[] = []
  for (let place = 0; place < 25; place++) codes = rememberCode(codes, seat(`t${place}`))
  expect(codes).toHaveLength(20)
  expect(codes.some((each) => each.token === 't0')).toBe(false)
  expect(rememberCode(codes, seat('t10'))[0]?.token).toBe('t10')
  expect(rememberCode(codes, seat('t10'))).toHaveLength(20)
})

test('a code that was replaced is forgotten', () => {
  expect(forgetCode([seat('a'), seat('b')], 'a').map((each) => each.token)).toEqual(['b'])
})

test('two codes of one table are the same place, a counter is none', () => {
  expect(isSameTable(seat('a', 'tbl_1'), seat('b', 'tbl_1'))).toBe(true)
  expect(isSameTable(seat('a', 'tbl_1'), seat('b', 'tbl_2'))).toBe(false)
  expect(isSameTable(seat('a', 'tbl_1'), seat('b', null))).toBe(false)
})
