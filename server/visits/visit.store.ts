import sql from 'sql-template-tag'
import type { Visit, VisitPhone } from '#shared/visits/visit.ts'
import type { Context } from '../command.ts'
import { deskStream } from '../outlet/outlet.store.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { type ChangeRow, readRecord } from '../platform/database/records.ts'
import { unowed } from './order-statuses.store.ts'

/** The stream of everything at one table's visit, for the phones that were admitted. */
export function visitStream(visitId: string): string {
  return `visit:${visitId}`
}

/** The stream of one phone. */
export function customerStream(customerId: string): string {
  return `customer:${customerId}`
}

export type PhoneRow = { visit_id: string; customer_id: string; number: number; state: VisitPhone['state'] }

/** The phone's place in the open visit at a table, if there is a visit and if it has a place. */
export type Place = {
  visit_id: string
  cap_rp: number
  last_active_at_ms: number
  number: number | null
  state: VisitPhone['state'] | null
  denials: number | null
  bill_id: string | null
}

export async function readPlace(
  reader: Reader,
  tableId: string,
  customerId: string,
): Promise<Place | undefined> {
  return reader.get<Place>(sql`
    SELECT visits.id AS visit_id, visits.cap_rp AS cap_rp, visits.last_active_at_ms AS last_active_at_ms,
      visit_phones.number AS number, visit_phones.state AS state, visit_phones.denials AS denials,
      bills.id AS bill_id
    FROM visits LEFT JOIN visit_phones
      ON visit_phones.visit_id = visits.id AND visit_phones.customer_id = ${customerId}
    LEFT JOIN bills ON bills.visit_id = visits.id
    WHERE visits.table_id = ${tableId} AND visits.status = 'open'`)
}

export function readVisit(reader: Reader, visitId: string): Promise<Visit | undefined> {
  return readRecord<Visit>(reader, 'visit', visitId)
}

export async function saveVisit(context: Context, visit: Visit): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO visits (id, outlet_id, table_id, status, opened_at_ms, last_active_at_ms, cap_rp)
    VALUES (${visit.id}, ${visit.outletId}, ${visit.tableId}, ${visit.status}, ${visit.openedAtMs}, ${context.nowMs}, ${visit.capRp})
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, cap_rp = excluded.cap_rp`)
  await context.put('visit', visit, [visitStream(visit.id), deskStream(visit.outletId)])
}

export async function touchVisit(tx: Tx, visitId: string, nowMs: number): Promise<void> {
  await tx.run(sql`UPDATE visits SET last_active_at_ms = ${nowMs} WHERE id = ${visitId}`)
}

export async function readPhones(reader: Reader, visitId: string): Promise<PhoneRow[]> {
  return reader.all<PhoneRow>(
    sql`SELECT visit_id, customer_id, number, state FROM visit_phones WHERE visit_id = ${visitId} ORDER BY number`,
  )
}

export async function readPhoneOf(
  reader: Reader,
  visitId: string,
  customerId: string,
): Promise<PhoneRow | undefined> {
  return reader.get<PhoneRow>(sql`
    SELECT visit_id, customer_id, number, state FROM visit_phones
    WHERE visit_id = ${visitId} AND customer_id = ${customerId}`)
}

/**
 * The place that makes room when a visit is full: a phone that was not let in and has no order that still
 * counts, the refused before the asking, then the oldest. Undefined when every phone has more than asked.
 */
export async function readIdlePhone(reader: Reader, visitId: string): Promise<PhoneRow | undefined> {
  return reader.get<PhoneRow>(sql`
    SELECT visit_id, customer_id, number, state FROM visit_phones
    WHERE visit_id = ${visitId} AND state <> 'admitted' AND NOT EXISTS (
      SELECT 1 FROM orders WHERE orders.visit_id = visit_phones.visit_id
        AND orders.customer_id = visit_phones.customer_id AND orders.status NOT IN ${unowed})
    ORDER BY CASE state WHEN 'refused' THEN 0 ELSE 1 END, number LIMIT 1`)
}

/**
 * True of a row of `visits` that has something made to pay for: on its bill as that stands, discount and
 * payments counted, or without one by its orders. What nobody accepted, or nobody fetched, is not waited for.
 */
export const visitOwes = sql`(EXISTS (
    SELECT 1 FROM orders WHERE orders.visit_id = visits.id AND orders.total_rp > 0
      AND orders.status NOT IN ('placed', 'no_show') AND orders.status NOT IN ${unowed})
  AND NOT EXISTS (
    SELECT 1 FROM bills WHERE bills.visit_id = visits.id
      AND (bills.status IN ('paid', 'void') OR (bills.status = 'closed' AND bills.remainder_rp = 0))))`

export async function isOwing(reader: Reader, visitId: string): Promise<boolean> {
  const row = await reader.get(sql`SELECT 1 FROM visits WHERE visits.id = ${visitId} AND ${visitOwes}`)
  return row !== undefined
}

/** The phones of a visit that nobody let in. */
export async function readStrangers(reader: Reader, visitId: string): Promise<PhoneRow[]> {
  return reader.all<PhoneRow>(sql`
    SELECT visit_id, customer_id, number, state
    FROM visit_phones WHERE visit_id = ${visitId} AND state <> 'admitted' ORDER BY number`)
}

/** An order that waits for somebody to be seen at its table. */
export type WaitingRow = { id: string; customer_id: string; placed_at_ms: number }

export async function readWaitingStrangers(reader: Reader, visitId: string): Promise<WaitingRow[]> {
  return reader.all<WaitingRow>(sql`
    SELECT id, customer_id, placed_at_ms FROM orders
    WHERE visit_id = ${visitId} AND status = 'placed' AND is_present = 0`)
}

/** The numbers of a visit's orders without an answer, but for `seenIds`. */
export async function readUnseenNumbers(
  reader: Reader,
  visitId: string,
  seenIds: ReadonlySet<string>,
): Promise<number[]> {
  const rows = await reader.all<{ id: string }>(
    sql`SELECT id FROM orders WHERE visit_id = ${visitId} AND status = 'placed'`,
  )
  const numbers: number[] = []
  for (const { id } of rows) {
    if (seenIds.has(id)) continue
    const order = await readRecord<{ readonly number: number }>(reader, 'order', id)
    if (order) numbers.push(order.number)
  }
  return numbers
}

/** The open visit at a table, if there is one. */
export async function readVisitAt(reader: Reader, tableId: string): Promise<Visit | undefined> {
  const row = await reader.get<{ id: string }>(
    sql`SELECT id FROM visits WHERE table_id = ${tableId} AND status = 'open'`,
  )
  return row && readVisit(reader, row.id)
}

/** Of the closed visits at the table that knew this phone, the last. Ids begin with their time. */
async function readLastOfClosed(
  reader: Reader,
  tableId: string,
  customerId: string,
  which = sql`1 = 1`,
): Promise<Visit | undefined> {
  const row = await reader.get<{ id: string }>(sql`
    SELECT visits.id AS id FROM visit_phones JOIN visits ON visits.id = visit_phones.visit_id
    WHERE visit_phones.customer_id = ${customerId} AND visits.table_id = ${tableId} AND visits.status = 'closed'
      AND ${which}
    ORDER BY visits.id DESC LIMIT 1`)
  return row && readVisit(reader, row.id)
}

/** The visit that this phone had at the table last, of those that are closed, also where it was never let in. */
export function readLastClosed(
  reader: Reader,
  tableId: string,
  customerId: string,
): Promise<Visit | undefined> {
  return readLastOfClosed(reader, tableId, customerId)
}

/** When the last visit at the table that this phone was part of, let in or by an order of its own, was closed; else null. */
export async function readLeftAtMs(
  reader: Reader,
  tableId: string,
  customerId: string,
): Promise<number | null> {
  const wasPart = sql`(visit_phones.state = 'admitted' OR EXISTS (SELECT 1 FROM orders
    WHERE orders.visit_id = visits.id AND orders.customer_id = ${customerId}))`
  return (await readLastOfClosed(reader, tableId, customerId, wasPart))?.closedAtMs ?? null
}

/** True when somebody was let in, or an order was accepted: there is a party, whoever else came to its table. */
export async function hasParty(reader: Reader, visitId: string): Promise<boolean> {
  const row = await reader.get(sql`
    SELECT 1 FROM visits WHERE id = ${visitId} AND (
      EXISTS (SELECT 1 FROM visit_phones WHERE visit_id = visits.id AND state = 'admitted')
      OR EXISTS (SELECT 1 FROM orders WHERE visit_id = visits.id
        AND status <> 'placed' AND status NOT IN ${unowed}))`)
  return row !== undefined
}

/** Takes the phone's place away; its record, shown wherever it was, says refused. It may ask again. */
export async function removePhone(context: Context, visit: Visit, row: PhoneRow): Promise<void> {
  if (row.state !== 'refused') await savePhone(context, visit, { ...row, state: 'refused' })
  await context.tx.run(sql`
    DELETE FROM visit_phones WHERE visit_id = ${row.visit_id} AND customer_id = ${row.customer_id}`)
}

/** Writes a phone's place and shows it to the visit, to the desk, and to the phone itself. */
export async function savePhone(context: Context, visit: Visit, row: PhoneRow): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO visit_phones (visit_id, customer_id, number, state)
    VALUES (${row.visit_id}, ${row.customer_id}, ${row.number}, ${row.state})
    ON CONFLICT (visit_id, customer_id) DO UPDATE SET state = excluded.state`)
  const id = `${visit.id}.${row.number}`
  const before = await readRecord<VisitPhone>(context.tx, 'visit_phone', id)
  const phone: VisitPhone = {
    id,
    rev: (before?.rev ?? 0) + 1,
    visitId: visit.id,
    outletId: visit.outletId,
    tableLabel: visit.tableLabel,
    number: row.number,
    state: row.state,
    isVisitOpen: visit.status === 'open',
    ...(visit.closedAtMs !== null && { closedAtMs: visit.closedAtMs }),
    // What the till said stands until it says something else.
    ...(before?.remainderRp !== undefined && { remainderRp: before.remainderRp }),
    ...(before?.dueBackRp !== undefined && { dueBackRp: before.dueBackRp }),
    ...(before?.returnedRp !== undefined && { returnedRp: before.returnedRp }),
  }
  await context.put('visit_phone', phone, [
    customerStream(row.customer_id),
    visitStream(visit.id),
    deskStream(visit.outletId),
  ])
}

/** What the till's books say of a bill: still to be paid, paid for what is no longer owed, and given back. */
type Left = { readonly remainderRp: number; readonly dueBackRp: number; readonly returnedRp: number }

/** Tells the phones of a party that has gone what is left of its bill; until then they read the bill itself. */
export async function tellRemainder(
  context: Context,
  visitId: string,
  { remainderRp, dueBackRp, returnedRp }: Left,
): Promise<void> {
  const visit = await readVisit(context.tx, visitId)
  if (visit?.status !== 'closed') return
  for (const { customer_id, number, state } of await readPhones(context.tx, visitId)) {
    if (state !== 'admitted') continue
    const phone = await readRecord<VisitPhone>(context.tx, 'visit_phone', `${visitId}.${number}`)
    if (!phone) continue
    const { dueBackRp: backRp = 0, returnedRp: wentBackRp = 0, ...place } = phone
    if (phone.remainderRp === remainderRp && backRp === dueBackRp && wentBackRp === returnedRp) continue
    const told: VisitPhone = {
      ...place,
      rev: phone.rev + 1,
      remainderRp,
      ...(dueBackRp > 0 && { dueBackRp }),
      ...(returnedRp > 0 && { returnedRp }),
    }
    await context.put('visit_phone', told, [customerStream(customer_id)])
  }
}

/** Counts that nobody was there for an order of this phone. */
export async function noteDenial(tx: Tx, visitId: string, number: number): Promise<void> {
  await tx.run(
    sql`UPDATE visit_phones SET denials = denials + 1 WHERE visit_id = ${visitId} AND number = ${number}`,
  )
}

/** True when this phone may read the visit's stream: admitted, and the visit still open. */
export async function mayReadVisit(reader: Reader, visitId: string, customerId: string): Promise<boolean> {
  const row = await reader.get(sql`
    SELECT 1 FROM visit_phones JOIN visits ON visits.id = visit_phones.visit_id
    WHERE visit_phones.visit_id = ${visitId} AND visit_phones.customer_id = ${customerId}
      AND visit_phones.state = 'admitted' AND visits.status = 'open'`)
  return row !== undefined
}

/** True for the change that takes a phone out of a visit: it may read the visit's stream no further. */
export function takesPhoneOut(stream: string, row: ChangeRow): boolean {
  if (row.kind !== 'visit_phone' || !stream.startsWith('visit:')) return false
  return (JSON.parse(row.body) as VisitPhone).state === 'refused'
}

/** True for the change that closes a visit: those who follow its stream may read no further. */
export function endsVisitStream(stream: string, row: ChangeRow): boolean {
  if (row.kind !== 'visit' || !stream.startsWith('visit:')) return false
  return (JSON.parse(row.body) as Visit).status === 'closed'
}
