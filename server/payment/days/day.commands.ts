import { ok, refuse } from '#shared/kernel/result.ts'
import { actorName, command, worksAt } from '../../command.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import { approve, checkPin } from '../approval.ts'
import { addMove, bookingDay } from '../money-moves.store.ts'
import { hurryRefunds, noteStatusTasks } from '../tasks/task.store.ts'
import { addClose, expectedCashRp, hasBooksBy, readClose, readSums } from './day.store.ts'
import { boundsOf, readProviderPayments } from './provider-day.store.ts'

/** So many questions a second: a provider must not be flooded by one press of a button. */
const ASKED_PER_SECOND = 4
/** Midtrans wants no payment to be asked about more often. */
const ANSWER_IS_FRESH_MS = 10_000

export const dayCommandList = [
  command('day.close', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, args, check) {
      const { outletId, day, countedCashRp, note } = args
      const { tx, actor } = context
      if (!(await readOutlet(tx, outletId))) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      const approved = await approve(context, args.approval, check, outletId)
      if ('answer' in approved) return approved.answer
      const known = await readClose(tx, outletId, day)
      if (known) return refuse({ code: 'day.closed_already', by: known.closed_by, atMs: known.at_ms })
      const today = await bookingDay(context, outletId)
      if (day > today) return refuse({ code: 'day.in_future' })
      if (day < today && !(await hasBooksBy(tx, outletId, day))) return refuse({ code: 'day.before_first' })
      const sums = await readSums(tx, outletId, day)
      const expectedRp = expectedCashRp(sums)
      await addClose(tx, {
        outlet_id: outletId,
        business_day: day,
        expected_cash_rp: expectedRp,
        counted_cash_rp: countedCashRp,
        sums: JSON.stringify(sums),
        note,
        closed_by: actorName(actor) ?? '',
        approved_by: approved.by.name,
        device_id: actor.kind === 'staff' ? actor.deviceId : null,
        command_id: context.commandId,
        at_ms: context.nowMs,
      })
      await addMove(context, {
        kind: 'day_closed',
        subject: `${outletId}:${day}`,
        outletId,
        amountRp: 0,
        approvedBy: approved.by.name,
        reason: `${day}: ${countedCashRp - expectedRp}`,
      })
      return ok({ ok: true, day, expectedCashRp: expectedRp, differenceRp: countedCashRp - expectedRp })
    },
  }),

  command('day.ask', {
    who: 'manager',
    async handle(context, { outletId, day }) {
      const { tx, actor, nowMs } = context
      const outlet = await readOutlet(tx, outletId)
      if (!outlet) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      const payments = await readProviderPayments(tx, outletId, day, boundsOf(day, outlet))
      const returning = payments
        .filter(({ returningRp }) => returningRp > 0)
        .map(({ paymentId }) => paymentId)
      const hurried = await hurryRefunds(tx, returning, nowMs)
      const stale = payments.filter(({ askedAtMs }) => nowMs - (askedAtMs ?? 0) >= ANSWER_IS_FRESH_MS)
      // What is open first: it is what the manager waits for.
      const byNeed = stale.toSorted((a, b) => Number(a.wasMoved) - Number(b.wasMoved))
      const asked = byNeed.map(({ paymentId }, index) => ({
        paymentId,
        atMs: nowMs + Math.floor(index / ASKED_PER_SECOND) * 1000,
      }))
      await noteStatusTasks(tx, asked)
      context.askGateways()
      const askedIds = new Set([...hurried, ...asked.map(({ paymentId }) => paymentId)])
      return ok({ ok: true, asked: askedIds.size })
    },
  }),
]
