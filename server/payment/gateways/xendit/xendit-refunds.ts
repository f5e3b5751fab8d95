import { ok, refuse } from '#shared/kernel/result.ts'
import type { GatewayResult, PaymentKey, PaymentState, RefundRequest, RefundState } from '../gateway.ts'
import { checkRequest } from '../request-limits.ts'
import { xenditReason, xenditRefund, xenditRefundList, xenditRefundState } from './xendit-answers.ts'
import { ask, GATEWAY, mismatch, type Xendit } from './xendit-asking.ts'

// `GET /refunds` names every refund of a payment request, whoever asked for it: https://docs.xendit.co.

const PAGE = 100
/** A payment has few refunds; a list without an end is an error of theirs. */
const MAX_PAGES = 5

/** Of one payment, all of them: those made in the dashboard have no reference of ours, or none at all. */
export async function listRefunds(
  xendit: Xendit,
  { providerId }: Pick<PaymentKey, 'providerId'>,
): Promise<GatewayResult<readonly RefundState[]>> {
  if (providerId === null) return refuse({ code: 'gateway.not_found', gateway: GATEWAY })
  const refunds = new Map<string, RefundState>()
  let afterId: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const query: URLSearchParams = new URLSearchParams({
      payment_request_id: providerId,
      limit: String(PAGE),
      ...(afterId !== null && { after_id: afterId }),
    })
    const request = { method: 'GET', path: `/refunds?${query}`, isRepeatable: true } as const
    const list = await ask(xendit, request, xenditRefundList)
    if (!list.ok) return list
    for (const entry of list.value.data) {
      // Whatever else the list holds is another payment's.
      if (entry.payment_request_id != null && entry.payment_request_id !== providerId) continue
      refunds.set(entry.id, xenditRefundState(entry, entry.reference_id ?? entry.id))
    }
    afterId = list.value.data.at(-1)?.id ?? null
    if (!list.value.has_more || afterId === null) return ok([...refunds.values()])
  }
  return mismatch('has_more', false)
}

/** Of several under one key the one that got furthest: a try that failed says nothing about the one that did not. */
const BY_REACH: readonly RefundState['status'][] = ['done', 'accepted', 'failed']

export async function findRefund(
  xendit: Xendit,
  key: PaymentKey & { readonly refundKey: string },
): Promise<GatewayResult<RefundState | null>> {
  const list = await listRefunds(xendit, key)
  if (!list.ok) return list
  const ours = list.value.filter(({ refundKey }) => refundKey === key.refundKey)
  const furthest = ours.toSorted((a, b) => BY_REACH.indexOf(a.status) - BY_REACH.indexOf(b.status))[0]
  return ok(furthest ?? null)
}

/** The same answer with what went back of it; the request itself keeps saying SUCCEEDED. */
export function withRefunds(state: PaymentState, refunds: readonly RefundState[]): PaymentState {
  const sumOf = (statuses: readonly RefundState['status'][]) =>
    refunds.filter(({ status }) => statuses.includes(status)).reduce((sum, { amountRp }) => sum + amountRp, 0)
  const doneRp = sumOf(['done'])
  const returned = doneRp >= state.receivedRp ? 'refunded' : 'partly_refunded'
  return {
    ...state,
    status: doneRp > 0 ? returned : state.status,
    refundedRp: sumOf(['done', 'accepted']),
    refunds,
  }
}

/**
 * Their v3 pages promise no idempotency for refunds, so it is made here: look first, send once, and when
 * the answer is lost look again.
 */
export async function refundAtXendit(
  xendit: Xendit,
  request: RefundRequest,
): Promise<GatewayResult<RefundState>> {
  const { refundKey, amountRp } = request
  const limit = checkRequest(GATEWAY, { reference: refundKey, amountRp })
  if (limit) return refuse(limit)
  const before = await findRefund(xendit, request)
  if (!before.ok) return before
  if (before.value && before.value.amountRp !== amountRp) {
    return refuse({ code: 'gateway.reference_used', gateway: GATEWAY })
  }
  if (before.value && before.value.status !== 'failed') return ok(before.value)
  if (!(await request.isStillOurs())) return refuse({ code: 'gateway.taken_over', gateway: GATEWAY })
  const sent = await ask(
    xendit,
    {
      method: 'POST',
      path: '/refunds',
      isRepeatable: false,
      headers: { 'idempotency-key': refundKey },
      body: {
        payment_request_id: request.providerId,
        reference_id: refundKey,
        currency: 'IDR',
        amount: amountRp,
        reason: xenditReason(request.reason),
      },
    },
    xenditRefund,
  )
  if (sent.ok) {
    return sent.value.amount === amountRp
      ? ok(xenditRefundState(sent.value, refundKey))
      : mismatch('amount', true)
  }
  const isUnsure = 'mayHaveHappened' in sent.refusal && sent.refusal.mayHaveHappened
  const after = isUnsure ? await findRefund(xendit, request) : null
  const found = after?.ok ? after.value : null
  // The try that failed before says nothing about the one that was just sent.
  const isNew = found !== null && found.providerRefundId !== before.value?.providerRefundId
  return isNew ? ok(found) : sent
}
