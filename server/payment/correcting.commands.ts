import { ok, refuse } from '#shared/kernel/result.ts'
import { owesAfterRefund } from '#shared/payment/bill/refunding/owing-again.ts'
import { decisionsAbout } from '#shared/payment/bill/refunding/undecided.ts'
import { checkRefund, isPractice, type Payment, type Refund } from '#shared/payment/payment.ts'
import { amountsOf, attentionTo } from '#shared/payment/payment-status.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { type CommandRefusal, type Context, command } from '../command.ts'
import { type Approved, approve, checkPin, deedOf, type PinCheck } from './approval.ts'
import { keepBill, owedOf, readAccount } from './bills/bill-keeping.ts'
import { closeNeedless } from './bills/needless.ts'
import { handRefOf, learn, subjectOf } from './learning.ts'
import { type Member, memberOf, payerOf } from './members.ts'
import { addMove } from './money-moves.store.ts'
import { addRefund, changeRefund, readRefund } from './payment.store.ts'
import { askGateway } from './tasks/task.store.ts'

type Corrected = Member & { readonly payment: Payment }

/** The payment and the manager who stands behind correcting it. */
async function correcting(
  context: Context,
  args: { readonly paymentId: string; readonly approval: { readonly staffId: string; readonly pin: string } },
  check: PinCheck,
) {
  const found = await payerOf(context, args.paymentId)
  if (!found.ok) return { answer: found }
  const approved = await approve(context, args.approval, check, found.value.bill.outletId)
  return 'answer' in approved ? approved : { found: found.value, by: approved.by }
}

/**
 * True for what moved no money and moves none. The record says so of whatever a code was made for; one begun
 * by an older server and without a code yet is of the keys that would make it.
 */
function isPlayed(context: Context, payment: Payment): boolean {
  return isPractice(payment) || (payment.providerRef === null && context.isPlayed(payment.provider))
}

async function confirm(context: Context, { bill, payment }: Corrected, by: Approved, reason: string) {
  const isOpen = ['pending', 'failed', 'expired', 'cancelled'].includes(payment.status)
  if (!isOpen) return refuse({ code: 'payment.over', status: payment.status })
  // There is no app and no account in which played money could have been seen.
  if (isPlayed(context, payment)) return refuse({ code: 'payment.practice_confirm' })
  const { nowMs } = context
  const because = { reason, approvedBy: by.name }
  // Under the provider's own name, so that its notice of the same money, should it come, adds nothing.
  const ref = payment.providerRef ?? handRefOf(payment)
  const paid = await learn(
    context,
    bill,
    payment,
    [
      { kind: 'received', ref, amountRp: payment.askedRp, atMs: nowMs },
      // A code that was closed before: the manager says that the money counts all the same.
      ...(payment.status === 'pending' ? [] : [{ kind: 'credited', atMs: nowMs } as const]),
    ],
    { ...because, change: { confirmed: deedOf(context, by, reason) } },
  )
  // The code is on somebody's screen: nobody shall pay by it again.
  if (payment.provider !== 'manual' && payment.status === 'pending')
    await askGateway(context, 'expire', payment.id)
  await addMove(context, {
    ...because,
    ...subjectOf(paid),
    kind: 'confirmed',
    subject: context.commandId,
    amountRp: 0,
  })
  await closeNeedless(context, bill.id)
  return ok({ ok: true, paymentId: payment.id, status: paid.status })
}

/** Why this refund would make a bill that was paid owe again, or null. */
async function refuseOwing(
  { tx }: Context,
  { bill, payment }: Pick<Corrected, 'bill' | 'payment'>,
  { amountRp, owesAgain, refundId }: CommandArgs<'payment.refund'>,
): Promise<CommandRefusal | null> {
  if (owesAgain) return null
  const account = await readAccount(tx, bill)
  const { payments, standing } = account
  const owesRp = owesAfterRefund({ orders: owedOf(account), payments, payment, refundId, amountRp })
  return owesRp === null ? null : { code: 'refund.owes_again', owesRp, overRp: standing.overRp }
}

async function refund(
  context: Context,
  { bill, payment }: Corrected,
  by: Approved,
  args: CommandArgs<'payment.refund'>,
) {
  const allowed = checkRefund(payment, args.amountRp)
  if (!allowed.ok) return allowed
  const owes = await refuseOwing(context, { bill, payment }, args)
  if (owes) return refuse(owes)
  const way = args.way ?? 'same'
  if (way === 'cash' && isPlayed(context, payment)) return refuse({ code: 'refund.practice_cash' })
  const isByHand = way === 'cash' || payment.provider === 'manual'
  const { nowMs } = context
  const made: Refund = {
    id: args.refundId,
    rev: 1,
    paymentId: payment.id,
    billId: bill.id,
    outletId: bill.outletId,
    amountRp: args.amountRp,
    way,
    stage: isByHand ? 'succeeded' : 'requested',
    failure: null,
    providerRef: null,
    deed: deedOf(context, by, args.reason),
    requestedAtMs: nowMs,
    endedAtMs: isByHand ? nowMs : null,
  }
  await addRefund(context, bill, made)
  const event = {
    kind: 'refund',
    refundId: made.id,
    amountRp: made.amountRp,
    stage: made.stage,
    ...(way === 'cash' && { isByHand: true as const }),
    atMs: nowMs,
  } as const
  const changed = await learn(context, bill, payment, [event])
  if (!isByHand) await askGateway(context, 'refund', payment.id, made.id)
  return ok({ ok: true, refundId: made.id, stage: made.stage, status: changed.status })
}

type Deed = Pick<Parameters<typeof addMove>[1], 'kind' | 'subject' | 'refundId' | 'approvedBy' | 'reason'>

/** What a manager decided about a payment, in the money's own record; it moves no money. */
function noteDeed(context: Context, payment: Payment, deed: Deed): Promise<void> {
  return addMove(context, { ...subjectOf(payment), ...deed, amountRp: 0 })
}

export const correctingCommandList = [
  command('payment.confirm', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const ready = await correcting(context, args, check)
      return 'answer' in ready ? ready.answer : confirm(context, ready.found, ready.by, args.reason)
    },
  }),

  command('payment.credit', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const ready = await correcting(context, args, check)
      if ('answer' in ready) return ready.answer
      const { payment, bill } = ready.found
      const reasons = attentionTo(payment)
      if (!reasons.includes('late') && !reasons.includes('contradiction')) {
        return refuse({ code: 'payment.nothing_to_credit', status: payment.status })
      }
      const because = { reason: args.reason, approvedBy: ready.by.name }
      const event = { kind: 'credited', atMs: context.nowMs } as const
      const credited = await learn(context, bill, payment, [event], because)
      await noteDeed(context, payment, { kind: 'credited', subject: payment.id, ...because })
      await closeNeedless(context, bill.id)
      return ok({ ok: true, paymentId: payment.id, status: credited.status })
    },
  }),

  command('payment.owe_again', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const ready = await correcting(context, args, check)
      if ('answer' in ready) return ready.answer
      const { payment, bill } = ready.found
      const decided = decisionsAbout(payment, context.nowMs)
      // Asked for again because the answer was lost, or by two people: it is said once.
      if (decided.length === 0) return ok({ ok: true, paymentId: payment.id, status: payment.status })
      const after = await learn(context, bill, payment, decided)
      const because = { approvedBy: ready.by.name, reason: args.reason }
      await noteDeed(context, payment, { kind: 'owed_again', subject: context.commandId, ...because })
      return ok({ ok: true, paymentId: after.id, status: after.status })
    },
  }),

  command('payment.compare', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const ready = await correcting(context, args, check)
      if ('answer' in ready) return ready.answer
      const { payment, bill } = ready.found
      const reasons = attentionTo(payment)
      const answer = ok({ ok: true, paymentId: payment.id, status: payment.status })
      // Said again because the answer was lost, or by two people: it is said once.
      if (!reasons.includes('returned_more') && !reasons.includes('over_refunded')) return answer
      // What went back since is a matter still.
      const returnedRp = Math.min(args.shownRp, amountsOf(payment).returnedRp)
      await learn(context, bill, payment, [{ kind: 'compared', returnedRp, atMs: context.nowMs }])
      const because = { approvedBy: ready.by.name, reason: args.reason }
      await noteDeed(context, payment, { kind: 'compared', subject: context.commandId, ...because })
      return answer
    },
  }),

  command('payment.refund', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const ready = await correcting(context, args, check)
      if ('answer' in ready) return ready.answer
      const known = await readRefund(context.tx, args.refundId)
      if (!known) return refund(context, ready.found, ready.by, args)
      // Asked for again because the answer was lost: it is not paid back twice.
      const isSame = known.paymentId === args.paymentId && known.amountRp === args.amountRp
      if (!isSame) return refuse({ code: 'refund.id_taken' })
      return ok({ ok: true, refundId: known.id, stage: known.stage, status: ready.found.payment.status })
    },
  }),

  command('refund.drop', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const { tx, nowMs } = context
      const { refundId, paymentId, reason } = args
      const ready = await correcting(context, args, check)
      if ('answer' in ready) return ready.answer
      const known = await readRefund(tx, refundId)
      if (known?.paymentId !== paymentId) return refuse({ code: 'refund.unknown' })
      const { bill, payment } = ready.found
      const { amountRp, stage } = known
      if (stage === 'dropped') return ok({ ok: true, refundId, stage })
      if (stage !== 'failed') return refuse({ code: 'refund.not_failed', stage })
      await changeRefund(context, bill, { ...known, stage: 'dropped', endedAtMs: nowMs })
      await learn(context, bill, payment, [
        { kind: 'refund', refundId, amountRp, stage: 'dropped', atMs: nowMs },
      ])
      const because = { approvedBy: ready.by.name, reason }
      await noteDeed(context, payment, { kind: 'refund_dropped', subject: refundId, refundId, ...because })
      return ok({ ok: true, refundId, stage: 'dropped' })
    },
  }),

  command('bill.discount', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const found = await memberOf(context, args.billId)
      if (!found.ok) return found
      const { bill } = found.value
      const approved = await approve(context, args.approval, check, bill.outletId)
      if ('answer' in approved) return approved.answer
      // Also of one whose party has gone: it ends the waiting for what is owed, or comes before a refund.
      const { what, label, reason } = args
      const kept = await keepBill(context, bill, { discount: what && { what, label } })
      await addMove(context, {
        kind: 'discounted',
        subject: context.commandId,
        outletId: bill.outletId,
        billId: bill.id,
        amountRp: 0,
        approvedBy: approved.by.name,
        reason: `${reason} (${kept.sums.discountRp} Rp)`,
      })
      await closeNeedless(context, bill.id)
      return ok({ ok: true, billId: bill.id, discountRp: kept.sums.discountRp, totalRp: kept.sums.totalRp })
    },
  }),
]
