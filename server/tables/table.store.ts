import sql from 'sql-template-tag'
import { type Table, TOKEN_PATTERN, type Touchpoint } from '#shared/tables/table.ts'
import type { Context } from '../command.ts'
import { deskStream } from '../outlet/outlet.store.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { readRecord } from '../platform/database/records.ts'
import { makeSecret } from '../platform/random-ids.ts'
import { hashCredential } from '../platform/secrets.ts'

/** Without what is mistaken for something else on a sticker: 0 and O, 1, I and L. */
const SHORT_CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

export type CodeRow = {
  token: string
  outlet_id: string
  table_id: string | null
  touchpoint_id: string | null
  replaced_at_ms: number | null
}

export async function readCode(reader: Reader, token: string): Promise<CodeRow | undefined> {
  // An address may hold anything, a NUL too, which PostgreSQL refuses to look for.
  if (!TOKEN_PATTERN.test(token)) return undefined
  return reader.get<CodeRow>(
    sql`SELECT token, outlet_id, table_id, touchpoint_id, replaced_at_ms FROM codes WHERE token = ${token}`,
  )
}

/** What a token of a table leads to, with the versions that pricing needs; one row, one look-up. */
export type TableByToken = {
  table_id: string
  outlet_id: string
  area_id: string
  label: string
  is_active: number
  replaced_at_ms: number | null
  /** For how many minutes the outlet waits for the money of a table's order; null: it is paid at the end. */
  pay_first_minutes: number | null
}

export async function readTableByToken(reader: Reader, token: string): Promise<TableByToken | undefined> {
  return reader.get<TableByToken>(sql`
    SELECT tables.id AS table_id, tables.outlet_id AS outlet_id, tables.area_id AS area_id,
      tables.label AS label, tables.is_active AS is_active, codes.replaced_at_ms AS replaced_at_ms,
      (SELECT minutes FROM pay_first WHERE pay_first.outlet_id = tables.outlet_id
        AND pay_first.order_type = 'table') AS pay_first_minutes
    FROM codes JOIN tables ON tables.id = codes.table_id WHERE codes.token = ${token}`)
}

/** Four characters that tell one print of a sticker from the next; they say nothing about the token. */
export function shortCodeOf(token: string): string {
  const bytes = Buffer.from(hashCredential(`short:${token}`), 'base64url').subarray(0, 4)
  return [...bytes].map((byte) => SHORT_CODE_LETTERS[byte % SHORT_CODE_LETTERS.length]).join('')
}

type Owner = { readonly tableId: string } | { readonly touchpointId: string }

/** Replaces the present code of a table or touchpoint by a new one and answers its token. */
export async function replaceCode(tx: Tx, outletId: string, owner: Owner, nowMs: number): Promise<string> {
  const tableId = 'tableId' in owner ? owner.tableId : null
  const touchpointId = 'touchpointId' in owner ? owner.touchpointId : null
  if (tableId) {
    await tx.run(
      sql`UPDATE codes SET replaced_at_ms = ${nowMs} WHERE table_id = ${tableId} AND replaced_at_ms IS NULL`,
    )
  } else {
    await tx.run(
      sql`UPDATE codes SET replaced_at_ms = ${nowMs} WHERE touchpoint_id = ${touchpointId} AND replaced_at_ms IS NULL`,
    )
  }
  const token = makeSecret(10)
  await tx.run(sql`
    INSERT INTO codes (token, outlet_id, table_id, touchpoint_id, made_at_ms)
    VALUES (${token}, ${outletId}, ${tableId}, ${touchpointId}, ${nowMs})`)
  return token
}

export async function isLabelFree(
  reader: Reader,
  outletId: string,
  label: string,
  tableId: string,
): Promise<boolean> {
  const row = await reader.get(
    sql`SELECT 1 FROM tables WHERE outlet_id = ${outletId} AND label = ${label} AND id <> ${tableId}`,
  )
  return row === undefined
}

export function readTable(reader: Reader, tableId: string): Promise<Table | undefined> {
  return readRecord<Table>(reader, 'table', tableId)
}

export async function saveTable(context: Context, table: Table): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO tables (id, outlet_id, area_id, label, seats, is_active)
    VALUES (${table.id}, ${table.outletId}, ${table.areaId}, ${table.label}, ${table.seats}, ${table.isActive ? 1 : 0})
    ON CONFLICT (id) DO UPDATE SET area_id = excluded.area_id, label = excluded.label,
      seats = excluded.seats, is_active = excluded.is_active`)
  await tellTable(context, table)
}

/** Writes the record where nothing changed that orders look up. */
export async function tellTable(context: Context, table: Table): Promise<void> {
  await context.put('table', table, [deskStream(table.outletId)])
}

export async function saveTouchpoint(context: Context, touchpoint: Touchpoint): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO touchpoints (id, outlet_id, kind, label)
    VALUES (${touchpoint.id}, ${touchpoint.outletId}, ${touchpoint.kind}, ${touchpoint.label})
    ON CONFLICT (id) DO NOTHING`)
  await context.put('touchpoint', touchpoint, [deskStream(touchpoint.outletId)])
}

/** Gives the table a new code; the sticker on it stops working at once. */
export async function rotateTable(context: Context, table: Table): Promise<void> {
  const token = await replaceCode(context.tx, table.outletId, { tableId: table.id }, context.nowMs)
  await saveTable(context, { ...table, rev: table.rev + 1, shortCode: shortCodeOf(token) })
}

/** A code that can be printed: what it stands for and its token. Only for managers' eyes. */
export type PrintableCode = {
  token: string
  outlet_id: string
  table_id: string | null
  touchpoint_id: string | null
}

export async function readPresentCodes(reader: Reader, outletId: string): Promise<PrintableCode[]> {
  return reader.all<PrintableCode>(sql`
    SELECT token, outlet_id, table_id, touchpoint_id FROM codes
    WHERE outlet_id = ${outletId} AND replaced_at_ms IS NULL`)
}

export async function addCustomer(
  tx: Tx,
  customerId: string,
  token: string | null,
  nowMs: number,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO customers (id, first_token, first_seen_at_ms) VALUES (${customerId}, ${token}, ${nowMs})`)
}

type ScanPlace = { readonly tableId: string; readonly origin: string }

export async function noteScan(
  tx: Tx,
  customerId: string,
  { tableId, origin }: ScanPlace,
  nowMs: number,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO scans (customer_id, table_id, at_ms, origin) VALUES (${customerId}, ${tableId}, ${nowMs}, ${origin})
    ON CONFLICT (customer_id, table_id) DO UPDATE SET at_ms = excluded.at_ms, origin = excluded.origin`)
}

/** When the phone last scanned the table; undefined once that was forgotten, as it is when a party leaves. */
export async function readScannedAtMs(
  reader: Reader,
  tableId: string,
  customerId: string,
): Promise<number | undefined> {
  const row = await reader.get<{ at_ms: number }>(
    sql`SELECT at_ms FROM scans WHERE customer_id = ${customerId} AND table_id = ${tableId}`,
  )
  return row && Number(row.at_ms)
}

/** So many are asked about at a table's first order. */
const MAX_RECENT_SCANS = 10
/** So many places are looked at, and so many scans of each: a flood must not make a first order slow. */
const MAX_ORIGINS = 40
const MAX_SCANS = 1000

/** From where the table was scanned; each found by one step down the index. */
async function readOrigins(reader: Reader, tableId: string): Promise<string[]> {
  const rows = await reader.all<{ origin: string }>(sql`
    WITH RECURSIVE origins (origin) AS (
      SELECT MIN(origin) FROM scans WHERE table_id = ${tableId}
      UNION ALL
      SELECT (SELECT MIN(origin) FROM scans WHERE table_id = ${tableId} AND scans.origin > origins.origin)
        FROM origins WHERE origins.origin IS NOT NULL)
    SELECT origin FROM origins WHERE origin IS NOT NULL LIMIT ${MAX_ORIGINS}`)
  return rows.map((row) => row.origin)
}

/** Ids begin with the time of the first scan ever: phones that are known longest come first. */
async function readScansFrom(
  reader: Reader,
  { tableId, origin }: ScanPlace,
  sinceMs: number,
): Promise<string[]> {
  const rows = await reader.all<{ customer_id: string }>(sql`
    SELECT customer_id FROM (
      SELECT customer_id FROM scans WHERE table_id = ${tableId} AND origin = ${origin} AND at_ms > ${sinceMs}
      ORDER BY at_ms LIMIT ${MAX_SCANS}) AS earliest
    ORDER BY customer_id LIMIT ${MAX_RECENT_SCANS}`)
  return rows.map((row) => row.customer_id)
}

/**
 * Phones that scanned this table after `sinceMs`: half of them from where the one who orders is, since
 * friends share a Wi-Fi, then one from each place in turn, so that a flood from anywhere is one of many.
 */
export async function readRecentScans(
  reader: Reader,
  { tableId, origin: own }: ScanPlace,
  sinceMs: number,
): Promise<string[]> {
  const scansFrom = (origin: string) => readScansFrom(reader, { tableId, origin }, sinceMs)
  const beside = await scansFrom(own)
  const first = beside.splice(0, MAX_RECENT_SCANS / 2)
  const lists: string[][] = []
  for (const origin of await readOrigins(reader, tableId)) {
    if (origin !== own) lists.push(await scansFrom(origin))
  }
  lists.push(beside)
  const inTurn = Array.from({ length: MAX_RECENT_SCANS }, (_, turn) => lists.map((list) => list[turn]))
  return [...first, ...inTurn.flat().filter((id) => id !== undefined)].slice(0, MAX_RECENT_SCANS)
}

/** Forgets who scanned the table until then: that party has left. */
export async function forgetScans(tx: Tx, tableId: string, untilMs: number): Promise<void> {
  await tx.run(sql`DELETE FROM scans WHERE table_id = ${tableId} AND at_ms <= ${untilMs}`)
}
