import { type ComputedRef, computed, onScopeDispose, type Ref, readonly, ref, shallowRef, watch } from 'vue'
import type { Slot } from '#shared/ordering/slots.ts'
import { getJson } from '../../../sync/api.ts'
import { useNow } from '../../../ui/useNow.ts'

/** Free times go while somebody looks at them. */
const FRESH_MS = 45_000
/** Each tap on "+" makes the order longer; one question for a few taps is enough. */
const SETTLE_MS = 350

/** What the server says of the times for so much work; `slots` is empty when none is free, and the outlet says why. */
export type PickupTimes = {
  readonly slots: readonly Slot[]
  /** The moment of "as soon as possible"; null when there is none within the hour. */
  readonly soonMs: number | null
  readonly minutes: number
  readonly atMs: number
}

const times = shallowRef<(PickupTimes & { readonly outletId: string }) | null>(null)
const isSilent = ref(false)

/** The times at which an order of `minutes` of work can be fetched, as the server counts them now; kept fresh. */
export function usePickupTimes(
  outletId: () => string | null,
  minutes: () => number,
): {
  readonly times: ComputedRef<PickupTimes | null>
  /** Nobody answers: the times are as they were, or not known at all. */
  readonly isSilent: Readonly<Ref<boolean>>
  readonly again: () => void
} {
  const now = useNow()
  let asked = 0
  let timer: number | undefined

  async function ask(): Promise<void> {
    const id = outletId()
    if (id === null) return
    const wanted = ++asked
    const work = minutes()
    const { body } = await getJson<Pick<PickupTimes, 'slots' | 'soonMs'>>(
      `/api/outlets/${id}/pickup-slots?minutes=${work}`,
    )
    if (wanted !== asked) return
    isSilent.value = body === null
    if (body)
      times.value = { outletId: id, slots: body.slots, soonMs: body.soonMs, minutes: work, atMs: Date.now() }
  }

  watch(
    [outletId, minutes],
    ([id, work]) => {
      const known = times.value
      if (known?.outletId === id && known?.minutes === work && Date.now() - known.atMs < FRESH_MS) return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void ask(), known?.outletId === id ? SETTLE_MS : 0)
    },
    { immediate: true },
  )
  watch(now, () => {
    const known = times.value
    if (document.visibilityState === 'visible' && (known === null || Date.now() - known.atMs >= FRESH_MS)) {
      // One question per stretch, also while nobody answers.
      if (Date.now() - askedAtMs >= FRESH_MS / 3) {
        askedAtMs = Date.now()
        void ask()
      }
    }
  })
  let askedAtMs = Date.now()
  onScopeDispose(() => window.clearTimeout(timer))

  return {
    times: computed(() => (times.value?.outletId === outletId() ? times.value : null)),
    isSilent: readonly(isSilent),
    again: () => void ask(),
  }
}
