import { type ComputedRef, computed, type Ref, watch } from 'vue'
import { workMinutes } from '#shared/ordering/queue.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { clockText } from '../../../i18n/clock.ts'
import { usePickupWords } from '../../../i18n/pickup/pickup-words.ts'
import { useSpoken } from '../../../i18n/useSpoken.ts'
import { serverNowMs } from '../../../sync/server-clock.ts'
import { useNow } from '../../../ui/useNow.ts'
import { useCart } from '../../cart/useCart.ts'
import { notSoonBecause, obstacleOf, type PickupObstacle } from '../pickup-obstacle.ts'
import { type PickupWish, usePickupWish } from '../pickup-wish.ts'
import { dayAway } from './slot-days.ts'
import { type PickupTimes, usePickupTimes } from './usePickupTimes.ts'

/** The work of one plain drink, for somebody who has chosen nothing yet. */
const PLAIN_MINUTES = 3

export type PickupPlan = {
  readonly wish: Readonly<Ref<PickupWish>>
  readonly wantedAtMs: ComputedRef<number | null>
  readonly times: ComputedRef<PickupTimes | null>
  readonly isSilent: Readonly<Ref<boolean>>
  readonly soonAtMs: ComputedRef<number | null>
  readonly obstacle: ComputedRef<PickupObstacle | null>
  /** Empty when nothing stands in the way. */
  readonly obstacleText: ComputedRef<string>
  /** Why it cannot be had as soon as possible; empty when it can, or not at all. */
  readonly notSoonText: ComputedRef<string>
  readonly nowMs: ComputedRef<number>
  /** "pukul 14.20", "besok pukul 07.10", by the outlet's clock. */
  readonly when: (atMs: number) => string
  readonly want: (wantedAtMs: number | null) => void
  readonly callMe: (name: string) => void
  readonly again: () => void
}

/** When the cart can be fetched at this outlet, what the customer wishes, and what stands between both. */
export function usePickupPlan(outlet: () => Outlet): PickupPlan {
  const w = usePickupWords()
  const say = useSpoken()
  const cart = useCart()
  const now = useNow()
  const nowMs = computed(() => (now.value > 0 ? serverNowMs() : 0))
  const { wish, want, callMe } = usePickupWish()
  const minutes = computed(() => {
    const lines = cart.lines.flatMap(({ item, quantity }) =>
      item ? [{ prepMinutes: item.prepMinutes, quantity }] : [],
    )
    return lines.length > 0 ? workMinutes(lines) : PLAIN_MINUTES
  })
  const { times, isSilent, again } = usePickupTimes(
    () => outlet().id,
    () => minutes.value,
  )
  /** A moment that was chosen at another outlet, or has gone by, says nothing. */
  const wantedAtMs = computed(() => {
    const { outletId, wantedAtMs: atMs } = wish.value
    return outletId === outlet().id && atMs !== null && atMs > nowMs.value ? atMs : null
  })
  const obstacle = computed(() => obstacleOf(outlet(), times.value, wantedAtMs.value, nowMs.value))

  function when(atMs: number): string {
    const { daysAhead, weekday } = dayAway(atMs, nowMs.value, outlet().zone)
    return w.value.when(daysAhead, weekday, clockText(atMs, outlet().zone))
  }

  const obstacleText = computed(() => {
    const found = obstacle.value
    if (found === null) return ''
    switch (found.kind) {
      case 'closed_until':
        return w.value.none.closedUntil(when(found.opensAtMs))
      case 'choose':
        return w.value.cart.choose
      case 'gone':
        return w.value.sheet.gone(when(found.wantedAtMs))
      case 'paused': {
        const { message } = outlet().load
        return message ? say(message) : w.value.none.paused
      }
      default:
        return w.value.none[found.kind]
    }
  })

  const notSoonText = computed(() => {
    const why = times.value && notSoonBecause(outlet(), times.value, nowMs.value)
    return why ? w.value.sheet.notSoon[why.kind](when(why.firstMs)) : ''
  })

  // The server counted for other lines a moment ago; the latest outlet's list decides, not an old one.
  watch(() => outlet().load.mode, again)

  return {
    wish,
    wantedAtMs,
    times,
    isSilent,
    soonAtMs: computed(() => times.value?.soonMs ?? null),
    obstacle,
    obstacleText,
    notSoonText,
    nowMs,
    when,
    want: (atMs) => want(outlet().id, atMs),
    callMe,
    again,
  }
}
