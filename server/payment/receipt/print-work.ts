import { ok } from '#shared/kernel/result.ts'
import { endedOrders } from '#shared/payment/bill/ended-orders.ts'
import { MAX_PRINT_TRIES, type Print, type Printer } from '#shared/payment/printing.ts'
import type { HouseCommand } from '../../command.ts'
import { type DoorDeps, submit } from '../../commands.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import type { Log } from '../../platform/log.ts'
import { makeId } from '../../platform/random-ids.ts'
import { readBill } from '../bills/bill.store.ts'
import { readAccount } from '../bills/bill-keeping.ts'
import { escPos } from './escpos.ts'
import {
  changePrint,
  claimPrints,
  type DuePrint,
  isAnyPrintDue,
  readEndedOrders,
  readPickupCode,
  readPrint,
  readPrinter,
} from './print.store.ts'
import { receiptPage, testPage } from './receipt-page.ts'
import { type PrintTrouble, sendPrint } from './send-print.ts'

type Deps = { readonly door: DoorDeps; readonly log: Log; readonly send?: typeof sendPrint }
type Ended = { readonly printId: string; readonly trouble: PrintTrouble | null }

const MAX_AT_ONCE = 20
/** Before the second try, the third, and so on: about a minute in all. */
const PAUSES_MS = [2000, 5000, 10_000, 15_000, 25_000]

/** A part of it may be on the paper: a person looks before it is printed again. */
function mayTryAgain(trouble: PrintTrouble, tries: number): boolean {
  return trouble !== 'cut_off' && tries < MAX_PRINT_TRIES
}

const printEnded: HouseCommand = {
  name: 'house.print_ended',
  async handle(context, { printId, trouble }: Ended) {
    const print = await readPrint(context.tx, printId)
    if (print?.state !== 'waiting') return ok({})
    const tries = Math.min(print.tries + 1, MAX_PRINT_TRIES)
    const isAgain = trouble !== null && mayTryAgain(trouble, tries)
    const state: Print['state'] = trouble === null ? 'printed' : isAgain ? 'waiting' : 'failed'
    const endedAtMs = isAgain ? null : context.nowMs
    const nextAtMs = context.nowMs + (PAUSES_MS[tries - 1] ?? 0)
    await changePrint(context, { ...print, tries, trouble, state, endedAtMs }, nextAtMs)
    return ok({ state })
  },
}

async function pageOf(door: DoorDeps, print: Print, columns: number) {
  const { read } = door.database
  const outlet = await readOutlet(read, print.outletId)
  if (!outlet) return null
  const printedAtMs = door.clock.now()
  if (print.billId === null) return testPage(outlet, columns, printedAtMs)
  const bill = await readBill(read, print.billId)
  if (!bill) return null
  const account = await readAccount(read, bill)
  const pickupCode =
    bill.tableLabel === null && bill.visitId ? await readPickupCode(read, bill.visitId) : null
  const orders = bill.visitId ? await readEndedOrders(read, bill.visitId) : []
  const ended = endedOrders(account.sheet.sums.totalRp, orders, account.payments)
  return receiptPage({ outlet, account, ended, pickupCode, copy: print.copy, printedAtMs, columns })
}

async function printOne({ door, send = sendPrint }: Deps, due: DuePrint): Promise<PrintTrouble | null> {
  // Whoever began it never came back to say how it went.
  if (due.is_begun === 1) return 'cut_off'
  const { read } = door.database
  const print = await readPrint(read, due.id)
  const printer: Printer | undefined = await readPrinter(read, due.outlet_id)
  if (!print || !printer?.settings) return 'unreachable'
  const page = await pageOf(door, print, printer.settings.columns)
  return page === null ? 'unreachable' : send(printer.settings.address, escPos(page), door.mayPrintHere)
}

/** Prints one outlet's receipts one after another: most printers hear one voice at a time. */
async function printAll(deps: Deps, dues: readonly DuePrint[]): Promise<void> {
  for (const due of dues) {
    const trouble = await printOne(deps, due)
    if (trouble !== null) deps.log.warn({ printId: due.id, trouble }, 'receipt was not printed')
    const args: Ended = { printId: due.id, trouble }
    const id = makeId('cmd', deps.door.clock.now())
    await submit(deps.door, printEnded, id, args, { kind: 'house' })
  }
}

/** Prints what is due, each outlet for itself, so that one dead printer keeps nobody else waiting. */
export async function printDue(deps: Deps): Promise<void> {
  const { door } = deps
  const nowMs = door.clock.now()
  if (!(await isAnyPrintDue(door.database.read, nowMs))) return
  const due = await door.writer.submit(async (tx) => ({
    keep: true,
    value: await claimPrints(tx, nowMs, MAX_AT_ONCE),
  }))
  const byOutlet = Map.groupBy(due, ({ outlet_id }) => outlet_id)
  await Promise.all([...byOutlet.values()].map((dues) => printAll(deps, dues)))
}
