import type { Zone } from '#shared/kernel/time.ts'
import type { Item } from '#shared/menu/menu.ts'
import { clockText, dayText, spelledClock } from '../../i18n/clock.ts'
import { useWords } from '../../i18n/customer/customer-words.ts'
import { useSpoken } from '../../i18n/useSpoken.ts'
import type { ItemState } from './item-state.ts'

function clockOf(minutes: number): string {
  return spelledClock(
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}.${String(minutes % 60).padStart(2, '0')}`,
  )
}

/** What is said about an item besides its name, in the reader's language. Reactive where it is called. */
export function useItemWords() {
  const t = useWords()
  const say = useSpoken()

  /** Why and until when it cannot be ordered; empty when it can. */
  function stateText(state: ItemState, zone: Zone): string {
    const words = t.value.menu
    if (state.kind === 'ready') return ''
    if (state.kind === 'sold_out') {
      if (state.until === 'time' && state.endsAtMs !== null) {
        return words.soldOut.time(clockText(state.endsAtMs, zone))
      }
      return state.until === 'closing' ? words.soldOut.closing : words.soldOut.told
    }
    if (state.kind === 'off_season') {
      return words.offSeason(say(state.season), state.next ? dayText(state.next) : '')
    }
    if (!state.next) return state.orderType === 'table' ? words.notHere : words.notToGo
    const { daysAhead, weekday, minutes } = state.next
    // A week from today has today's name.
    if (daysAhead > 6) return words.notNowDay(dayText(state.next), clockOf(minutes))
    return words.notNow(daysAhead, weekday, clockOf(minutes))
  }

  function listOf(names: readonly string[]): string {
    return names.join(', ')
  }

  function allergenText(item: Item): string {
    const names = item.allergens.map((allergen) => t.value.menu.sheet.allergens[allergen])
    return names.length > 0 ? t.value.menu.sheet.contains(listOf(names)) : ''
  }

  function dietText(item: Item): string {
    const names = item.diets.map((diet) => t.value.menu.sheet.diets[diet])
    return names.length > 0 ? t.value.menu.sheet.suits(listOf(names)) : ''
  }

  return { stateText, allergenText, dietText }
}
