import type { Order } from '#shared/ordering/order.ts'
import { isOwed } from '#shared/ordering/order-status.ts'
import { sumRp, uncovered } from '#shared/payment/bill/covering.ts'
import type { Bill, Cover, Payment } from '#shared/payment/payment.ts'
import type { Context } from '../../command.ts'
import { learn, subjectOf } from '../learning.ts'
import { addMove } from '../money-moves.store.ts'
import { ensureSettings } from '../settings/settings.store.ts'
import { askGateway } from '../tasks/task.store.ts'
import { askFor, namedShares } from './asking.ts'
import { readBill, readBillOfVisit } from './bill.store.ts'
import { type Account, owedOf, readAccount } from './bill-keeping.ts'

/** What an open payment still covers: what is owed and not paid, at what it or its cups cost now, and of all `leftRp`. */
function coversNow(account: Account, { part, covers = [] }: Payment, leftRp: number): readonly Cover[] {
  const most =
    part.kind === 'items'
      ? namedShares(account, part.unitKeys)
      : new Map(account.sheet.orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  const here = account.payments.filter(({ status }) => status !== 'pending')
  const unpaid = uncovered(owedOf(account), here)
  let restRp = leftRp
  return covers.flatMap(({ orderId, amountRp }) => {
    const rp = Math.min(amountRp, most.get(orderId) ?? 0, unpaid.get(orderId) ?? 0, restRp)
    restRp -= rp
    return rp > 0 ? [{ orderId, amountRp: rp }] : []
  })
}

type Outdated = { readonly payment: Payment; readonly covers: readonly Cover[]; readonly amountRp: number }

/** The first open payment that asks for more than it covers; together they ask for no more than is left. */
function findOutdated(account: Account): Outdated | undefined {
  let leftRp = account.standing.remainderRp
  for (const payment of account.payments.filter(({ status }) => status === 'pending')) {
    const covers = coversNow(account, payment, leftRp)
    const amountRp = sumRp(covers.map((cover) => cover.amountRp))
    if (amountRp < payment.amountRp) return { payment, covers, amountRp }
    leftRp -= amountRp
  }
  return undefined
}

/** What a person takes at the till is cut to what it covers; a code takes exactly what it was drawn for, and is closed. */
async function bringUpToDate(context: Context, bill: Bill, outdated: Outdated): Promise<void> {
  const { payment, covers, amountRp } = outdated
  const isGateway = payment.provider !== 'manual'
  if (amountRp > 0 && !isGateway && payment.qrText === null) {
    const settings = await ensureSettings(context, payment.outletId)
    const asked = askFor(amountRp, payment.tipRp, payment.method, settings)
    const wasAskedRp = payment.wasAskedRp ?? payment.askedRp
    await learn(context, bill, payment, [], { change: { ...asked, wasAskedRp, covers: [...covers] } })
    return
  }
  const closed = { kind: 'cancelled', atMs: context.nowMs } as const
  await learn(context, bill, payment, [closed], { change: { isOutdated: true } })
  const reason = 'the bill changed'
  await addMove(context, {
    ...subjectOf(payment),
    kind: 'cancelled',
    subject: payment.id,
    amountRp: 0,
    reason,
  })
  if (isGateway) await askGateway(context, 'expire', payment.id)
}

/**
 * Nobody pays for what is not owed any more: after a discount, or an order that has ended, what is prepared is
 * cut to what it covers, and codes for more are closed, at their provider too. Money that comes all the same is
 * late money: a person decides.
 */
export async function closeNeedless(context: Context, billId: string): Promise<void> {
  for (;;) {
    // Read anew: what became of the one before has changed it.
    const bill = await readBill(context.tx, billId)
    const outdated = bill && findOutdated(await readAccount(context.tx, bill))
    if (!outdated) return
    await bringUpToDate(context, bill, outdated)
  }
}

/** An order has ended, and its bill was kept: the same for what is open for it. */
export async function closeCodesOf(context: Context, order: Order): Promise<void> {
  const bill = isOwed(order.status) ? undefined : await readBillOfVisit(context.tx, order.visitId)
  if (bill) await closeNeedless(context, bill.id)
}
