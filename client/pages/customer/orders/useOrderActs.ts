import { useRouter } from 'vue-router'
import { useCart } from '../../../ordering/cart/useCart.ts'
import { outcomeOf } from '../../../ordering/order-news.ts'
import { linesToOrderAgain, type OrderView } from '../../../ordering/order-views.ts'
import { markRead } from '../../../ordering/read-outcomes.ts'
import { dismiss, sendAnyway } from '../../../sync/outbox.ts'

/** What a guest may do about an order in one tap. */
export function useOrderActs() {
  const router = useRouter()
  const cart = useCart()

  function read(view: OrderView): void {
    const outcome = outcomeOf(view)
    if (outcome !== null) markRead(outcome)
  }

  /** Back into the cart; a refused order leaves the outbox only once the cart is kept on this phone. */
  async function restore(view: OrderView): Promise<void> {
    if (view.kind === 'sent')
      await cart.restoreFrom({ lines: linesToOrderAgain(view.order), note: view.order.note })
    else if (view.args) {
      await cart.restoreFrom(view.args)
      await dismiss(view.row.id)
    }
    read(view)
    await router.push({ path: '/', state: { opensCart: true } })
  }

  async function send(view: OrderView): Promise<void> {
    if (view.kind === 'unsent') await sendAnyway(view.row.id)
  }

  async function drop(view: OrderView): Promise<void> {
    if (view.kind === 'unsent') await dismiss(view.row.id)
  }

  return { read, restore, send, drop }
}
