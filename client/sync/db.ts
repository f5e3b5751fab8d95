import { Dexie, type EntityTable, type Table } from 'dexie'
import { readonly, ref } from 'vue'
import { tellKeeping } from './storage-trouble.ts'
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
    this.on('ready', () => readOnce(this))
  }
}

/**
 * Only what was read once counts as open, and all else waits until then: a page that holds the storage lets others
 * open it, and keeps them out all the same. Closing ends the wait.
 */
function readOnce(db: MejaDatabase): Promise<void> {
  return new Promise((resolve, reject) => {
    db.on('close', () => reject(new Error('Closed before it could be read.')))
    db.transaction('r', db.tables, () => db.settings.count()).then(() => resolve(), reject)
  })
}

/** Some browsers leave the wish to open unanswered. After so long the page goes on without, until an answer comes. */
const OPENING_MS = 5000

/** What this page was told to keep and could not, by its key. */
type Held = ReadonlyMap<string, unknown>

let opened: MejaDatabase | null = null
let hasOpened = false
let decided: Promise<boolean> = Promise.resolve(true)
const unopenedSettings = new Map<string, unknown>()
const onLate = new Set<(held: Held) => unknown>()
const closure = ref<'failed' | 'silent' | null>(null)

/**
 * Why nothing is kept here, and what was kept cannot be seen: opening failed (blocked, some private modes), or was
 * not answered in time, or another page holds it. Null while it is open or not known to be closed.
 */
export const storageClosure = readonly(closure)

/** Opens this app's database; `name` is `meja-customer` or `meja-staff`. To be called once, by the app's root. */
export function openDatabase(name: string, patienceMs = OPENING_MS): void {
  // Where it is hidden Dexie's live queries would answer nothing, not even what this page holds itself.
  if (!Dexie.dependencies.indexedDB) Object.assign(Dexie.dependencies, { indexedDB: {} })
  const first = new MejaDatabase(name)
  opened = first
  first.on('ready', () => {
    hasOpened = true
  })
  decided = new Promise((decide) => {
    const patience = setTimeout(() => {
      closure.value = 'silent'
      decide(false)
      // All that waits for it fails here and now. Who was told "not kept" must not find it kept, and sent, later on.
      first.close()
      // An answer that comes after all would open that one again, unread.
      opened = new MejaDatabase(name)
      opened.close()
      void openLate(name)
    }, patienceMs)
    first
      .open()
      .then(
        () => true,
        () => false,
      )
      .then((isOpen) => {
        clearTimeout(patience)
        if (closure.value === null && !isOpen) closure.value = 'failed'
        decide(isOpen)
      })
  })
}

/** Waits for the answer however long, and goes on with what was kept here before and what this page has learnt. */
async function openLate(name: string): Promise<void> {
  const late = new MejaDatabase(name)
  try {
    await late.open()
  } catch {
    // Closed after all: nothing changes.
    return
  }
  opened = late
  hasOpened = true
  closure.value = null
  await Promise.allSettled([...onLate].map((listener) => listener(unopenedSettings)))
  tellKeeping(null)
  redraw()
}

/** Calls `listener` when the storage opens after this page had gone on without it, with what it could not keep. */
export function onOpenedLate(listener: (held: Held) => unknown): void {
  onLate.add(listener)
}

/** True once the storage is open; false when that failed or took too long, for good. */
export function opensInTime(): Promise<boolean> {
  return decided
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
