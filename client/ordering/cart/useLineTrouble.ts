import { type ComputedRef, computed } from 'vue'
import { formatRp } from '#shared/kernel/money.ts'
import { unitPriceRp } from '#shared/menu/choices.ts'
import type { PricingFacts } from '#shared/ordering/pricing.ts'
import { dayText } from '../../i18n/clock.ts'
import { useWords } from '../../i18n/customer/customer-words.ts'
import { useSpoken } from '../../i18n/useSpoken.ts'
import { namedChoices } from './cart-lines.ts'
import { type ReviewedLine, repairChoices } from './cart-review.ts'
import { useCart } from './useCart.ts'

type Way = { readonly label: string; readonly run: () => void }

/** What changed about a line since it was chosen, in words, and the one tap that settles it. */
export function useLineTrouble(
  reviewed: () => ReviewedLine,
  facts: () => PricingFacts,
  edit: (itemId: string) => void,
): { readonly trouble: ComputedRef<string>; readonly way: ComputedRef<Way | null> } {
  const t = useWords()
  const say = useSpoken()
  const cart = useCart()

  const trouble = computed(() => {
    const { problem } = reviewed()
    const words = t.value.cart.problem
    if (!problem) return ''
    if (problem.kind === 'price') return words.price(formatRp(problem.fromRp), formatRp(problem.toRp))
    if (problem.kind === 'off_season') {
      return words.off_season(say(problem.season), problem.next ? dayText(problem.next) : '')
    }
    if (problem.kind !== 'choices') return words[problem.kind]
    return problem.lost.length > 0 ? words.lost(problem.lost.map(say).join(', ')) : words.choices
  })

  /** The one tap that settles the problem, and what it costs; null where the guest has to choose again. */
  const way = computed<Way | null>(() => {
    const { problem, item } = reviewed()
    const words = t.value.cart.problem
    if (!problem) return null
    if (problem.kind === 'price') {
      const { toRp } = problem
      return { label: words.acceptPrice(formatRp(toRp)), run: () => accept(toRp) }
    }
    const wanted = problem.kind === 'choices' ? item : problem.substitute
    if (!wanted) return null
    const choices =
      problem.kind === 'choices' ? problem.repaired : repairChoices(wanted, reviewed().line.choices, facts())
    if (!choices) return { label: words.chooseAgain, run: () => edit(wanted.id) }
    const unitRp = unitPriceRp(wanted, facts().menu, choices)
    const price = formatRp(unitRp)
    const label = problem.kind === 'choices' ? words.repair(price) : words.swap(say(wanted.name), price)
    const named = namedChoices(choices, facts().menu)
    return {
      label,
      run: () =>
        cart.change(reviewed().line.key, {
          itemId: wanted.id,
          item: wanted,
          choices: named,
          shownUnitRp: unitRp,
        }),
    }
  })

  function accept(unitRp: number): void {
    cart.change(reviewed().line.key, { shownUnitRp: unitRp, item: reviewed().item })
  }

  return { trouble, way }
}
