import { type ComputedRef, computed } from 'vue'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { recordsOf } from '../sync/read-records.ts'
import { newest, useLive } from '../sync/useLive.ts'

type VisitFacts = { readonly own: readonly VisitPhone[]; readonly all: readonly VisitPhone[] }

async function readPhones(): Promise<VisitFacts> {
  const rows = await recordsOf({ kind: 'visit_phone' })
  // A pick-up is a visit too, but nobody sits there and nobody joins.
  const atTables = (phones: readonly VisitPhone[]) => phones.filter(({ tableLabel }) => tableLabel !== null)
  const own = rows.filter((row) => row.stream.startsWith('customer:'))
  return { own: atTables(newest<'visit_phone'>(own)), all: atTables(newest<'visit_phone'>(rows)) }
}

/** This phone's place in its latest visit at a table, and the phones there that ask to join. */
export function useVisit(): {
  /** Null before the first visit. Its `isVisitOpen` says whether the visit goes on. */
  readonly ownPhone: ComputedRef<VisitPhone | null>
  readonly isAdmitted: ComputedRef<boolean>
  readonly askingPhones: ComputedRef<VisitPhone[]>
} {
  const facts = useLive<VisitFacts>(readPhones, { own: [], all: [] })
  // Ids begin with their time: the greatest is the latest visit. A phone that lost its place and asked
  // again has two numbers in it; the later one counts.
  const ownPhone = computed(
    () =>
      [...facts.value.own].sort((a, b) =>
        a.visitId === b.visitId ? b.number - a.number : a.visitId < b.visitId ? 1 : -1,
      )[0] ?? null,
  )
  const isAdmitted = computed(() => ownPhone.value?.state === 'admitted' && ownPhone.value.isVisitOpen)
  const askingPhones = computed(() =>
    isAdmitted.value
      ? facts.value.all.filter(
          (phone) =>
            phone.visitId === ownPhone.value?.visitId && phone.isVisitOpen && phone.state === 'asking',
        )
      : [],
  )
  return { ownPhone, isAdmitted, askingPhones }
}
