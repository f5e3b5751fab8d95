import { type ComputedRef, computed, ref, watch } from 'vue'
import { type Choice, checkChoices, groupsOf, unitPriceRp } from '#shared/menu/choices.ts'
import type { Item, Menu, OptionGroup } from '#shared/menu/menu.ts'

type ItemChoices = {
  readonly groups: ComputedRef<readonly OptionGroup[]>
  readonly choices: ComputedRef<readonly Choice[]>
  readonly isRight: ComputedRef<boolean>
  readonly unitRp: ComputedRef<number>
  readonly chosenOf: (group: OptionGroup) => readonly string[]
  readonly choose: (group: OptionGroup, ids: readonly string[]) => void
}

/** The choices for one item. What the menu no longer offers falls away, also while they are being made. */
export function useItemChoices(
  item: () => Item,
  menu: () => Menu,
  isOnMenu: () => boolean,
  start: readonly Choice[],
): ItemChoices {
  const groups = computed(() => (isOnMenu() ? groupsOf(item(), menu()) : []))
  /** Chosen ids per group. */
  const chosen = ref<Record<string, readonly string[]>>({})
  const choices = computed(() =>
    groups.value.flatMap((group) =>
      group.options
        .filter((option) => chosen.value[group.id]?.includes(option.id))
        .map((option) => ({ groupId: group.id, optionId: option.id })),
    ),
  )

  function keepKnown(from: readonly Choice[]): void {
    chosen.value = Object.fromEntries(
      groups.value.map((group) => [
        group.id,
        group.options
          .filter((option) => from.some((each) => each.groupId === group.id && each.optionId === option.id))
          .map((option) => option.id),
      ]),
    )
  }
  keepKnown(start)
  watch(groups, () => keepKnown(choices.value))

  return {
    groups,
    choices,
    isRight: computed(() => isOnMenu() && checkChoices(item(), menu(), choices.value).ok),
    unitRp: computed(() => (isOnMenu() ? unitPriceRp(item(), menu(), choices.value) : item().priceRp)),
    chosenOf: (group) => chosen.value[group.id] ?? [],
    choose(group, ids) {
      // Where one at most may be chosen, a second tap means the other one.
      chosen.value = { ...chosen.value, [group.id]: group.max === 1 ? ids.slice(-1) : ids }
    },
  }
}
