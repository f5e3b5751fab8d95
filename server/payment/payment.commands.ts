import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { changeFor } from '#shared/payment/cash.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { type CommandRefusal, type Context, command } from '../command.ts'
import {
  askFor,
  type Chosen,
  choosePart,
  choosePrepared,
  coversOf,
  refuseAsking,
  refuseTip,
} from './bills/asking.ts'
import { readAccount } from './bills/bill-keeping.ts'
import { type Because, handRefOf, learn, subjectOf } from './learning.ts'
import { type Member, memberOf, payerOf } from './members.ts'
import { addMove } from './money-moves.store.ts'
import { addPayment, noteLook, readPayment, readPaymentRow } from './payment.store.ts'
import { ensureSettings } from './settings/settings.store.ts'
import { refuseStatic } from './settings/static-code.ts'
import { askGateway } from './tasks/task.store.ts'

type TakeArgs = CommandArgs<'payment.take'>

/** Until a code has been looked at so often, the provider is asked at the quick pace. */
const QUICK_LOOKS = 20
const QUICK_LOOK_MS = 3000
const SLOW_LOOK_MS = 10_000
/** Money can come for so long after a code was closed; somebody may still ask. */
const LATE_MS = 48 * 60 * 60_000

/** How long to wait between two questions about one payment; Midtrans wants no more than one in ten seconds. */
function paceOf(provider: Payment['provider'], looks: number): number {
  return provider === 'midtrans' || looks >= QUICK_LOOKS ? SLOW_LOOK_MS : QUICK_LOOK_MS
}

async function isOwn(context: Context, paymentId: string): Promise<boolean> {
  const { actor } = context
  if (actor.kind !== 'customer') return true
  return (await readPaymentRow(context.tx, paymentId))?.customer_id === actor.id
}

/** What the cashier asks for: the part that a phone prepared, as far as it is still open, or a part chosen at the till. */
async function partToTake(
  context: Context,
  { bill }: Member,
  args: TakeArgs,
  prepared: Payment | undefined,
): Promise<Result<Chosen & Pick<Payment, 'covers'>, CommandRefusal>> {
  const account = await readAccount(context.tx, bill, prepared?.id)
  const chosen = prepared ? choosePrepared(account, prepared) : choosePart(account, args.part)
  if (!chosen.ok) return chosen
  return ok({ ...chosen.value, covers: coversOf(account, chosen.value, prepared?.phone ?? null) })
}

/** Why what a phone prepared cannot be taken at the till, or null. */
function refusePrepared(prepared: Payment | undefined, billId: string): CommandRefusal | null {
  if (!prepared) return null
  if (prepared.billId !== billId) return { code: 'payment.id_taken' }
  if (prepared.provider !== 'manual') return { code: 'payment.at_gateway' }
  return prepared.status === 'pending' ? null : { code: 'payment.over', status: prepared.status }
}

/** The payment as it is taken: exact and in whole, by a person who stands for it with their name. */
function takenPayment(
  context: Context,
  args: TakeArgs,
  member: Member,
  prepared: Payment | undefined,
): Payment {
  const { nowMs, actor } = context
  const blank: Payment = {
    id: args.paymentId,
    rev: 1,
    billId: member.bill.id,
    outletId: member.bill.outletId,
    phone: null,
    method: args.method,
    provider: 'manual',
    part: { kind: 'rest' },
    amountRp: 0,
    tipRp: 0,
    roundingRp: 0,
    askedRp: 0,
    status: 'pending',
    facts: NO_FACTS,
    providerRef: null,
    code: null,
    qrText: null,
    expiresAtMs: null,
    cash: null,
    confirmed: null,
    createdAtMs: nowMs,
  }
  const confirmed =
    actor.kind === 'staff'
      ? { staffId: actor.id, name: actor.name, deviceId: actor.deviceId, reason: '', atMs: nowMs }
      : null
  return { ...(prepared ?? blank), method: args.method, confirmed }
}

/** The very same taking, sent again because its answer was lost. */
function isTakenAlready({ actor }: Context, payment: Payment, args: TakeArgs): boolean {
  const { billId, method, status, confirmed, askedRp } = payment
  const isSame = billId === args.billId && method === args.method && askedRp === args.shownRp
  return isSame && status === 'paid' && actor.kind === 'staff' && confirmed?.staffId === actor.id
}

/** Why money is not taken in this way here, or null: only what the outlet offers, and no code that is in doubt. */
async function refuseMethod(
  context: Context,
  { method }: TakeArgs,
  settings: PaymentSettingsRecord,
): Promise<CommandRefusal | null> {
  const { methods } = settings
  if (!methods.includes(method)) return { code: 'payment.method_off', methods }
  return method === 'qris_static' ? refuseStatic(context, settings) : null
}

/** What the money's own record says when a phone prepared one way, and another was taken. */
function becauseOf(prepared: Payment | undefined, { method }: TakeArgs): Because {
  return prepared && prepared.method !== method ? { reason: `prepared as ${prepared.method}` } : {}
}

function takenAnswer({ id, status, askedRp }: Payment) {
  return { paymentId: id, status, askedRp }
}

async function take(context: Context, args: TakeArgs, member: Member) {
  const prepared = await readPayment(context.tx, args.paymentId)
  if (prepared && isTakenAlready(context, prepared, args)) {
    return ok({ ...takenAnswer(prepared), changeRp: prepared.cash?.changeRp ?? 0 })
  }
  const refusal = refusePrepared(prepared, member.bill.id)
  if (refusal) return refuse(refusal)
  const settings = await ensureSettings(context, member.bill.outletId)
  const unfit = (await refuseMethod(context, args, settings)) ?? refuseTip(args.tipRp, settings)
  if (unfit) return refuse(unfit)
  const chosen = await partToTake(context, member, args, prepared)
  if (!chosen.ok) return chosen
  const asked = askFor(chosen.value.amountRp, args.tipRp, args.method, settings)
  const wrong = refuseAsking(asked, args.method, args.shownRp, settings)
  if (wrong) return refuse(wrong)
  const change = changeFor(asked.askedRp, args.method === 'cash' ? args.tenderedRp : asked.askedRp)
  if (!change.ok) return change
  const cash = args.method === 'cash' ? { tenderedRp: args.tenderedRp, changeRp: change.value } : null
  const { part, covers = [] } = chosen.value
  const begun = { ...takenPayment(context, args, member, prepared), ...asked, part, covers, cash }
  // One step on its way: the record begins as pending and is paid in the same transaction.
  if (!prepared) await addPayment(context, member.bill, begun, null)
  const received = {
    kind: 'received',
    ref: handRefOf(begun),
    amountRp: asked.askedRp,
    atMs: context.nowMs,
  } as const
  const paid = await learn(context, member.bill, begun, [received], becauseOf(prepared, args))
  return ok({ ...takenAnswer(paid), changeRp: change.value })
}

export const paymentCommandList = [
  command('payment.cancel', {
    who: 'party',
    async handle(context, { paymentId }) {
      const found = await payerOf(context, paymentId)
      if (!found.ok) return found
      const { payment, bill } = found.value
      // The others at the table see it, but only whoever pays gives it up, or the house.
      if (!(await isOwn(context, paymentId))) return refuse({ code: 'payment.unknown' })
      if (payment.status === 'cancelled') return ok({ paymentId, status: payment.status })
      if (payment.status !== 'pending') return refuse({ code: 'payment.over', status: payment.status })
      const cancelled = await learn(context, bill, payment, [{ kind: 'cancelled', atMs: context.nowMs }])
      await addMove(context, { ...subjectOf(payment), kind: 'cancelled', subject: paymentId, amountRp: 0 })
      if (payment.provider !== 'manual') await askGateway(context, 'expire', paymentId)
      return ok({ paymentId, status: cancelled.status })
    },
  }),

  command('payment.look', {
    who: 'party',
    async handle(context, { paymentId }) {
      const found = await payerOf(context, paymentId)
      if (!found.ok) return found
      const { payment } = found.value
      const row = await readPaymentRow(context.tx, paymentId)
      const isAwaited =
        ['pending', 'expired', 'cancelled', 'failed'].includes(payment.status) &&
        context.nowMs - payment.createdAtMs < LATE_MS
      const isTime =
        row !== undefined && context.nowMs - row.looked_at_ms >= paceOf(payment.provider, row.looks)
      if (payment.provider !== 'manual' && row?.reference && isAwaited && isTime) {
        await noteLook(context.tx, paymentId, context.nowMs)
        await askGateway(context, 'status', paymentId)
      }
      return ok({ paymentId, status: payment.status })
    },
  }),

  command('payment.take', {
    who: 'barista',
    async handle(context, args) {
      const member = await memberOf(context, args.billId)
      if (!member.ok) return member
      if (context.actor.kind !== 'staff') return refuse({ code: 'session.not_allowed' })
      // Money is taken after the party has gone, too: it came back, or was found under the saucer.
      return take(context, args, member.value)
    },
  }),
]
