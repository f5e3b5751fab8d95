import { Hono, type Context as HonoContext } from 'hono'
import { idPattern } from '#shared/kernel/ids.ts'
import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { Order } from '#shared/ordering/order.ts'
import type { Standing } from '#shared/payment/bill/standing.ts'
import { type Bill, type Payment, PROVIDERS } from '#shared/payment/payment.ts'
import { checkPayable, parsePaymentCode } from '#shared/payment/payment-code.ts'
import { refusalStatus } from '#shared/protocol.ts'
import type { CallersOf } from '../actors.ts'
import type { CommandRefusal } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { deskRefusal, staffFor } from '../staff/staff.queries.ts'
import { readBill, readCode } from './bills/bill.store.ts'
import { readAccount } from './bills/bill-keeping.ts'
import { dayRoutes } from './days/day.queries.ts'
import { readDiscount } from './days/discounts.ts'
import type { Gateway } from './gateways/gateway.ts'
import { isApproved, readApproved, readSettings } from './settings/settings.store.ts'

type Deps = {
  readonly read: Reader
  readonly callers: CallersOf
  readonly clock: Clock
  readonly gateways: ReadonlyMap<string, Gateway>
  readonly secrets: Secrets
}

function refused(c: HonoContext, refusal: CommandRefusal): Response {
  return c.json({ ok: false, refusal }, refusalStatus[refusal.code])
}

/** What the cashier is shown: the bill, and the payer's own part where the code names one. */
type Payable = {
  readonly bill: Bill
  readonly payment: Payment | null
  readonly payments: readonly Payment[]
  readonly orders: readonly Order[]
  readonly standing: Standing
}

/** What a scanned or typed code stands for at this outlet, or which of the wrong ones it is. */
async function payable(
  read: Reader,
  outletId: string,
  text: string,
): Promise<Result<Payable, CommandRefusal>> {
  const settings = await readSettings(read, outletId)
  const parsed = parsePaymentCode(text, settings?.outletNumber ?? 0)
  if (!parsed.ok) return parsed
  const row = await readCode(read, parsed.value.code)
  const bill = row?.outlet_id === outletId ? await readBill(read, row.bill_id) : undefined
  if (!row || !bill) return refuse({ code: 'payment_code.unknown' })
  const account = await readAccount(read, bill)
  const payment = account.payments.find(({ id }) => id === row.payment_id) ?? null
  const isPaid = payment?.status === 'paid' || payment?.status === 'credited'
  const isOver = payment !== null && payment.status !== 'pending'
  // A bill that was closed unpaid can still be paid: the party came back to the till.
  const isUnpaid = bill.status === 'closed' && account.standing.remainderRp > 0
  const status = isPaid ? 'paid' : isOver ? 'closed' : isUnpaid ? 'open' : bill.status
  const found = checkPayable(status)
  if (!found.ok) return found
  const orders = account.orders.map(({ order }) => order)
  return ok({ bill, payment, payments: account.payments, orders, standing: account.standing })
}

/**
 * Under `/api/desk/<outlet>`: `payable?code=…` and `bills/<bill>/discount`, who gave it and why, for the cashier; for managers `providers`, which gateways this
 * server has keys for and whether they move money, `approved-code`, the static code that was approved last and whether the stored one is it, and the days of day.queries.ts.
 */
export function paymentRoutes(deps: Deps): Hono {
  const { read, callers } = deps
  const app = new Hono()
  app.get('/:outletId/payable', async (c) => {
    const outletId = c.req.param('outletId')
    if (!(await staffFor(c, callers, outletId, 'barista'))) return deskRefusal(c)
    const found = await payable(read, outletId, (c.req.query('code') ?? '').slice(0, 201))
    return found.ok ? c.json({ ok: true, ...found.value }) : refused(c, found.refusal)
  })
  app.get('/:outletId/bills/:billId/discount', async (c) => {
    const outletId = c.req.param('outletId')
    const staff = await staffFor(c, callers, outletId, 'barista')
    const outlet = staff ? await readOutlet(read, outletId) : undefined
    if (!outlet) return deskRefusal(c)
    const billId = c.req.param('billId')
    const bill = idPattern('bil').test(billId) ? await readBill(read, billId) : undefined
    if (bill?.outletId !== outletId) return refused(c, { code: 'bill.unknown' })
    return c.json({ discount: await readDiscount(read, bill, outlet) })
  })
  app.get('/:outletId/providers', async (c) => {
    if (!(await staffFor(c, callers, c.req.param('outletId'), 'manager'))) return deskRefusal(c)
    return c.json({
      providers: PROVIDERS.filter((name) => name !== 'manual').map((name) => ({
        name,
        isReady: deps.gateways.has(name),
        isTest: deps.gateways.get(name)?.mode === 'test',
      })),
    })
  })
  app.get('/:outletId/approved-code', async (c) => {
    const outletId = c.req.param('outletId')
    if (!(await staffFor(c, callers, outletId, 'manager'))) return deskRefusal(c)
    const stored = await readSettings(read, outletId)
    return c.json({
      approved: await readApproved(read, outletId, deps.secrets),
      // Read now, as the next guest would be shown it: somebody may have swapped it a moment ago.
      stored: stored?.staticQris ?? null,
      isStoredApproved: stored === undefined || (await isApproved(read, stored, deps.secrets)),
      checkedAtMs: deps.clock.now(),
    })
  })
  dayRoutes(app, deps)
  return app
}
