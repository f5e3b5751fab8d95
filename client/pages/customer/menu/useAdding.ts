import { type Ref, readonly, ref } from 'vue'
import { type Choice, checkChoices, defaultChoices, unitPriceRp } from '#shared/menu/choices.ts'
import type { Item, Menu } from '#shared/menu/menu.ts'
import { MAX_LINES, MAX_QUANTITY } from '#shared/ordering/order.ts'
import { useWords } from '../../../i18n/customer/customer-words.ts'
import { useSpoken } from '../../../i18n/useSpoken.ts'
import type { ItemWish } from '../../../menu/item/ItemSheet.vue'
import { type NewLine, namedChoices } from '../../../ordering/cart/cart-lines.ts'
import { useCart } from '../../../ordering/cart/useCart.ts'
import { useToast } from '../../../ui/notice/useToast.ts'

/** From the menu into the cart, with the words that say what happened. */
export function useAdding(menu: () => Menu | null): {
  /** For a live region: the last thing that was added. */
  readonly announcement: Readonly<Ref<string>>
  /** Adds one as it usually comes; false when it cannot be had without choosing first. */
  readonly addPlain: (item: Item, choices?: readonly Choice[]) => boolean
  readonly add: (item: Item, wish: ItemWish) => void
  readonly change: (key: string, item: Item, wish: ItemWish) => void
} {
  const t = useWords()
  const say = useSpoken()
  const cart = useCart()
  const { showToast } = useToast()
  const announcement = ref('')

  function lineOf(item: Item, wish: ItemWish): NewLine | null {
    const current = menu()
    if (!current) return null
    const checked = checkChoices(item, current, wish.choices)
    if (!checked.ok) return null
    return {
      itemId: item.id,
      item,
      choices: namedChoices(checked.value, current),
      quantity: wish.quantity,
      note: wish.note,
      shownUnitRp: unitPriceRp(item, current, checked.value),
    }
  }

  function put(item: Item, line: NewLine): void {
    const outcome = cart.add(line)
    const name = say(item.name)
    if (outcome === 'full') showToast({ text: t.value.cart.full(MAX_LINES), tone: 'warn' })
    else if (outcome === 'most') showToast({ text: t.value.cart.most(name, MAX_QUANTITY), tone: 'warn' })
    else announcement.value = t.value.cart.added(name, cart.count)
  }

  function add(item: Item, wish: ItemWish): void {
    const line = lineOf(item, wish)
    if (line) put(item, line)
  }

  function addPlain(item: Item, choices?: readonly Choice[]): boolean {
    const current = menu()
    const wanted = choices ?? (current ? defaultChoices(item, current) : [])
    const line = lineOf(item, { choices: wanted, quantity: 1, note: '' })
    if (line) put(item, line)
    return line !== null
  }

  function change(key: string, item: Item, wish: ItemWish): void {
    const line = lineOf(item, wish)
    if (line) cart.change(key, line)
  }

  return { announcement: readonly(announcement), addPlain, add, change }
}
