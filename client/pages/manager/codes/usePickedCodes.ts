import { computed, type ShallowRef, shallowRef } from 'vue'
import type { RecordOf } from '#shared/protocol.ts'
import { naturally, type PrintableCode } from '../../../codes/print-choice.ts'
import { useDeskRecords } from '../useDeskRecords.ts'

/** What is picked to be printed, and what of it can still be: tables first, the order of the server's pages. */
export function usePickedCodes(outlet: () => RecordOf<'outlet'> | undefined) {
  const tables = useDeskRecords('table')
  const touchpoints = useDeskRecords('touchpoint')
  const picked: ShallowRef<ReadonlySet<string>> = shallowRef(new Set())
  const codes = computed<readonly PrintableCode[]>(() => {
    const areas = new Map(outlet()?.areas.map((area) => [area.id, area.name]))
    const ofTables = tables.value
      .filter((table) => table.isActive && picked.value.has(table.id))
      .map((table) => ({ ...table, kind: 'table' as const, place: areas.get(table.areaId) ?? '' }))
    const others = touchpoints.value
      .filter((touchpoint) => picked.value.has(touchpoint.id))
      .map((touchpoint) => ({ ...touchpoint, kind: 'touchpoint' as const, place: '' }))
    return [...ofTables.toSorted(naturally), ...others.toSorted(naturally)]
  })
  return { tables, touchpoints, picked, codes }
}
