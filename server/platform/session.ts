import sql from 'sql-template-tag'
import type { Clock } from './clock.ts'
import type { Reader, Tx } from './database/database.ts'
import { listsToJoin } from './database/lists.ts'
import { makeSecret } from './random-ids.ts'
import { hashCredential } from './secrets.ts'

const SESSION_KINDS = ['customer', 'device', 'staff'] as const
export type SessionKind = (typeof SESSION_KINDS)[number]

/** Named among the streams that have grown when sessions have ended, so that every server hears of it. */
export const SESSIONS_ENDED = 'sessions'

const DAY_MS = 86_400_000
/** How long each kind lasts: a phone and a device for a year, a person at work for a shift. */
export const SESSION_MS: Readonly<Record<SessionKind, number>> = {
  customer: 365 * DAY_MS,
  device: 365 * DAY_MS,
  staff: DAY_MS * (16 / 24),
}

export type Session = {
  readonly tokenHash: string
  readonly kind: SessionKind
  readonly subjectId: string
  readonly deviceId: string | null
}

const CACHE_MS = 1000
const MAX_CACHED = 20_000

type Row = {
  kind: SessionKind
  subject_id: string
  device_id: string | null
  expires_at_ms: number
  revoked_at_ms: number | null
}

/** Makes a session and answers its secret, 160 random bits; only the hash is stored. */
export async function issueSession(
  tx: Tx,
  kind: SessionKind,
  subjectId: string,
  deviceId: string | null,
  nowMs: number,
): Promise<string> {
  const secret = makeSecret(20)
  await tx.run(sql`
    INSERT INTO sessions (token_hash, kind, subject_id, device_id, created_at_ms, expires_at_ms)
    VALUES (${hashCredential(secret)}, ${kind}, ${subjectId}, ${deviceId}, ${nowMs}, ${nowMs + SESSION_MS[kind]})`)
  return secret
}

/** True while the person's session on this device that was made at `madeAtMs` has not been ended. */
export async function isStillSignedIn(
  tx: Tx,
  staffId: string,
  deviceId: string,
  madeAtMs: number,
): Promise<boolean> {
  const row = await tx.get(sql`
    SELECT 1 FROM sessions WHERE device_id = ${deviceId} AND kind = 'staff' AND subject_id = ${staffId}
      AND created_at_ms = ${madeAtMs} AND revoked_at_ms IS NULL`)
  return row !== undefined
}

/** True when the person was signed in on this device at `atMs`, whoever is now. */
export async function wasSignedIn(tx: Tx, staffId: string, deviceId: string, atMs: number): Promise<boolean> {
  const row = await tx.get(sql`
    SELECT 1 FROM sessions WHERE device_id = ${deviceId} AND kind = 'staff' AND subject_id = ${staffId}
      AND created_at_ms <= ${atMs} AND (revoked_at_ms IS NULL OR revoked_at_ms >= ${atMs}) LIMIT 1`)
  return row !== undefined
}

/**
 * Counted in the transaction itself: when the others see the number, they see what ended. The times of two
 * servers' clocks say nothing of which came first.
 */
async function countEnd(tx: Tx): Promise<void> {
  await tx.run(sql`UPDATE session_ends SET number = number + 1 WHERE scope = 'all'`)
}

/** Ends every session of the person, phone or device. */
export async function revokeSessions(tx: Tx, subjectId: string, nowMs: number): Promise<void> {
  await tx.run(sql`
    UPDATE sessions SET revoked_at_ms = ${nowMs}
    WHERE (subject_id = ${subjectId} OR device_id = ${subjectId}) AND revoked_at_ms IS NULL`)
  await countEnd(tx)
}

/** Ends the staff sessions on a device: another person signs in, or the one there leaves. */
export async function revokeStaffOnDevice(tx: Tx, deviceId: string, nowMs: number): Promise<void> {
  await tx.run(sql`
    UPDATE sessions SET revoked_at_ms = ${nowMs}
    WHERE device_id = ${deviceId} AND kind = 'staff' AND revoked_at_ms IS NULL`)
  await countEnd(tx)
}

/** Looks sessions up by their secret; remembers each for a second, so a revoked one ends within that. */
export function createSessions(reader: Reader, clock: Clock) {
  const cache = new Map<string, { session: Session | null; untilMs: number }>()
  return {
    async find(secret: string, kind: SessionKind): Promise<Session | null> {
      if (!/^[0-9a-z]{32}$/.test(secret)) return null
      const tokenHash = hashCredential(secret)
      const nowMs = clock.now()
      const cached = cache.get(tokenHash)
      if (cached && nowMs < cached.untilMs && cached.untilMs - nowMs <= CACHE_MS) {
        return cached.session?.kind === kind ? cached.session : null
      }
      const row = await reader.get<Row>(sql`
        SELECT kind, subject_id, device_id, expires_at_ms, revoked_at_ms FROM sessions WHERE token_hash = ${tokenHash}`)
      const isValid = row !== undefined && row.revoked_at_ms === null && nowMs < row.expires_at_ms
      const session = isValid
        ? { tokenHash, kind: row.kind, subjectId: row.subject_id, deviceId: row.device_id }
        : null
      if (cache.size >= MAX_CACHED) cache.clear()
      cache.set(tokenHash, { session, untilMs: nowMs + CACHE_MS })
      return session?.kind === kind ? session : null
    },
    /** Forgets what is remembered; after sessions ended on this very server. */
    forget(): void {
      cache.clear()
    },
    /** How often sessions were ended, here or on another server. */
    async countEnds(): Promise<number> {
      const row = await reader.get<{ number: number }>(
        sql`SELECT number FROM session_ends WHERE scope = 'all'`,
      )
      return row?.number ?? 0
    },
    /** Those of these hashes whose session has been ended, or is none. */
    async endedOf(tokenHashes: readonly string[]): Promise<string[]> {
      const standing = new Set<string>()
      for (const some of listsToJoin(tokenHashes)) {
        const rows = await reader.all<{ token_hash: string }>(
          sql`SELECT token_hash FROM sessions WHERE token_hash IN (${some}) AND revoked_at_ms IS NULL`,
        )
        for (const row of rows) standing.add(row.token_hash)
      }
      return tokenHashes.filter((hash) => !standing.has(hash))
    },
  }
}
export type Sessions = ReturnType<typeof createSessions>
