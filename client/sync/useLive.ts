import { liveQuery } from 'dexie'
import { onScopeDispose, type Ref, shallowRef, watchEffect } from 'vue'
import type { RecordKind, RecordOf } from '#shared/protocol.ts'
import { readOutbox } from './outbox.ts'
import { recordsOf } from './read-records.ts'
import type { StoredRecord } from './stored-rows.ts'

/**
 * The result of a query of this device's storage, redone whenever what it read changes, in any tab.
 * Reactive values that `query` reads before its first await are followed too.
 */
export function useLive<Value>(query: () => Promise<Value>, initial: Value): Readonly<Ref<Value>> {
  const value = shallowRef(initial)
  let unsubscribe: (() => void) | null = null
  watchEffect(() => {
    unsubscribe?.()
    // Called once here, so that Vue sees what it depends on; liveQuery then calls it for Dexie's sake.
    void query().catch(() => undefined)
    const subscription = liveQuery(query).subscribe({
      next: (result) => {
        value.value = result
      },
      error: (error: unknown) => {
        reportError(error)
      },
    })
    unsubscribe = () => subscription.unsubscribe()
  })
  onScopeDispose(() => unsubscribe?.())
  return value
}

/** The newest of each record, when several streams carry it. */
export function newest<Kind extends RecordKind>(rows: readonly StoredRecord[]): RecordOf<Kind>[] {
  const byId = new Map<string, StoredRecord>()
  for (const row of rows) {
    const before = byId.get(row.id)
    if (!before || before.rev < row.rev) byId.set(row.id, row)
  }
  return [...byId.values()].map((row) => row.body as RecordOf<Kind>)
}

/** All records of a kind that this device holds, live. */
export function useRecords<Kind extends RecordKind>(kind: Kind): Readonly<Ref<RecordOf<Kind>[]>> {
  return useLive(async () => newest<Kind>(await recordsOf({ kind })), [] as RecordOf<Kind>[])
}

/** One record of a kind, live; undefined while this device does not hold it. */
export function useRecord<Kind extends RecordKind>(
  kind: Kind,
  id: () => string | null | undefined,
): Readonly<Ref<RecordOf<Kind> | undefined>> {
  return useLive(async () => {
    const wanted = id()
    if (!wanted) return undefined
    return newest<Kind>(await recordsOf({ kind, id: wanted }))[0]
  }, undefined)
}

/** The outbox, oldest first, live. */
export function useOutbox() {
  return useLive(readOutbox, [])
}
