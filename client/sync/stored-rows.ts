import type { Refusal } from '#shared/kernel/result.ts'

/** A record as a stream said it last. One record may stand in several streams; the highest `rev` counts. */
export type StoredRecord = {
  readonly stream: string
  readonly kind: string
  readonly id: string
  readonly rev: number
  readonly body: unknown
}

/** How far this device has followed a stream. `isWhole` once the past has been read to its end. */
export type StoredCursor = { readonly stream: string; readonly seq: number; readonly isWhole: boolean }

/** `waiting` is sent as soon as possible; `stale` waited too long and asks first; `refused` stays until it was read. */
export type OutboxState = 'waiting' | 'stale' | 'refused'

/** One command that the server has not answered for good. */
export type OutboxRow = {
  readonly id: string
  readonly name: string
  readonly args: unknown
  /** Counts up within the outbox: the order of sending, whatever the clock says. Rows of an earlier build have none. */
  readonly seq?: number
  /** When it was asked, by this device's clock; only for people to read. */
  readonly createdAtMs: number
  /** When it was asked, by this device's own count of time; see device-time.ts. */
  readonly keptAtMs?: number
  /** After this many milliseconds it asks instead of being sent; null never (staff). */
  readonly staleAfterMs: number | null
  readonly state: OutboxState
  /** Why it was refused or is asked about; of a row that stepped aside, what the server said last. */
  readonly refusal: Refusal | null
  readonly attempts: number
  /** Not asked again before then, by this device's count of time; 0 at once. See stepping-aside.ts. */
  readonly asideUntilMs?: number | null
}

export type Setting = { readonly key: string; readonly value: unknown }
