import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Refusal } from '#shared/kernel/result.ts'
import { unkeptOverlay } from './unkept-overlay.ts'

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

/** All of this device's storage. The customer's app and the staff's app have one each. */
class MejaDatabase extends Dexie {
  declare records: Table<StoredRecord, [string, string, string]>
  declare cursors: EntityTable<StoredCursor, 'stream'>
  declare outbox: EntityTable<OutboxRow, 'id'>
  declare settings: EntityTable<Setting, 'key'>

  constructor(name: string) {
    // Browsers answer "stored" before the disk has it unless told otherwise; an order must survive a flat battery.
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      records: '[stream+kind+id], stream, kind, [kind+id]',
      cursors: 'stream',
      outbox: 'id, createdAtMs',
      settings: 'key',
    })
    this.use(unkeptOverlay)
  }
}

let opened: MejaDatabase | null = null

/** Opens this app's database; `name` is `meja-customer` or `meja-staff`. To be called once, by the app's root. */
export function openDatabase(name: string): MejaDatabase {
  opened = new MejaDatabase(name)
  return opened
}

/** The database that the app's root has opened. */
export function database(): MejaDatabase {
  if (!opened) throw new Error('openDatabase comes first.')
  return opened
}

export async function readSetting<Value>(key: string): Promise<Value | undefined> {
  return (await database().settings.get(key))?.value as Value | undefined
}

export async function writeSetting(key: string, value: unknown): Promise<void> {
  await database().settings.put({ key, value })
}
