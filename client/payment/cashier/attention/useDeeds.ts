import { formatRp } from '#shared/kernel/money.ts'
import { owesAfterRefund } from '#shared/payment/bill/refunding/owing-again.ts'
import { type Bill, isPractice, type Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { useWords } from '../../../i18n/staff/staff-words.ts'
import { makeId } from '../../../sync/ids.ts'
import { useCashier } from '../money/useCashier.ts'
import { useMoneyAsk } from '../money/useMoneyAsk.ts'
import type { RefundWay } from './approval.ts'

type Answer = { readonly ok?: boolean; readonly code?: string; readonly triesLeft?: number }

/** Sends what a manager approved; answers why it was not done, in words, or null. */
export function useApproved() {
  const t = useWords()
  const { ask, failure } = useMoneyAsk()
  return async <Name extends CommandName>(name: Name, args: CommandArgs<Name>): Promise<string | null> => {
    const answered = await ask<Name, Answer>(name, args)
    if (!answered) return failure.value
    const { result } = answered
    if (result.ok !== false) return null
    // A wrong PIN is an answer, not a refusal: the server has counted it.
    return result.code === 'staff.wrong_pin'
      ? t.value.cashier.approval.wrongPin(result.triesLeft ?? 0)
      : t.value.signIn.locked
  }
}

/** What only a manager may do with a payment, each asked for in one sheet with a reason and a PIN. */
export function useDeeds() {
  const t = useWords()
  const cashier = useCashier()
  const run = useApproved()

  function askCredit({ id: paymentId }: Payment, receivedRp: number): void {
    const words = t.value.cashier.matters
    cashier.askApproval({
      title: words.creditTitle,
      text: words.creditText(formatRp(receivedRp)),
      action: words.deeds.credit,
      reasons: words.reasons.credit,
      amount: null,
      ways: [],
      run: ({ approval, reason }) => run('payment.credit', { paymentId, reason, approval }),
    })
  }

  function askConfirm({ id: paymentId, askedRp }: Payment): void {
    const words = t.value.cashier.matters
    cashier.askApproval({
      title: words.confirmTitle,
      text: words.confirmText(formatRp(askedRp)),
      action: t.value.cashier.payment.confirm,
      reasons: words.reasons.confirm,
      amount: null,
      ways: [],
      run: ({ approval, reason }) => run('payment.confirm', { paymentId, reason, approval }),
    })
  }

  function askRefund(
    payment: Payment,
    maxRp: number,
    proposedRp = maxRp,
    { onlyWay = null, likelyReason = '' }: { onlyWay?: RefundWay | null; likelyReason?: string } = {},
  ): void {
    const words = t.value.cashier.matters
    const what = `${t.value.cashier.payment.methods[payment.method]} ${formatRp(amountsOf(payment).receivedRp)}`
    // One id for the whole sheet: sent again after a lost answer, it is still the same refund.
    const refundId = makeId('rfd')
    // What never came as money must not leave the drawer.
    const isPlayed = isPractice(payment)
    const ways: readonly RefundWay[] =
      payment.provider === 'manual' ? [] : isPlayed ? ['same'] : ['same', 'cash']
    cashier.askApproval({
      title: words.refundTitle,
      text: isPlayed ? `${words.refundPractice} ${words.refundText(what)}` : words.refundText(what),
      action: words.deeds.refund,
      reasons: words.reasons.refund,
      amount: { proposedRp, maxRp },
      ways: onlyWay === null || isPlayed ? ways : [onlyWay],
      mayOweAgain: true,
      likelyReason,
      objection: ({ amountRp, owesAgain }) => {
        const entry = cashier.entries.value.find(({ bill }) => bill?.id === payment.billId)
        if (!entry?.bill || owesAgain) return null
        const { payments, bill } = entry
        const owesRp = owesAfterRefund({ orders: bill.orders, payments, payment, refundId, amountRp })
        return owesRp === null ? null : words.refundOwes(formatRp(owesRp))
      },
      run: ({ approval, reason, amountRp, way, owesAgain }) =>
        run('payment.refund', {
          refundId,
          paymentId: payment.id,
          amountRp,
          way,
          owesAgain,
          reason,
          approval,
        }),
    })
  }

  function askDrop({ id: paymentId }: Payment, refundId: string): void {
    const words = t.value.cashier.matters
    cashier.askApproval({
      title: words.dropTitle,
      text: words.dropText,
      action: words.deeds.drop,
      reasons: words.reasons.drop,
      amount: null,
      ways: [],
      run: ({ approval, reason }) => run('refund.drop', { refundId, paymentId, reason, approval }),
    })
  }

  return { askCredit, askConfirm, askRefund, askDrop }
}

/** What went back unasked is to be paid again: the guests are asked for it from then on. */
export function useOweAgain() {
  const t = useWords()
  const cashier = useCashier()
  const run = useApproved()
  return ({ id: paymentId }: Payment, amountRp: number): void => {
    const words = t.value.cashier.matters
    cashier.askApproval({
      title: words.oweTitle,
      text: words.oweText(formatRp(amountRp)),
      action: words.deeds.owe,
      reasons: words.reasons.owe,
      amount: null,
      ways: [],
      run: ({ approval, reason }) => run('payment.owe_again', { paymentId, reason, approval }),
    })
  }
}

/** What went back was compared with the provider's pages, so much as is shown: nobody has to look any more. */
export function useCompared() {
  const t = useWords()
  const cashier = useCashier()
  const run = useApproved()
  return ({ id: paymentId }: Payment, shownRp: number): void => {
    const words = t.value.cashier.matters
    cashier.askApproval({
      title: words.compareTitle,
      text: words.compareText(formatRp(shownRp)),
      action: words.deeds.compare,
      reasons: words.reasons.compare,
      amount: null,
      ways: [],
      run: ({ approval, reason }) => run('payment.compare', { paymentId, shownRp, reason, approval }),
    })
  }
}

/** The shares that are given most often; any other is typed as an amount. */
const DISCOUNT_PERMILLES = [50, 100, 150, 200, 500]

/** A discount on the whole bill. */
export function useDiscount() {
  const t = useWords()
  const cashier = useCashier()
  const run = useApproved()
  /** `moreRp`: what is proposed beyond the discount that the bill has. */
  return (bill: Bill, moreRp = 0): void => {
    const words = t.value.cashier.matters
    cashier.askApproval({
      title: words.discountTitle,
      text: words.discountText,
      action: words.discountTitle,
      reasons: words.reasons.discount,
      amount: {
        proposedRp: Math.min(bill.sums.subtotalRp, bill.sums.discountRp + moreRp),
        maxRp: bill.sums.subtotalRp,
      },
      ways: [],
      permilles: DISCOUNT_PERMILLES,
      run: ({ approval, reason, amountRp, permille }) => {
        const what =
          permille === null ? ({ kind: 'amount', amountRp } as const) : ({ kind: 'rate', permille } as const)
        return run('bill.discount', { billId: bill.id, what, label: words.discountLabel, reason, approval })
      },
    })
  }
}
