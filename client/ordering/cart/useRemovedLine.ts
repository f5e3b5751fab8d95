import { type ShallowRef, shallowReadonly, shallowRef } from 'vue'
import { useSpoken } from '../../i18n/useSpoken.ts'
import type { ReviewedLine } from './cart-review.ts'
import { useCart } from './useCart.ts'

type Removed = { readonly name: string; readonly undo: () => void }

/** The line that was taken out last. Undone in the cart, not in a toast: outside an open dialog nothing can be pressed. */
export function useRemovedLine(): {
  readonly removed: Readonly<ShallowRef<Removed | null>>
  readonly remove: (line: ReviewedLine) => void
  readonly undoRemove: () => void
  readonly forgetRemoved: () => void
} {
  const cart = useCart()
  const say = useSpoken()
  const removed = shallowRef<Removed | null>(null)

  function remove({ line, name }: ReviewedLine): void {
    removed.value = { name: say(name), undo: cart.remove(line.key) }
  }

  function forgetRemoved(): void {
    removed.value = null
  }

  function undoRemove(): void {
    removed.value?.undo()
    forgetRemoved()
  }

  return { removed: shallowReadonly(removed), remove, undoRemove, forgetRemoved }
}
