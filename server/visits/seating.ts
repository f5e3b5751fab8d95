import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { MAX_PHONE_NUMBER, MAX_PHONES, VISIT_IDLE_MS, type Visit } from '#shared/visits/visit.ts'
import type { CommandRefusal, Context } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import { readRecentScans, readScannedAtMs, type TableByToken } from '../tables/table.store.ts'
import {
  type PhoneRow,
  type Place,
  readIdlePhone,
  readLastClosed,
  readLeftAtMs,
  readPhones,
  readPlace,
  readVisit,
  removePhone,
  savePhone,
  saveVisit,
} from './visit.store.ts'

/** Phones that scanned the table's code within this time before the first order are asked about. */
const RECENT_SCAN_MS = 45 * 60_000

/** A phone's place at a table: in which visit, under which number, and whether it is known to be there. */
export type Seat = {
  readonly visitId: string
  readonly capRp: number
  readonly number: number
  readonly isAdmitted: boolean
  readonly denials: number
  /** True when the visit's bill was opened: what it owes is written there too. */
  readonly hasBill: boolean
  readonly lastActiveAtMs: number
}

function seatOf(place: Place, number: number, state: PhoneRow['state']): Seat {
  return {
    visitId: place.visit_id,
    capRp: place.cap_rp,
    number,
    isAdmitted: state === 'admitted',
    denials: place.denials ?? 0,
    hasBill: place.bill_id !== null,
    lastActiveAtMs: place.last_active_at_ms,
  }
}

/**
 * True for a visit that nobody has used for three hours: the party has left without anybody closing it, and
 * who comes now must not be taken for one of it. What it owes stays on the cashier's list.
 */
export function isForgotten(place: Place, nowMs: number): boolean {
  return nowMs - place.last_active_at_ms > VISIT_IDLE_MS
}

/**
 * True for a phone whose own visit at the table was closed and that has not scanned there since: whoever sits
 * there now are strangers to it, and the seat that it still remembers is no wish to join them.
 */
export async function hasLeft({ tx }: Context, tableId: string, customerId: string): Promise<boolean> {
  const closedAtMs = (await readLastClosed(tx, tableId, customerId))?.closedAtMs ?? null
  if (closedAtMs === null) return false
  const scannedAtMs = await readScannedAtMs(tx, tableId, customerId)
  return scannedAtMs === undefined || scannedAtMs < closedAtMs
}

/**
 * Sent so soon after the tap, it was tapped after every closing that stands: two servers' clocks, of which one
 * stamped the closing, must not refuse it.
 */
const AT_ONCE_MS = 1000

/**
 * True for what was tapped before the phone's own visit at the table was closed and comes only now, from a phone
 * that has not scanned there since: it was meant for the party that has left, and is nobody's wish any more. A new
 * guest who only asked to be let in while the party before was being cleared away has left nothing.
 */
export async function wasTappedBeforeLeaving(
  context: Context,
  tableId: string,
  customerId: string,
): Promise<boolean> {
  if (context.waitedMs <= AT_ONCE_MS) return false
  const leftAtMs = await readLeftAtMs(context.tx, tableId, customerId)
  if (leftAtMs === null || context.nowMs - context.waitedMs >= leftAtMs) return false
  return hasLeft(context, tableId, customerId)
}

/** A code that was replaced still serves a phone that is already in the table's visit. */
export function isCodeUsable(table: TableByToken, place: Place | undefined): boolean {
  return table.replaced_at_ms === null || place?.state === 'admitted'
}

/**
 * Gives the phone a place in the open visit at the table, opening the visit when there is none. One
 * that is forgotten belongs to a party that has left: it is closed, a new one opened.
 * Used by the commands that need a visit to hang something on (an order), within their transaction.
 */
export async function takeSeat(
  context: Context,
  table: TableByToken,
  customerId: string,
  place: Place | undefined,
): Promise<Result<Seat, CommandRefusal>> {
  if (place && !isForgotten(place, context.nowMs)) {
    if (place.number && place.state) return ok(seatOf(place, place.number, place.state))
    return joinVisit(context, place, customerId)
  }
  const forgotten = place && (await readVisit(context.tx, place.visit_id))
  if (forgotten) await closeVisit(context, forgotten)
  await openVisit(context, table)
  const opened = await readPlace(context.tx, table.table_id, customerId)
  if (!opened) return refuse({ code: 'visit.unknown' })
  const seat = await joinVisit(context, opened, customerId)
  await askRecentScans(context, table.table_id, opened.visit_id, customerId)
  return seat
}

async function openVisit(context: Context, table: TableByToken): Promise<void> {
  const outlet = await readOutlet(context.tx, table.outlet_id)
  await saveVisit(context, {
    id: context.makeId('vis'),
    rev: 1,
    outletId: table.outlet_id,
    tableId: table.table_id,
    tableLabel: table.label,
    status: 'open',
    openedAtMs: context.nowMs,
    closedAtMs: null,
    capRp: outlet?.caps.unpaidTableRp ?? 0,
  })
}

/**
 * A visit of its own for who comes to fetch: without a table, its one phone let in from the start, since
 * it reads nothing there but its own. Bills, payments and receipts hang on it as on any other.
 */
export async function openPickupVisit(context: Context, outlet: Outlet, customerId: string): Promise<string> {
  const visit: Visit = {
    id: context.makeId('vis'),
    rev: 1,
    outletId: outlet.id,
    tableId: null,
    tableLabel: null,
    status: 'open',
    openedAtMs: context.nowMs,
    closedAtMs: null,
    capRp: outlet.caps.unpaidTableRp,
  }
  await saveVisit(context, visit)
  await savePhone(context, visit, {
    visit_id: visit.id,
    customer_id: customerId,
    number: 1,
    state: 'admitted',
  })
  return visit.id
}

/**
 * Puts the phone on the visit's list as one that asks to join. When the list is full, a phone that only
 * asked makes room: thirty scans of a photographed code must not keep a friend out.
 */
export async function joinVisit(
  context: Context,
  place: Place,
  customerId: string,
): Promise<Result<Seat, CommandRefusal>> {
  const visit = await readVisit(context.tx, place.visit_id)
  if (!visit) return refuse({ code: 'visit.unknown' })
  const phones = await readPhones(context.tx, visit.id)
  const isFull = phones.length >= MAX_PHONES
  const idle = isFull ? await readIdlePhone(context.tx, visit.id) : undefined
  // Above all that were given: the one that makes room may hold the highest, and keeps it for good.
  const number = (phones.at(-1)?.number ?? 0) + 1
  if ((isFull && !idle) || number > MAX_PHONE_NUMBER) return refuse({ code: 'visit.full', max: MAX_PHONES })
  if (idle) await removePhone(context, visit, idle)
  await savePhone(context, visit, { visit_id: visit.id, customer_id: customerId, number, state: 'asking' })
  return ok(seatOf(place, number, 'asking'))
}

// Friends who scanned before the first order would otherwise have to scan again to be let in.
async function askRecentScans(
  context: Context,
  tableId: string,
  visitId: string,
  except: string,
): Promise<void> {
  const place = { tableId, origin: context.origin() }
  const sinceMs = context.nowMs - RECENT_SCAN_MS
  for (const customerId of await readRecentScans(context.tx, place, sinceMs)) {
    if (customerId === except) continue
    const seat = await readPlace(context.tx, tableId, customerId)
    if (seat && seat.visit_id === visitId && seat.number === null) await joinVisit(context, seat, customerId)
  }
}

/** Admits or refuses one phone of the visit. What it may now read is in the visit's stream. */
export async function setPhoneState(
  context: Context,
  visit: Visit,
  phone: PhoneRow,
  state: PhoneRow['state'],
): Promise<void> {
  if (phone.state === state) return
  await savePhone(context, visit, { ...phone, state })
}

/** Closes a visit: its phones lose the view, its stream falls silent. */
export async function closeVisit(context: Context, visit: Visit): Promise<void> {
  const closed: Visit = { ...visit, rev: visit.rev + 1, status: 'closed', closedAtMs: context.nowMs }
  await saveVisit(context, closed)
  for (const phone of await readPhones(context.tx, visit.id)) await savePhone(context, closed, phone)
  context.emit({ type: 'visit.closed', visitId: visit.id, tableId: visit.tableId })
}
