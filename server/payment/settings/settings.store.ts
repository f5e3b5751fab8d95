import sql from 'sql-template-tag'
import { assert } from '#shared/kernel/assert.ts'
import { ORDER_TYPES } from '#shared/menu/menu.ts'
import { MAX_OUTLET_NUMBER } from '#shared/payment/payment-code.ts'
import {
  DEFAULT_PAYMENT_SETTINGS,
  type PaymentSettings,
  type PaymentSettingsRecord,
} from '#shared/payment/payment-settings.ts'
import type { Context } from '../../command.ts'
import { deskStream, outletStream } from '../../outlet/outlet.store.ts'
import type { Reader, Tx } from '../../platform/database/database.ts'
import { readRecord } from '../../platform/database/records.ts'
import type { Secrets } from '../../platform/secrets.ts'

export function readSettings(reader: Reader, outletId: string): Promise<PaymentSettingsRecord | undefined> {
  return readRecord<PaymentSettingsRecord>(reader, 'payment_settings', outletId)
}

/** The next free number; an outlet keeps its own for ever, since its codes begin with it. */
async function takeOutletNumber(tx: Tx, outletId: string): Promise<number> {
  const row = await tx.get<{ number: number }>(sql`
    INSERT INTO outlet_numbers (outlet_id, number)
    VALUES (${outletId}, (SELECT COALESCE(MAX(number), 0) + 1 FROM outlet_numbers))
    RETURNING number`)
  assert(row !== undefined && row.number <= MAX_OUTLET_NUMBER, 'an outlet has a number of three digits')
  return row.number
}

/** What an order needs to know of these settings, in a row of its own: it is asked for with every order. */
async function savePayFirst(tx: Tx, { id, payWhen, codeMinutes }: PaymentSettingsRecord): Promise<void> {
  await tx.run(sql`DELETE FROM pay_first WHERE outlet_id = ${id}`)
  for (const orderType of ORDER_TYPES) {
    if (payWhen[orderType] !== 'first') continue
    await tx.run(sql`
      INSERT INTO pay_first (outlet_id, order_type, minutes) VALUES (${id}, ${orderType}, ${codeMinutes})`)
  }
}

async function save(context: Context, record: PaymentSettingsRecord): Promise<PaymentSettingsRecord> {
  await savePayFirst(context.tx, record)
  await context.put('payment_settings', record, [outletStream(record.id), deskStream(record.id)])
  return record
}

/** The outlet's settings, made from the defaults where it has none yet. */
export async function ensureSettings(context: Context, outletId: string): Promise<PaymentSettingsRecord> {
  const known = await readSettings(context.tx, outletId)
  if (known) return known
  const outletNumber = await takeOutletNumber(context.tx, outletId)
  const blank = { id: outletId, rev: 1, outletNumber, isStaticQrisDoubtful: false }
  return save(context, { ...blank, ...DEFAULT_PAYMENT_SETTINGS })
}

/** Notes the static code as it reads now as the outlet's own. */
async function approveCode(
  { tx, secrets, nowMs }: Context,
  outletId: string,
  staticQris: string,
  approvedBy: string,
): Promise<void> {
  await tx.run(sql`DELETE FROM approved_codes WHERE outlet_id = ${outletId}`)
  await tx.run(sql`
    INSERT INTO approved_codes (outlet_id, payload_mark, payload, approved_by, at_ms)
    VALUES (${outletId}, ${markOf(outletId, staticQris, secrets)}, ${staticQris}, ${approvedBy}, ${nowMs})`)
}

/**
 * Saves what a manager set. The static code changes, and is approved as it reads now, only where the manager
 * gave another: a code that somebody swapped in the database comes back with every other save of the page.
 */
export async function saveSettings(
  context: Context,
  before: PaymentSettingsRecord,
  settings: PaymentSettings,
  { givesStatic, by }: { readonly givesStatic: boolean; readonly by: string },
): Promise<void> {
  const staticQris = givesStatic ? settings.staticQris : before.staticQris
  if (staticQris !== null && staticQris !== before.staticQris) {
    await approveCode(context, before.id, staticQris, by)
  }
  const record = { ...before, ...settings, staticQris, rev: before.rev + 1 }
  const isStaticQrisDoubtful = !(await isApproved(context.tx, record, context.secrets))
  await save(context, { ...record, isStaticQrisDoubtful })
}

/** A manager says of the stored code, as it reads on the page, that it is the outlet's own. */
export async function approveStored(
  context: Context,
  record: PaymentSettingsRecord,
  by: string,
): Promise<void> {
  if (record.staticQris !== null) await approveCode(context, record.id, record.staticQris, by)
  await save(context, { ...record, rev: record.rev + 1, isStaticQrisDoubtful: false })
}

/** The code that was approved last, for comparing; null where none was, or where its text is not the approved one. */
export async function readApproved(
  reader: Reader,
  outletId: string,
  secrets: Secrets,
): Promise<{ readonly staticQris: string; readonly atMs: number } | null> {
  const row = await reader.get<{ payload: string | null; payload_mark: string; at_ms: number }>(
    sql`SELECT payload, payload_mark, at_ms FROM approved_codes WHERE outlet_id = ${outletId}`,
  )
  if (row?.payload == null || row.payload_mark !== markOf(outletId, row.payload, secrets)) return null
  return { staticQris: row.payload, atMs: row.at_ms }
}

/** Keyed, so that whoever can write to the database alone approves no code of their own, nor another outlet's. */
function markOf(outletId: string, payload: string, secrets: Secrets): string {
  return secrets.fingerprint(`static-qris ${outletId} ${payload}`)
}

/** True when the static code reads as it did when a manager approved it. */
export async function isApproved(
  reader: Reader,
  { id, staticQris }: PaymentSettingsRecord,
  secrets: Secrets,
): Promise<boolean> {
  if (staticQris === null) return true
  const row = await reader.get<{ payload_mark: string }>(
    sql`SELECT payload_mark FROM approved_codes WHERE outlet_id = ${id}`,
  )
  return row?.payload_mark === markOf(id, staticQris, secrets)
}

/** Tells the desks that the stored static code is not the approved one. */
export async function doubtStaticQris(context: Context, outletId: string): Promise<void> {
  const record = await readSettings(context.tx, outletId)
  if (!record || record.isStaticQrisDoubtful) return
  await save(context, { ...record, rev: record.rev + 1, isStaticQrisDoubtful: true })
}

/** Every outlet's settings that hold a static code. */
export async function readStaticSettings(reader: Reader): Promise<PaymentSettingsRecord[]> {
  const rows = await reader.all<{ body: string }>(sql`
    SELECT records.body AS body FROM outlets CROSS JOIN records
    WHERE records.kind = 'payment_settings' AND records.id = outlets.id`)
  return rows
    .map((row) => JSON.parse(row.body) as PaymentSettingsRecord)
    .filter(({ staticQris }) => staticQris !== null)
}
