import { type ComputedRef, computed, shallowRef, watch } from 'vue'
import type { PricingFacts } from '#shared/ordering/pricing.ts'
import { type CartReview, reviewCart } from './cart-review.ts'
import { useCart } from './useCart.ts'

const NOTHING: CartReview = { lines: [], problems: 0, quote: null, isTooExpensive: false }

/** A total that moved without the guest having changed anything. */
export type TotalChange = { readonly fromRp: number; readonly toRp: number }

/** The cart held against the menu as it is this second. `facts` is null until the menu is known. */
export function useCartReview(facts: () => PricingFacts | null): {
  readonly review: ComputedRef<CartReview>
  readonly totalChange: ComputedRef<TotalChange | null>
  readonly acceptTotal: () => void
} {
  const cart = useCart()
  const review = computed(() => {
    const known = facts()
    return known ? reviewCart(cart.lines, known) : NOTHING
  })
  const agreed = shallowRef<{ readonly wish: string; readonly totalRp: number } | null>(null)
  const wish = computed(() =>
    JSON.stringify(cart.lines.map(({ key, quantity, choices }) => [key, quantity, choices])),
  )
  const prices = computed(() => JSON.stringify(cart.lines.map((line) => line.shownUnitRp)))
  const totalRp = computed(() => (review.value.problems === 0 ? (review.value.quote?.totalRp ?? null) : null))

  function agree(total: number): void {
    agreed.value = { wish: wish.value, totalRp: total }
  }

  /** Lines that came back from an order have no price yet; now that the menu is here they show one. */
  function adoptPrices(): void {
    for (const { line, item, unitRp } of review.value.lines) {
      if (line.shownUnitRp === null && unitRp !== null) cart.change(line.key, { shownUnitRp: unitRp, item })
    }
  }
  watch(review, adoptPrices, { immediate: true })

  watch(
    [wish, prices, totalRp],
    ([nextWish, nextPrices], [, previousPrices]) => {
      if (totalRp.value === null) return
      if (cart.restoredTotalRp !== null) {
        agree(cart.restoredTotalRp)
        cart.restoredTotalRp = null
      } else if (agreed.value?.wish !== nextWish || (previousPrices ?? nextPrices) !== nextPrices) {
        agree(totalRp.value)
      }
    },
    { immediate: true },
  )

  const totalChange = computed(() => {
    if (totalRp.value === null || agreed.value === null || agreed.value.wish !== wish.value) return null
    if (agreed.value.totalRp === totalRp.value) return null
    return { fromRp: agreed.value.totalRp, toRp: totalRp.value }
  })

  return {
    review,
    totalChange,
    acceptTotal: () => {
      if (totalRp.value !== null) agree(totalRp.value)
    },
  }
}
