import { ok, refuse } from '#shared/kernel/result.ts'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import type { PaymentEvent, RefundStage } from '#shared/payment/payment-facts.ts'
import type { Context, HouseCommand } from '../../command.ts'
import { readBill } from '../bills/bill.store.ts'
import { closeNeedless } from '../bills/needless.ts'
import type { CreatedPayment, PaymentState } from '../gateways/gateway.ts'
import { learn } from '../learning.ts'
import { changePayment, changeRefund, readPayment, readPaymentRow, readRefund } from '../payment.store.ts'
import { doubtStaticQris } from '../settings/settings.store.ts'
import { eventsOf } from './hearing.ts'
import { askGateway } from './task.store.ts'

async function withBill(context: Context, paymentId: string): Promise<{ bill: Bill; payment: Payment }> {
  const payment = await readPayment(context.tx, paymentId)
  const bill = payment && (await readBill(context.tx, payment.billId))
  if (!bill) throw new Error('A payment has no bill.')
  return { bill, payment }
}

function house<Args>(
  name: HouseCommand['name'],
  handle: (context: Context, args: Args) => ReturnType<HouseCommand['handle']>,
): HouseCommand {
  return { name, handle: handle as HouseCommand['handle'] }
}

type CodeMade = {
  readonly paymentId: string
  readonly reference: string
  readonly created: CreatedPayment
  readonly isTest: boolean
  readonly qrText: string
}

/** The provider made the code: it is shown, unless the payer has given up meanwhile. */
export const codeMade = house<CodeMade>('house.code_made', async (context, args) => {
  const { bill, payment } = await withBill(context, args.paymentId)
  const row = await readPaymentRow(context.tx, payment.id)
  if (row?.reference !== args.reference) return refuse({ code: 'payment.over' })
  const { providerId, expiresAtMs } = args.created
  const isPending = payment.status === 'pending'
  const endsAtMs = Math.min(
    payment.expiresAtMs ?? Number.MAX_SAFE_INTEGER,
    expiresAtMs ?? Number.MAX_SAFE_INTEGER,
  )
  await changePayment(context, bill, {
    ...payment,
    ...(args.isTest ? { isTest: true as const } : {}),
    providerRef: providerId,
    qrText: args.qrText,
    expiresAtMs: endsAtMs === Number.MAX_SAFE_INTEGER ? null : endsAtMs,
  })
  if (!isPending) await askGateway(context, 'expire', payment.id)
  return ok({ status: payment.status })
})

type Closed = {
  readonly paymentId: string
  readonly kind: 'failed' | 'expired'
  readonly isTest?: boolean
}

/** A fact that the house knows by itself: no code could be made, or the time is over. */
export const closedByHouse = house<Closed>(
  'house.payment_closed',
  async (context, { paymentId, kind, isTest }) => {
    const { bill, payment } = await withBill(context, paymentId)
    if (payment.status !== 'pending') return ok({ status: payment.status })
    const closed = await learn(context, bill, payment, [{ kind, atMs: context.nowMs }], {
      // Refused or not, a test key moves no money.
      ...(isTest ? { change: { isTest: true as const } } : {}),
    })
    return ok({ status: closed.status })
  },
)

/** One of ours that was thought to have failed went back after all: its own record says so too. */
async function endOwnRefund(
  context: Context,
  bill: Bill,
  refundId: string,
  { refunds = [] }: PaymentState,
): Promise<void> {
  const refund = await readRefund(context.tx, refundId)
  if (!refund || refund.stage === 'succeeded') return
  const done = refunds.find(({ refundKey, status }) => refundKey === refundId && status === 'done')
  const providerRef = done?.providerRefundId ?? refund.providerRef
  const ended = { stage: 'succeeded', failure: null, providerRef, endedAtMs: context.nowMs } as const
  await changeRefund(context, bill, { ...refund, ...ended })
}

type StateHeard = {
  readonly paymentId: string
  readonly state: PaymentState
  readonly isTest: boolean
}

/** What the provider's own status says; the one way by which a gateway's money comes into the books. */
export const stateHeard = house<StateHeard>(
  'house.payment_state',
  async (context, { paymentId, state, isTest }) => {
    const { bill, payment } = await withBill(context, paymentId)
    const events = eventsOf(payment, state, context.nowMs)
    for (const event of events) {
      if (event.kind === 'refund') await endOwnRefund(context, bill, event.refundId, state)
    }
    const heard = await learn(context, bill, payment, events, {
      reason: state.issuer ?? '',
      // Its code may have been made without our hearing of it.
      ...(isTest ? { change: { isTest: true as const } } : {}),
    })
    // Others may be asked for what is paid now.
    await closeNeedless(context, bill.id)
    return ok({ status: heard.status })
  },
)

type RefundHeard = {
  readonly refundId: string
  readonly stage: RefundStage
  readonly providerRef: string | null
  readonly failure: string | null
}

/** How far the provider got with a refund. */
export const refundHeard = house<RefundHeard>('house.refund_state', async (context, args) => {
  const refund = await readRefund(context.tx, args.refundId)
  if (!refund) throw new Error('A refund is not known.')
  const { bill, payment } = await withBill(context, refund.paymentId)
  const isEnded = args.stage === 'succeeded' || args.stage === 'failed'
  const changed: Refund = {
    ...refund,
    stage: args.stage,
    failure: args.failure?.slice(0, 200) || null,
    providerRef: args.providerRef ?? refund.providerRef,
    endedAtMs: isEnded ? context.nowMs : null,
  }
  await changeRefund(context, bill, changed)
  const { id: refundId, amountRp } = refund
  const event: PaymentEvent = { kind: 'refund', refundId, amountRp, stage: args.stage, atMs: context.nowMs }
  const after = await learn(context, bill, payment, [event])
  // A no may well mean that the money went back in another way meanwhile.
  if (args.stage === 'failed') await askGateway(context, 'status', payment.id)
  return ok({ status: after.status })
})

/** The stored static code is not the approved one: every desk of the outlet is told. */
export const staticDoubted = house<{ readonly outletId: string }>(
  'house.static_doubted',
  async (context, args) => {
    await doubtStaticQris(context, args.outletId)
    return ok({})
  },
)
