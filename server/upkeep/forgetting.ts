import sql from 'sql-template-tag'
import { newId } from '#shared/kernel/ids.ts'
import type { DoorDeps } from '../commands.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { listsToJoin } from '../platform/database/lists.ts'

const DAY_MS = 86_400_000
/** Codes and sessions that have ended: as long as somebody may ask what became of them. */
const ENDED_KEPT_MS = 30 * DAY_MS
/** A phone that scanned and never asked for anything; it comes back as a new one, and its guest hears no word of it. */
const SILENT_PHONES_KEPT_MS = DAY_MS
/** Slips of paper and the practice gateway's book: nobody asks for them after a season. */
const PRINTS_KEPT_MS = 90 * DAY_MS
/** So many new phones within a day are a flood: then the silent ones go sooner, so that none fills the disk. */
const CROWD = 20_000
const SILENT_IN_CROWD_KEPT_MS = 45 * 60_000
/**
 * Longer than any session lives (365 days): the sender of an older command has no name here any more and
 * cannot send it again, however long its phone kept it. The house's own commands are kept for good.
 */
const COMMANDS_KEPT_MS = 400 * DAY_MS
/**
 * A scan is asked within seconds and only makes a phone; a flood of them must not stay for a year. Who was at
 * which table is of use while that party may still be there.
 */
const SCANS_KEPT_MS = 2 * DAY_MS
/**
 * What a phone was refused. Nothing was done then, so a copy of it that comes later is decided anew as things
 * are by then, as if the first had never arrived; nobody sends one who heard the answer. Orders and calls
 * are too old by then anyway (see `staleAfterMs`).
 */
const REFUSALS_KEPT_MS = 2 * DAY_MS
/** How far back scans are looked for: a server that slept longer leaves them to the 400 days. */
const SCANS_SOUGHT_MS = 12 * DAY_MS

const PAGE = 200
const PAUSE_MS = 10

type Walk<Row> = {
  /** At most a page of rows after this key, in the order of their keys. */
  readonly page: (after: string) => Promise<Row[]>
  readonly keyOf: (row: Row) => string
  readonly isOld: (row: Row) => boolean
  /** Removes those rows; what has come to use meanwhile it leaves. */
  readonly remove: (tx: Tx, keys: readonly string[]) => Promise<void>
}

/** Page by page along the key, so that neither a read nor a write takes longer than an order does. */
async function walk<Row>(door: DoorDeps, { page, keyOf, isOld, remove }: Walk<Row>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await page(after)
    const old = rows.filter(isOld).map(keyOf)
    if (old.length > 0) {
      await door.writer.submit(async (tx) => {
        await remove(tx, old)
        return { keep: true, value: undefined }
      })
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = keyOf(last)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

type SessionRow = { token_hash: string; expires_at_ms: number; revoked_at_ms: number | null }

function endedSessions(read: Reader, beforeMs: number): Walk<SessionRow> {
  return {
    page: (after) =>
      read.all(sql`
        SELECT token_hash, expires_at_ms, revoked_at_ms FROM sessions
        WHERE token_hash > ${after} ORDER BY token_hash LIMIT ${PAGE}`),
    keyOf: (row) => row.token_hash,
    isOld: (row) => Math.min(row.expires_at_ms, row.revoked_at_ms ?? row.expires_at_ms) < beforeMs,
    remove: async (tx, hashes) => {
      for (const some of listsToJoin(hashes)) {
        await tx.run(sql`DELETE FROM sessions WHERE token_hash IN (${some})`)
      }
    },
  }
}

type PhoneRow = { id: string; first_seen_at_ms: number; is_silent: number }

// Whatever a phone asked for, an order, a call, a place at a table, is told in its own stream. One that
// scanned again meanwhile came back.
const isSilentSince = (sinceMs: number) => sql`
  NOT EXISTS (SELECT 1 FROM changes WHERE stream = 'customer:' || customers.id)
  AND NOT EXISTS (SELECT 1 FROM visit_phones WHERE customer_id = customers.id)
  AND NOT EXISTS (SELECT 1 FROM calls WHERE customer_id = customers.id)
  AND NOT EXISTS (SELECT 1 FROM scans WHERE customer_id = customers.id AND at_ms >= ${sinceMs})`

function silentPhones(read: Reader, fromMs: number, beforeMs: number): Walk<PhoneRow> {
  const [start, end] = [fromMs, beforeMs].map((atMs) => newId('cus', atMs, new Uint8Array(10)))
  return {
    page: (after) =>
      read.all(sql`
        SELECT id, first_seen_at_ms, CASE WHEN ${isSilentSince(beforeMs)} THEN 1 ELSE 0 END AS is_silent
        FROM customers WHERE id > ${after || start} AND id < ${end} ORDER BY id LIMIT ${PAGE}`),
    keyOf: (row) => row.id,
    isOld: (row) => row.is_silent === 1 && row.first_seen_at_ms < beforeMs,
    remove: async (tx, ids) => {
      const silent: string[] = []
      for (const some of listsToJoin(ids)) {
        const rows = await tx.all<{ id: string }>(
          sql`SELECT id FROM customers WHERE id IN (${some}) AND ${isSilentSince(beforeMs)}`,
        )
        silent.push(...rows.map(({ id }) => id))
      }
      for (const gone of listsToJoin(silent)) {
        await tx.run(sql`DELETE FROM scans WHERE customer_id IN (${gone})`)
        await tx.run(sql`DELETE FROM word_tries WHERE customer_id IN (${gone})`)
        await tx.run(sql`DELETE FROM sessions WHERE subject_id IN (${gone})`)
        await tx.run(sql`DELETE FROM customers WHERE id IN (${gone})`)
      }
    },
  }
}

/** Asked by a phone that has no name yet, and of no use once it has one. */
const makesPhones = (name: string) => name === 'code.scan' || name === 'phone.begin'

type CommandRow = { id: string; name: string; actor: string; at_ms: number }

function oldCommands(
  read: Reader,
  fromMs: number,
  untilMs: number,
  isMeant: (row: CommandRow) => boolean,
): Walk<CommandRow> {
  // Ids begin with the sender's time: nearly right, and `at_ms`, which is right, decides.
  const [start, end] = [fromMs, untilMs].map((atMs) => newId('cmd', atMs, new Uint8Array(10)))
  return {
    page: (after) =>
      read.all(sql`
        SELECT id, name, actor, at_ms FROM commands
        WHERE id > ${after || start} AND id < ${end} ORDER BY id LIMIT ${PAGE}`),
    keyOf: (row) => row.id,
    isOld: (row) => row.at_ms < untilMs && row.actor !== 'house' && isMeant(row),
    remove: async (tx, ids) => {
      for (const some of listsToJoin(ids)) await tx.run(sql`DELETE FROM commands WHERE id IN (${some})`)
    },
  }
}

type PrintRow = { id: string; state: string; next_at_ms: number }

/** The log of what came out of a printer; a receipt itself follows from its bill, which stays. */
function oldPrints(read: Reader, beforeMs: number): Walk<PrintRow> {
  return {
    page: (after) =>
      read.all(sql`SELECT id, state, next_at_ms FROM prints WHERE id > ${after} ORDER BY id LIMIT ${PAGE}`),
    keyOf: (row) => row.id,
    isOld: (row) => row.state !== 'waiting' && row.next_at_ms < beforeMs,
    remove: async (tx, ids) => {
      for (const some of listsToJoin(ids)) {
        await tx.run(sql`DELETE FROM prints WHERE id IN (${some}) AND state <> 'waiting'`)
        await tx.run(sql`DELETE FROM records WHERE kind = 'print' AND id IN (${some})`)
      }
    },
  }
}

type EventRow = { provider: string; event_id: string; received_at_ms: number }

/** Messages of gateways as they came: what they led to is in the books. */
function oldEvents(read: Reader, beforeMs: number): Walk<EventRow> {
  const keyOf = (row: EventRow) => `${row.provider} ${row.event_id}`
  return {
    page: (after) => {
      const [provider = '', eventId = ''] = [after.split(' ', 1)[0], after.slice(after.indexOf(' ') + 1)]
      return read.all(sql`
        SELECT provider, event_id, received_at_ms FROM gateway_events
        WHERE (provider, event_id) > (${provider}, ${eventId}) ORDER BY provider, event_id LIMIT ${PAGE}`)
    },
    keyOf,
    isOld: (row) => row.received_at_ms < beforeMs,
    remove: async (tx, keys) => {
      for (const key of keys) {
        const at = key.indexOf(' ')
        await tx.run(sql`
          DELETE FROM gateway_events WHERE provider = ${key.slice(0, at)} AND event_id = ${key.slice(at + 1)}`)
      }
    },
  }
}

const isRefusedPhone = sql`substr(answer, 1, 11) = '{"ok":false' AND substr(actor, 1, 4) = 'cus_'`

async function forgetRefusals(door: DoorDeps, beforeMs: number): Promise<void> {
  for (let gone = PAGE; gone === PAGE; ) {
    gone = await door.writer.submit(async (tx) => {
      const value = await tx.run(sql`
        DELETE FROM commands WHERE id IN (
          SELECT id FROM commands WHERE ${isRefusedPhone} AND at_ms < ${beforeMs} ORDER BY at_ms LIMIT ${PAGE})`)
      return { keep: true, value }
    })
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** True when phones were refused more often than honest ones ever are, until then. */
async function hasCrowdOfRefusals(read: Reader, beforeMs: number, crowd: number): Promise<boolean> {
  const row = await read.get(sql`
    SELECT at_ms FROM commands WHERE ${isRefusedPhone} AND at_ms < ${beforeMs}
    ORDER BY at_ms LIMIT 1 OFFSET ${crowd}`)
  return row !== undefined
}

/** Forgets what is of no use to anybody any more. Orders, visits, bills, payments and what was said about them stay. */
export async function forgetOld(door: DoorDeps): Promise<void> {
  const { read } = door.database
  const nowMs = door.clock.now()
  await door.writer.submit(async (tx) => {
    await tx.run(sql`DELETE FROM one_time_codes WHERE expires_at_ms < ${nowMs - ENDED_KEPT_MS}`)
    return { keep: true, value: undefined }
  })
  await forgetScans(door, nowMs - SCANS_KEPT_MS)
  await forgetRefusals(door, nowMs - REFUSALS_KEPT_MS)
  await walk(door, endedSessions(read, nowMs - ENDED_KEPT_MS))
  await walk(door, silentPhones(read, 0, nowMs - SILENT_PHONES_KEPT_MS))
  await walk(door, oldPrints(read, nowMs - PRINTS_KEPT_MS))
  await walk(door, oldEvents(read, nowMs - COMMANDS_KEPT_MS))
  await door.writer.submit(async (tx) => {
    await tx.run(sql`DELETE FROM practice_payments WHERE expires_at_ms < ${nowMs - PRINTS_KEPT_MS}`)
    return { keep: true, value: undefined }
  })
  door.sessions.forget()
  await walk(
    door,
    oldCommands(read, 0, nowMs - COMMANDS_KEPT_MS, () => true),
  )
  await walk(
    door,
    oldCommands(read, nowMs - SCANS_SOUGHT_MS, nowMs - SCANS_KEPT_MS, ({ name }) => makesPhones(name)),
  )
}

/**
 * While new phones come in crowds: what they left within the day, as soon as they were silent for longer than a
 * scan seats; and what phones were refused, while that fills the disk.
 */
export async function forgetCrowd(door: DoorDeps, crowd = CROWD): Promise<void> {
  const { read } = door.database
  const nowMs = door.clock.now()
  const beforeMs = nowMs - SILENT_IN_CROWD_KEPT_MS
  if (await hasCrowdOfRefusals(read, beforeMs, crowd)) await forgetRefusals(door, beforeMs)
  // A flood that ended is cleared away too: as far back as the daily forgetting leaves anything, and a job more.
  const fromMs = nowMs - SILENT_PHONES_KEPT_MS - DAY_MS / 4
  const recent = newId('cus', fromMs, new Uint8Array(10))
  const row = await read.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM customers WHERE id > ${recent}`)
  if (!row || row.n < crowd) return
  await walk(door, silentPhones(read, fromMs, beforeMs))
  door.sessions.forget()
  await walk(
    door,
    oldCommands(read, fromMs, beforeMs, ({ name, actor }) => makesPhones(name) && actor === 'stranger'),
  )
}

type ScanRow = { customer_id: string; table_id: string; at_ms: number }

async function forgetScans(door: DoorDeps, beforeMs: number): Promise<void> {
  const { read } = door.database
  await walk<ScanRow>(door, {
    page: (after) => {
      const [customerId = '', tableId = ''] = after.split('.')
      return read.all(sql`
        SELECT customer_id, table_id, at_ms FROM scans
        WHERE (customer_id, table_id) > (${customerId}, ${tableId}) ORDER BY customer_id, table_id LIMIT ${PAGE}`)
    },
    keyOf: (row) => `${row.customer_id}.${row.table_id}`,
    isOld: (row) => row.at_ms < beforeMs,
    remove: async (tx, keys) => {
      for (const key of keys) {
        const [customerId = '', tableId = ''] = key.split('.')
        await tx.run(
          sql`DELETE FROM scans WHERE customer_id = ${customerId} AND table_id = ${tableId} AND at_ms < ${beforeMs}`,
        )
      }
    },
  })
}
