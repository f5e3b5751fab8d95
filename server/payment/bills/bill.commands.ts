import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { isAwaitingPayment } from '#shared/ordering/order.ts'
import { namedOrders } from '#shared/payment/bill/apart.ts'
import { methodsFromAfar } from '#shared/payment/from-afar.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { MAX_VISIT_ORDERS, type Visit } from '#shared/visits/visit.ts'
import { type CommandRefusal, type Context, command, worksAt } from '../../command.ts'
import { readOwed } from '../../ordering/order.store.ts'
import { isOwing, readVisit } from '../../visits/visit.store.ts'
import { type Member, memberOf, phoneIn } from '../members.ts'
import { addPayment, countPayments, readPayment, readPaymentRow } from '../payment.store.ts'
import { ensureSettings } from '../settings/settings.store.ts'
import { staticCode } from '../settings/static-code.ts'
import { askGateway } from '../tasks/task.store.ts'
import { apartIds, askFor, choosePart, coversOf, refuseAsking, refuseTip } from './asking.ts'
import { drawCode, readBillOfVisit } from './bill.store.ts'
import { type Account, keepBill, readAccount } from './bill-keeping.ts'

const MINUTE_MS = 60_000
/** Within this time begun payments are counted, given up or not: each may cost a gateway a code. */
const BEGUN_WITHIN_MS = 10 * MINUTE_MS
const MAX_BEGUN_BY_PHONE = 20
/** By a phone that nobody has let in, and by all such phones at a table: the party's are counted apart. */
const MAX_BEGUN_BY_ASKING = 5
const MAX_BEGUN_BY_STRANGERS = 40
/** Beyond that each phone still begins its first: an honest one beside eight that begin and give up in a row. */
const MAX_BEGUN_WITH_FIRST = 120
/** Payments of one party that are open or brought money. */
const MAX_PAYMENTS_OF_BILL = 200

const NOTHING = { subtotalRp: 0, discountRp: 0, serviceRp: 0, taxRp: 0, totalRp: 0, includedTaxRp: 0 }

type PayArgs = CommandArgs<'bill.pay'>

async function openBill(
  context: Context,
  visit: Pick<Visit, 'id' | 'outletId' | 'tableLabel' | 'closedAtMs'>,
): Promise<Bill> {
  const id = context.makeId('bil')
  const settings = await ensureSettings(context, visit.outletId)
  const blank: Bill = {
    id,
    rev: 0,
    outletId: visit.outletId,
    visitId: visit.id,
    tableLabel: visit.tableLabel,
    code: await drawCode(context.tx, settings, id, null),
    status: 'open',
    orders: [],
    discount: null,
    sums: NOTHING,
    openedAtMs: context.nowMs,
    paidAtMs: null,
    closedAtMs: visit.closedAtMs,
  }
  return keepBill(context, blank)
}

/** The same payment asked for again by the same phone, because its answer was lost; else the id is somebody's. */
async function repeated(context: Context, known: Payment, billId: string) {
  const row = await readPaymentRow(context.tx, known.id)
  const customerId = context.actor.kind === 'customer' ? context.actor.id : null
  const isSame = known.billId === billId && row?.customer_id === customerId
  return isSame ? ok(answerOf(known)) : refuse({ code: 'payment.id_taken' })
}

function answerOf({ id, askedRp, status, code, expiresAtMs }: Payment) {
  return { paymentId: id, askedRp, status, code, expiresAtMs }
}

/** Why this phone may begin no further payment on the bill, or null. */
async function refuseTooMany(
  context: Context,
  { bill, onlyOrderIds }: Member,
): Promise<CommandRefusal | null> {
  const customerId = context.actor.kind === 'customer' ? context.actor.id : null
  const begun = await countPayments(context.tx, bill, customerId, context.nowMs - BEGUN_WITHIN_MS)
  const { ofBill, ofPhoneSince, ofStrangersSince, pendingOfPhone } = begun
  if (pendingOfPhone !== null) return { code: 'payment.pending_already', paymentId: pendingOfPhone }
  const room = ofPhoneSince === 0 ? MAX_BEGUN_WITH_FIRST : MAX_BEGUN_BY_STRANGERS
  const isTooMany = onlyOrderIds
    ? ofPhoneSince >= MAX_BEGUN_BY_ASKING || ofStrangersSince >= room
    : ofPhoneSince >= MAX_BEGUN_BY_PHONE || ofBill >= MAX_PAYMENTS_OF_BILL
  return isTooMany ? { code: 'payment.too_many' } : null
}

/**
 * Why this phone may not pay this part, or null. One that was not let in pays its own orders, cup by cup;
 * the others pay anything but such orders, of which they are told nothing.
 */
function refuseOthers(account: Account, { onlyOrderIds }: Member, { part }: PayArgs): CommandRefusal | null {
  if (onlyOrderIds !== null && part.kind !== 'items') return { code: 'visit.not_member' }
  if (part.kind !== 'items') return null
  const apart = apartIds(account)
  const isAllowed = (orderId: string) => (onlyOrderIds ? onlyOrderIds.has(orderId) : !apart.has(orderId))
  const others = part.units.find(({ orderId }) => !isAllowed(orderId))
  return others ? { code: 'bill.item_unknown', orderId: others.orderId, line: others.line } : null
}

/** Whoever left without paying may still be shown a code at the till. */
function refuseBill({ actor }: Context, { bill, standing }: Account): CommandRefusal | null {
  const isOver = actor.kind === 'customer' || standing.remainderRp === 0
  return bill.status === 'closed' && isOver ? { code: 'bill.closed' } : null
}

/** Why this phone may not pay in this way, or null. */
function refuseMethod(
  { actor }: Context,
  { orders }: Account,
  settings: PaymentSettingsRecord,
  { method }: PayArgs,
): CommandRefusal | null {
  const isOff = !settings.methods.includes(method)
  if (isOff || (method === 'qris' && settings.provider === 'manual')) {
    return { code: 'payment.method_off', methods: settings.methods }
  }
  const isAtHome =
    actor.kind === 'customer' &&
    orders.some(({ order }) => order.orderType === 'pickup' && isAwaitingPayment(order))
  const methods = isAtHome ? methodsFromAfar(settings) : []
  return methods.length > 0 && !methods.includes(method) ? { code: 'payment.method_off', methods } : null
}

/** The payment as it begins: nothing received, its part taken, its code made or asked for. */
async function beginPayment(
  context: Context,
  account: Account,
  { phone }: Member,
  settings: PaymentSettingsRecord,
  args: PayArgs,
): Promise<Result<Payment, CommandRefusal>> {
  const wrongTip = refuseTip(args.tipRp, settings)
  if (wrongTip) return refuse(wrongTip)
  const chosen = choosePart(account, args.part)
  if (!chosen.ok) return chosen
  const { bill } = account
  const { method } = args
  const asked = askFor(chosen.value.amountRp, args.tipRp, method, settings)
  const refusal = refuseAsking(asked, method, args.shownRp, settings)
  if (refusal) return refuse(refusal)
  const isGateway = method === 'qris'
  const code = isGateway ? null : await drawCode(context.tx, settings, bill.id, args.paymentId)
  const qrText =
    method === 'qris_static' ? await staticCode(context, settings, asked.askedRp, code ?? '') : ok(null)
  if (!qrText.ok) return qrText
  return ok({
    id: args.paymentId,
    rev: 1,
    billId: bill.id,
    outletId: bill.outletId,
    phone,
    method,
    provider: isGateway ? settings.provider : 'manual',
    // From the beginning: whether a code is ever made of it or not, a test key brings no money.
    ...(isGateway && context.isPlayed(settings.provider) ? { isTest: true as const } : {}),
    part: chosen.value.part,
    ...asked,
    covers: coversOf(account, chosen.value, phone),
    status: 'pending',
    facts: NO_FACTS,
    providerRef: null,
    code,
    qrText: qrText.value,
    expiresAtMs: context.nowMs + settings.codeMinutes * MINUTE_MS,
    cash: null,
    confirmed: null,
    createdAtMs: context.nowMs,
  })
}

export const billCommandList = [
  command('bill.open', {
    who: 'party',
    async handle(context, { visitId }) {
      const visit = await readVisit(context.tx, visitId)
      const isPhone = context.actor.kind === 'customer'
      const phone = isPhone ? await phoneIn(context, visitId) : null
      if (!visit || (isPhone && phone === null)) return refuse({ code: 'visit.unknown' })
      if (!isPhone && !worksAt(context.actor, visit.outletId)) return refuse({ code: 'session.wrong_outlet' })
      const known = await readBillOfVisit(context.tx, visitId)
      // Whoever left without paying still owes it; the house may ask for it.
      const isOver = visit.status === 'closed' && (isPhone || !(await isOwing(context.tx, visitId)))
      if (!known && isOver) return refuse({ code: 'visit.closed' })
      if (!known && (await readOwed(context.tx, visitId)).orders > MAX_VISIT_ORDERS) {
        return refuse({ code: 'bill.too_many_orders', max: MAX_VISIT_ORDERS })
      }
      const bill = known ?? (await openBill(context, visit))
      if (!phone?.onlyOrderIds) context.emit({ type: 'visit.active', visitId })
      // The code of the whole bill is the table's; who only asks gets one of their own by paying.
      return ok({ billId: bill.id, code: phone?.onlyOrderIds ? null : bill.code })
    },
  }),

  command('bill.pay', {
    who: 'party',
    async handle(context, args) {
      const member = await memberOf(context, args.billId)
      if (!member.ok) return member
      const known = await readPayment(context.tx, args.paymentId)
      if (known) return repeated(context, known, args.billId)
      const { bill } = member.value
      const account = await readAccount(context.tx, bill)
      const refusal =
        refuseBill(context, account) ??
        refuseOthers(account, member.value, args) ??
        (await refuseTooMany(context, member.value))
      if (refusal) return refuse(refusal)
      const settings = await ensureSettings(context, bill.outletId)
      const off = refuseMethod(context, account, settings, args)
      if (off) return refuse(off)
      const begun = await beginPayment(context, account, member.value, settings, args)
      if (!begun.ok) return begun
      const customerId = context.actor.kind === 'customer' ? context.actor.id : null
      await addPayment(context, bill, begun.value, customerId)
      // An order apart is on the bill from here on, as long as its code may be paid.
      if ([...namedOrders(begun.value)].some((id) => apartIds(account).has(id))) await keepBill(context, bill)
      if (bill.visitId !== null && member.value.onlyOrderIds === null) {
        context.emit({ type: 'visit.active', visitId: bill.visitId })
      }
      if (begun.value.method === 'qris') await askGateway(context, 'create', begun.value.id)
      return ok(answerOf(begun.value))
    },
  }),
]
