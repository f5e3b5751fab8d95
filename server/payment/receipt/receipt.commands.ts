import { ok, refuse } from '#shared/kernel/result.ts'
import { MAX_PRINTS, type Print } from '#shared/payment/printing.ts'
import { actorName, type Context, command, worksAt } from '../../command.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import { memberOf } from '../members.ts'
import { addPrint, changePrint, readPrint, readPrinter, readPrints, savePrinter } from './print.store.ts'
import { isHere } from './printer-place.ts'

type Wanted = Pick<Print, 'id' | 'outletId' | 'billId'>

/** One more print of this, or what became of it when it was asked for before. */
async function ask(context: Context, { id, outletId, billId }: Wanted) {
  const known = await readPrint(context.tx, id)
  if (known) {
    const isSame = known.billId === billId && known.outletId === outletId
    return isSame ? ok({ printId: id, copy: known.copy }) : refuse({ code: 'receipt.id_taken' })
  }
  const printer = await readPrinter(context.tx, outletId)
  if (!printer?.settings) return refuse({ code: 'receipt.no_printer' })
  const before = billId === null ? [] : await readPrints(context.tx, billId)
  // What surely never reached the paper makes the next one no copy.
  const copy = before.filter(({ state, trouble }) => state !== 'failed' || trouble === 'cut_off').length + 1
  if (before.length >= MAX_PRINTS) return refuse({ code: 'receipt.too_many', max: MAX_PRINTS })
  await addPrint(context, {
    id,
    rev: 1,
    outletId,
    billId,
    copy,
    state: 'waiting',
    tries: 0,
    trouble: null,
    askedBy: actorName(context.actor) ?? 'Meja',
    askedAtMs: context.nowMs,
    endedAtMs: null,
    isSeen: false,
  })
  return ok({ printId: id, copy })
}

export const receiptCommandList = [
  command('outlet.set_printer', {
    who: 'manager',
    async handle(context, { outletId, settings }) {
      if (!(await readOutlet(context.tx, outletId))) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      if (settings && isHere(settings.address) && !context.mayPrintHere)
        return refuse({ code: 'receipt.printer_here' })
      await savePrinter(context, outletId, settings)
      return ok({ outletId })
    },
  }),

  command('printer.test', {
    who: 'manager',
    async handle(context, { outletId, printId }) {
      if (!(await readOutlet(context.tx, outletId))) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      return ask(context, { id: printId, outletId, billId: null })
    },
  }),

  command('receipt.print', {
    who: 'barista',
    async handle(context, { billId, printId }) {
      const member = await memberOf(context, billId)
      if (!member.ok) return member
      return ask(context, { id: printId, outletId: member.value.bill.outletId, billId })
    },
  }),

  command('receipt.seen', {
    who: 'barista',
    async handle(context, { outletId, printId }) {
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      const print = await readPrint(context.tx, printId)
      if (print?.outletId !== outletId) return refuse({ code: 'receipt.unknown' })
      if (!print.isSeen && print.state === 'failed') {
        await changePrint(context, { ...print, isSeen: true }, context.nowMs)
      }
      return ok({ printId })
    },
  }),
]
