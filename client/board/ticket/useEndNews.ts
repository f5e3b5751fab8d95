import { formatRp } from '#shared/kernel/money.ts'
import type { Order } from '#shared/ordering/order.ts'
import { useWords } from '../../i18n/staff/staff-words.ts'
import { useToast } from '../../ui/notice/useToast.ts'
import { useBoard } from '../useBoard.ts'
import { moneyOf } from './order-money.ts'

/** After a paid order was ended: the way to where its money goes back. `tell` is asked for before, and called after. */
export function useEndNews(): (order: Order) => { readonly tell: () => void } {
  const t = useWords()
  const board = useBoard()
  const { showToast } = useToast()
  return (order) => {
    const { backRp, isPlayed } = moneyOf(order, board.bills.value, board.payments.value)
    return {
      tell() {
        if (backRp === 0) return
        const words = t.value.board.reject
        const run = () => board.openTill(order.visitId)
        showToast({
          text: isPlayed ? words.played(words.toReturn(formatRp(backRp))) : words.toReturn(formatRp(backRp)),
          tone: 'warn',
          action: { label: words.till, run },
        })
      },
    }
  }
}
