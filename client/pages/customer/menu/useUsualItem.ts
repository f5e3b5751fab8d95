import { type ComputedRef, computed } from 'vue'
import { type Choice, checkChoices } from '#shared/menu/choices.ts'
import type { Item, Menu } from '#shared/menu/menu.ts'
import type { ItemState } from '../../../menu/item/item-state.ts'
import { useUsual } from '../../../ordering/usual/useUsual.ts'

/** What this phone usually orders, where it is on the menu and can be had now; and what was chosen last of each item. */
export function useUsualItem(
  menu: () => Menu | null,
  stateOf: (itemId: string) => ItemState | undefined,
): {
  readonly usual: ComputedRef<{ readonly item: Item; readonly choices: readonly Choice[] } | null>
  readonly lastChoicesOf: (itemId: string) => readonly Choice[] | null
} {
  const itemById = computed(() => new Map((menu()?.items ?? []).map((item) => [item.id, item])))
  const { usuals, lastChoicesOf } = useUsual(({ itemId, choices }) => {
    const item = itemById.value.get(itemId)
    const current = menu()
    if (!item || !current || stateOf(itemId)?.kind !== 'ready') return false
    return checkChoices(item, current, choices).ok
  })
  const usual = computed(() => {
    const first = usuals.value[0]
    const item = first && itemById.value.get(first.itemId)
    return item ? { item, choices: first.choices } : null
  })
  return { usual, lastChoicesOf }
}
