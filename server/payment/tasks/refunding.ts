import type { Payment } from '#shared/payment/payment.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'
import type { PaymentKey, RefundReason } from '../gateways/gateway.ts'
import { readRefund } from '../payment.store.ts'
import { type Asked, againAfter, DONE, type TaskEnd, tell } from './asked.ts'
import { refundHeard } from './house-commands.ts'

/** A refund that the provider has taken up is looked at again after this time, until its bank has answered. */
const LOOK_AGAIN_MS = 15 * 60_000

function reasonOf(payment: Payment): RefundReason {
  const reasons = attentionTo(payment)
  if (reasons.includes('late')) return 'late'
  return reasons.includes('twice') || reasons.includes('over') ? 'duplicate' : 'customer'
}

/** Asks for a refund, or how far one got. What may have happened is looked at before it is asked for again. */
export async function askAboutRefund(asked: Asked, key: PaymentKey): Promise<TaskEnd> {
  const { deps, gateway, payment, task, lease } = asked
  const refund = task.refund_id ? await readRefund(deps.door.database.read, task.refund_id) : undefined
  if (!refund || refund.stage === 'succeeded' || refund.stage === 'failed' || refund.stage === 'dropped') {
    return DONE
  }
  const isAsked = refund.stage === 'sent'
  const { id: refundKey, amountRp } = refund
  const answered = isAsked
    ? await gateway.refundState({ ...key, refundKey })
    : await gateway.refund({
        ...key,
        refundKey,
        amountRp,
        reason: reasonOf(payment),
        isStillOurs: lease.isStillOurs,
      })
  if (!answered.ok) return refundRefused(asked, refundKey, answered.refusal)
  const { status, providerRefundId, failure } = answered.value
  const stage = status === 'done' ? 'succeeded' : status === 'failed' ? 'failed' : 'sent'
  if (stage !== refund.stage) {
    await tell(deps, refundHeard, { refundId: refundKey, stage, providerRef: providerRefundId, failure })
  }
  return stage === 'sent' ? { again: true, afterMs: LOOK_AGAIN_MS, trouble: 'refund.accepted' } : DONE
}

/** A no is final and told; a silence is not. */
async function refundRefused(
  asked: Asked,
  refundId: string,
  refusal: Parameters<typeof againAfter>[1],
): Promise<TaskEnd> {
  const { deps } = asked
  // Whoever has it in hand writes down what becomes of it.
  if (refusal.code === 'gateway.taken_over') return DONE
  const isNo = [
    'gateway.refund_too_much',
    'gateway.refund_unsupported',
    'gateway.refused',
    'gateway.wrong_state',
  ].includes(refusal.code)
  if (!isNo) return againAfter(asked, refusal)
  const says = 'says' in refusal ? refusal.says : ''
  const failure = `${refusal.code} ${says}`.trim()
  await tell(deps, refundHeard, { refundId, stage: 'failed', providerRef: null, failure })
  return DONE
}
