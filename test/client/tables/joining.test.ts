// Before `document` is a stand-in, which Vue looks into as it loads.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { isSeatLeft } from '../../../client/tables/seat.ts'
import { createLocks, openTab, takePhone, until, withLocks } from '../../support/phone-tab.ts'

const realTimeout = globalThis.setTimeout
const TOKEN = '0123456789abcdef'
const NOON = Date.now()
const table = { id: 'tbl_1', label: 'A7', areaName: 'Dalam' }
const seat = { token: TOKEN, outletId: 'out_1', table, scannedAtMs: NOON - 60_000 }

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { getElementById: () => null }))
  vi.stubGlobal('setTimeout', (work: () => void, ms = 0) => realTimeout(work, ms / 100))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function place(visit: number, more: Partial<VisitPhone> = {}): VisitPhone {
  const visitId = `vis_${String(visit).padStart(26, '0')}`
  return {
    id: `${visitId}.1`,
    rev: 1,
    visitId,
    outletId: 'out_1',
    tableLabel: 'A7',
    number: 1,
    state: 'admitted',
    isVisitOpen: false,
    closedAtMs: NOON,
    ...more,
  }
}

test('a seat is left when this phone’s own last visit there was closed after the scan', () => {
  expect(isSeatLeft(seat, [place(1)])).toBe(true)
  expect(isSeatLeft({ ...seat, scannedAtMs: NOON }, [place(1)])).toBe(false)
  expect(isSeatLeft(seat, [])).toBe(false)
  expect(isSeatLeft(seat, [place(1), place(2, { isVisitOpen: true })])).toBe(false)
  expect(isSeatLeft(seat, [place(2), place(1, { isVisitOpen: true })])).toBe(true)
})

test('another table, another outlet, a code of the counter, an end that is not known: the seat is not left', () => {
  expect(isSeatLeft(seat, [place(1, { tableLabel: 'B1' })])).toBe(false)
  expect(isSeatLeft(seat, [place(1, { outletId: 'out_2' })])).toBe(false)
  expect(isSeatLeft({ ...seat, table: null }, [place(1)])).toBe(false)
  const { closedAtMs: _, ...untold } = place(1)
  expect(isSeatLeft(seat, [untold])).toBe(false)
  // The phone's own clock may be wrong by years.
  expect(isSeatLeft({ ...seat, isUnheard: true }, [place(1)])).toBe(false)
})

/** A phone whose visit at A7 was closed, its stored seat, and what it has asked the server. */
async function phoneAfterVisit(
  stored: object | null,
  { isCut = () => false }: { isCut?: () => boolean } = {},
) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    if (isCut()) throw new TypeError('no network')
    const name = path.split('/').at(-1) ?? ''
    asked.push(name)
    const result =
      name === 'code.scan'
        ? { customerId: 'cus_1', outletId: 'out_1', table, scannedAtMs: NOON + 60_000 }
        : null
    return Response.json({ ok: true, result, changes: [] })
  })
  const tab = await openTab()
  const body = place(1)
  await tab.db
    .database()
    .records.put({ stream: 'customer:cus_1', kind: 'visit_phone', id: body.id, rev: 1, body })
  await tab.db.writeSetting('seat', stored)
  await tab.db.writeSetting('codes', [seat])
  await tab.db.writeSetting('customerId', 'cus_1')
  const { restoreSeat, useSeat } = await import('../../../client/tables/useSeat.ts')
  await restoreSeat()
  return { ...useSeat(), asked, tab }
}

const aWhile = () => new Promise((resolve) => realTimeout(resolve, 100))

test('opening the orders or the bill from a seat that was left asks nobody', async () => {
  const { askToJoin, asked } = await phoneAfterVisit(seat)
  askToJoin()
  await aWhile()
  expect(asked).toEqual([])
})

test('a scan made since asks, once, and so does the page that was open', async () => {
  const { askToJoin, openCode, asked } = await phoneAfterVisit(seat)
  askToJoin()
  openCode(TOKEN)
  await until(() => asked.includes('visit.join'))
  await aWhile()
  expect(asked).toEqual(['code.scan', 'visit.join'])
})

test('a scan without signal is heard first and asks after, although the guest has gone on to the orders', async () => {
  let isCut = true
  const { openCode, leaveCode, askToJoin, asked } = await phoneAfterVisit(seat, { isCut: () => isCut })
  openCode(TOKEN)
  leaveCode()
  askToJoin()
  await aWhile()
  expect(asked).toEqual([])
  isCut = false
  await until(() => asked.includes('visit.join'))
  expect(asked).toEqual(['code.scan', 'visit.join'])
})

test('a scan that the page had not heard before it was closed is heard by the next', async () => {
  const { askToJoin, asked } = await phoneAfterVisit({ ...seat, isUnheard: true })
  askToJoin()
  await until(() => asked.includes('visit.join'))
  expect(asked).toEqual(['code.scan', 'visit.join'])
})
