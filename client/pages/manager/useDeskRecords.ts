import { computed, type Ref } from 'vue'
import type { RecordKind, RecordOf } from '#shared/protocol.ts'
import { useDesk } from '../../staff/useDesk.ts'
import { cursorOf, recordsOf } from '../../sync/read-records.ts'
import { newest, useLive } from '../../sync/useLive.ts'

function deskStream(outletId: string | null): string {
  return `desk:${outletId ?? ''}`
}

/** The records of one kind at the chosen outlet. This device may hold other desks too; they stay out. */
export function useDeskRecords<Kind extends RecordKind>(kind: Kind): Readonly<Ref<RecordOf<Kind>[]>> {
  const { currentOutletId } = useDesk()
  return useLive(async () => {
    const stream = deskStream(currentOutletId.value)
    return newest<Kind>(await recordsOf({ stream, kind }))
  }, [] as RecordOf<Kind>[])
}

/** The chosen outlet's own record; undefined until it was read. */
export function useDeskOutlet(): Readonly<Ref<RecordOf<'outlet'> | undefined>> {
  const { currentOutletId } = useDesk()
  const outlets = useDeskRecords('outlet')
  return computed(() => outlets.value.find((outlet) => outlet.id === currentOutletId.value))
}

/** True once the chosen outlet's desk has been read to its end; before that an empty list means nothing. */
export function useDeskIsWhole(): Readonly<Ref<boolean>> {
  const { currentOutletId } = useDesk()
  return useLive(async () => {
    const cursor = await cursorOf(deskStream(currentOutletId.value))
    return cursor?.isWhole ?? false
  }, false)
}
