import type { Order } from '#shared/ordering/order.ts'
import { callNameOf } from '#shared/ordering/pickup.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import { useApproved } from '../../../payment/cashier/attention/useDeeds.ts'
import type { useApproval } from '../cashier/useApproval.ts'

/** Lets an order be made before it is paid; a manager stands behind it. */
export function useWaiving(approvals: ReturnType<typeof useApproval>): (order: Order) => void {
  const t = useWords()
  const run = useApproved()
  return (order) => {
    const words = t.value.board.pickup.awaited
    approvals.open({
      title: words.waiveTitle,
      text: words.waiveText(callNameOf(order)),
      action: words.waive,
      reasons: words.reasons,
      amount: null,
      ways: [],
      run: ({ approval, reason }) => run('payment.waive', { orderId: order.id, reason, approval }),
    })
  }
}
