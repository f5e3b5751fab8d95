import type { Hono } from 'hono'
import * as v from 'valibot'
import { calendarDay } from '#shared/kernel/schema.ts'
import { businessDay } from '#shared/kernel/time.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { providerDays } from '#shared/payment/provider-day.ts'
import { refusalStatus } from '#shared/protocol.ts'
import type { CallersOf } from '../../actors.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { deskRefusal, staffFor } from '../../staff/staff.queries.ts'
import { expectedCashRp, readClose, readMoves, readSums } from './day.store.ts'
import { dayToCsv } from './day-csv.ts'
import { discountsOf } from './discounts.ts'
import { readOpenBills } from './open-bills.store.ts'
import { boundsOf, readProviderPayments } from './provider-day.store.ts'

type Deps = { readonly read: Reader; readonly callers: CallersOf; readonly clock: Clock }

async function dayBooks({ read, clock }: Deps, outlet: Outlet, day: string) {
  const bounds = boundsOf(day, outlet)
  const sums = await readSums(read, outlet.id, day)
  const close = await readClose(read, outlet.id, day)
  const payments = await readProviderPayments(read, outlet.id, day, bounds)
  const moves = await readMoves(read, outlet.id, day)
  return {
    outletId: outlet.id,
    day,
    today: businessDay(clock.now(), outlet.zone, outlet.dayEndsAt),
    sums,
    expectedCashRp: expectedCashRp(sums),
    close: close && {
      expectedCashRp: close.expected_cash_rp,
      countedCashRp: close.counted_cash_rp,
      differenceRp: close.counted_cash_rp - close.expected_cash_rp,
      sums: JSON.parse(close.sums) as unknown,
      note: close.note,
      closedBy: close.closed_by,
      approvedBy: close.approved_by,
      atMs: close.at_ms,
      movesSince: moves.filter(({ at_ms, kind }) => at_ms > close.at_ms && kind !== 'day_closed').length,
    },
    providers: providerDays(payments),
    discounts: await discountsOf(read, moves),
    openBills: await readOpenBills(read, outlet.id, bounds),
  }
}

/**
 * Under `/api/desk/<outlet>`, for managers: `days/<day>`, expected against counted and against what providers
 * say; `days/<day>.csv`, every move, in the language of `?language=`.
 */
export function dayRoutes(app: Hono, deps: Deps): void {
  const { read, callers } = deps
  app.get('/:outletId/days/:file', async (c) => {
    const outletId = c.req.param('outletId')
    const staff = await staffFor(c, callers, outletId, 'manager')
    const outlet = staff ? await readOutlet(read, outletId) : undefined
    if (!outlet) return deskRefusal(c)
    const file = c.req.param('file')
    const day = file.replace(/\.csv$/, '')
    if (!v.is(calendarDay, day)) {
      return c.json(
        { ok: false, refusal: { code: 'request.invalid', field: 'day' } },
        refusalStatus['request.invalid'],
      )
    }
    if (!file.endsWith('.csv')) return c.json(await dayBooks(deps, outlet, day))
    const language = c.req.query('language') === 'en' ? 'en' : 'id'
    const { close, ...books } = await dayBooks(deps, outlet, day)
    const summary = {
      ...books,
      // Counted against what the books said then; moves since stand among the moves.
      expectedCashRp: close?.expectedCashRp ?? books.expectedCashRp,
      countedCashRp: close?.countedCashRp ?? null,
    }
    return c.body(dayToCsv(await readMoves(read, outletId, day), outlet.zone, language, summary), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="kas-${outlet.slug}-${day}.csv"`,
      },
    })
  })
}
