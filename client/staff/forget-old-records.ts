import { openMatters } from '#shared/payment/bill/refunding/open-matters.ts'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'
import type { RecordKind, RecordOf } from '#shared/protocol.ts'
import { database } from '../sync/db.ts'
import { withUnkept } from '../sync/read-records.ts'
import { isClockKnown, serverNowMs } from '../sync/server-clock.ts'
import { tellKeeping, troubleOf } from '../sync/storage-trouble.ts'
import type { StoredRecord } from '../sync/stored-rows.ts'
import { dropFromMemory } from '../sync/unkept-records.ts'

/** Longer than any shift; older ones stay on the server. */
const KEPT_MS = 36 * 60 * 60_000

/** The kinds that are ever over. */
const KINDS = ['order', 'call', 'visit', 'visit_phone', 'bill', 'payment', 'refund', 'print'] as const
type Kind = (typeof KINDS)[number]

/** What is old is so by the server's clock, and nothing is while that is unknown; a storage that fails says so. */
export async function clearOut(): Promise<void> {
  if (!isClockKnown.value) return
  await forgetOldRecords(serverNowMs()).catch((error: unknown) => tellKeeping(troubleOf(error)))
}

/** A board stays open for months: without this every redraw would read all records that it ever saw. */
export async function forgetOldRecords(nowMs: number): Promise<void> {
  const { records } = database()
  const isKind = ({ kind }: StoredRecord) => (KINDS as readonly string[]).includes(kind)
  const over = await database().transaction('rw', records, async () => {
    const stored = await records
      .where('kind')
      .anyOf(...KINDS)
      .toArray()
    const all = withUnkept(stored, isKind)
    const isOver = overOnes(all, nowMs - KEPT_MS)
    const found = all.filter((record) => isOver[record.kind as Kind](record.body as never))
    await records.bulkDelete(found.map(({ stream, kind, id }) => [stream, kind, id]))
    return found
  })
  dropFromMemory(over)
}

/**
 * Tells of each record whether it was over before `beforeMs`. Whatever waits for money or for a person is
 * not, and what belongs to it stays with it: the cashier adds up from these records what a table owes.
 */
function overOnes(records: readonly StoredRecord[], beforeMs: number) {
  const of = <K extends RecordKind>(kind: K) =>
    records.filter((record) => record.kind === kind).map(({ body }) => body as RecordOf<K>)
  const isOld = (atMs: number | null) => atMs !== null && atMs < beforeMs
  const payments = of('payment')
  const refunds = of('refund')
  const bills = of('bill')

  const needsPerson = (payment: RecordOf<'payment'>): boolean => {
    const bill = bills.find(({ id }) => id === payment.billId)
    const ofBill = payments.filter(({ billId }) => billId === payment.billId)
    return (bill ? openMatters(payment, bill.orders, ofBill) : attentionTo(payment)).length > 0
  }
  const isSettled = (payment: RecordOf<'payment'>): boolean =>
    payment.status !== 'pending' &&
    isOld(payment.createdAtMs) &&
    !needsPerson(payment) &&
    refunds
      .filter(({ paymentId }) => paymentId === payment.id)
      .every(({ stage, requestedAtMs }) => stage !== 'requested' && stage !== 'sent' && isOld(requestedAtMs))

  const isBillOver = (bill: RecordOf<'bill'>): boolean => {
    const own = payments.filter(({ billId }) => billId === bill.id)
    const { isPaid, overRp, undecidedRp } = standingOf(bill.sums.totalRp, own)
    // Nobody waits for who did not come to fetch it.
    const isPickup = bill.tableLabel === null
    return (
      isOld(bill.status === 'void' ? bill.openedAtMs : bill.closedAtMs) &&
      (isPaid || isPickup) &&
      undecidedRp === 0 &&
      own.every(isSettled) &&
      refundPlan(overRp, own).length === 0
    )
  }

  const kept = bills.filter((bill) => !isBillOver(bill))
  const keptBills = new Set<string | null>(kept.map(({ id }) => id))
  const keptVisits = new Set<string | null>(kept.map(({ visitId }) => visitId))
  const isVisitOver = ({ id, closedAtMs }: RecordOf<'visit'>) => isOld(closedAtMs) && !keptVisits.has(id)
  const youngVisits = new Set(
    of('visit')
      .filter((visit) => !isVisitOver(visit))
      .map(({ id }) => id),
  )
  const openVisits = new Set(
    of('visit')
      .filter(({ status }) => status === 'open')
      .map(({ id }) => id),
  )
  const paymentsById = new Map(payments.map((payment) => [payment.id, payment]))
  const isPaymentOver = (payment: RecordOf<'payment'>) => isSettled(payment) && !keptBills.has(payment.billId)

  return {
    // A table that is still open may owe for what was served long ago, with or without a bill.
    order: ({ endedAtMs, visitId }: RecordOf<'order'>) =>
      isOld(endedAtMs) && !keptVisits.has(visitId) && !openVisits.has(visitId),
    call: ({ doneAtMs }: RecordOf<'call'>) => isOld(doneAtMs),
    visit: isVisitOver,
    // A phone's place ends with its visit and has no time of its own.
    visit_phone: ({ isVisitOpen, visitId }: RecordOf<'visit_phone'>) =>
      !isVisitOpen && !youngVisits.has(visitId) && !keptVisits.has(visitId),
    bill: ({ id }: RecordOf<'bill'>) => !keptBills.has(id),
    payment: isPaymentOver,
    refund: ({ paymentId, stage, requestedAtMs }: RecordOf<'refund'>) => {
      const payment = paymentsById.get(paymentId)
      if (payment) return isPaymentOver(payment)
      return (stage === 'succeeded' || stage === 'dropped') && isOld(requestedAtMs)
    },
    print: ({ state, isSeen, endedAtMs, billId }: RecordOf<'print'>) =>
      (state === 'printed' || (state === 'failed' && isSeen)) && isOld(endedAtMs) && !keptBills.has(billId),
  }
}
