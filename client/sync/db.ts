import { Dexie, type EntityTable, type Table } from 'dexie'
import type { OutboxRow, Setting, StoredCursor, StoredRecord } from './stored-rows.ts'
import { redraw } from './unkept-records.ts'

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
/** False for good where the storage cannot be opened: blocked, or in some private modes. */
let hasOpened = false
/** What this page remembers itself then. */
const unopenedSettings = new Map<string, unknown>()

/** Opens this app's database; `name` is `meja-customer` or `meja-staff`. To be called once, by the app's root. */
export function openDatabase(name: string): MejaDatabase {
  // Where it is hidden Dexie's live queries would answer nothing, not even what this page holds itself.
  if (!Dexie.dependencies.indexedDB) Object.assign(Dexie.dependencies, { indexedDB: {} })
  opened = new MejaDatabase(name)
  opened.on('ready', () => {
    hasOpened = true
  })
  return opened
}

/** The database that the app's root has opened. */
export function database(): MejaDatabase {
  if (!opened) throw new Error('openDatabase comes first.')
  return opened
}

/** What `read` answers; `otherwise` where the storage could not be opened, and so holds nothing. */
export async function readOr<Value>(read: () => PromiseLike<Value>, otherwise: Value): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    if (hasOpened) throw error
    return otherwise
  }
}

export async function readSetting<Value>(key: string): Promise<Value | undefined> {
  const stored = await readOr(() => database().settings.get(key), { key, value: unopenedSettings.get(key) })
  return stored?.value as Value | undefined
}

/** Throws when it is not kept; where the storage could not be opened this page knows it all the same. */
export async function writeSetting(key: string, value: unknown): Promise<void> {
  try {
    await database().settings.put({ key, value })
  } catch (error) {
    if (!hasOpened) {
      unopenedSettings.set(key, value)
      redraw()
    }
    throw error
  }
}
