import { ok, refuse } from '#shared/kernel/result.ts'
import { actorName, command, worksAt } from '../../command.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import { approve, checkPin } from '../approval.ts'
import { addMove, bookingDay } from '../money-moves.store.ts'
import { addClose, expectedCashRp, readClose, readSums } from './day.store.ts'

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
      if (day > (await bookingDay(context, outletId))) return refuse({ code: 'day.in_future' })
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
]
