import { type ComputedRef, computed } from 'vue'
import { localMoment } from '#shared/kernel/time.ts'
import { type OpenState, openState } from '#shared/outlet/opening-hours.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { clockText } from '../../../i18n/clock.ts'
import { useWords } from '../../../i18n/customer/customer-words.ts'
import { useSpoken } from '../../../i18n/useSpoken.ts'

const DAY_MS = 86_400_000

/** Whether the outlet takes orders now, and what to say when it does not or is pressed. */
export function useOrderWindow(
  outlet: () => Outlet | null,
  atMs: () => number,
): {
  readonly state: ComputedRef<OpenState | null>
  readonly closedText: ComputedRef<string>
  /** Why no order is taken now; empty when one is. */
  readonly refusal: ComputedRef<string>
  /** How much longer it takes in a rush. */
  readonly busyText: ComputedRef<string>
} {
  const t = useWords()
  const say = useSpoken()
  const state = computed(() => {
    const known = outlet()
    return known ? openState(known, atMs()) : null
  })

  const closedText = computed(() => {
    const known = outlet()
    if (!known || !state.value || state.value.isOpen) return ''
    const { opensAtMs } = state.value
    if (opensAtMs === null) return t.value.menu.closed
    const opens = localMoment(opensAtMs, known.zone)
    const today = localMoment(atMs(), known.zone)
    const daysAhead = Math.round((Date.parse(opens.day) - Date.parse(today.day)) / DAY_MS)
    return t.value.menu.closedUntil(daysAhead, opens.weekday, clockText(opensAtMs, known.zone))
  })

  const refusal = computed(() => {
    const known = outlet()
    if (state.value && !state.value.isOpen) return `${closedText.value}.`
    if (known?.load.mode !== 'paused') return ''
    return known.load.message ? say(known.load.message) : t.value.menu.paused
  })

  const busyText = computed(() => {
    const known = outlet()
    if (known?.load.mode !== 'busy' || !state.value?.isOpen) return ''
    return t.value.menu.busy(known.load.addMinutes)
  })

  return { state, closedText, refusal, busyText }
}
