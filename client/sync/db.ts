import { Dexie, type EntityTable, type Table } from 'dexie'
import type { OutboxRow, Setting, StoredCursor, StoredRecord } from './stored-rows.ts'

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
