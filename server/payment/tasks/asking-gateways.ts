import sql from 'sql-template-tag'
import type { Payment } from '#shared/payment/payment.ts'
import { parseQris } from '#shared/payment/qris.ts'
import type { GatewayRefusal, GatewayResult, PaymentState } from '../gateways/gateway.ts'
import { isNews } from '../learning.ts'
import { readPayment, readPaymentRow } from '../payment.store.ts'
import {
  type Asked,
  againAfter,
  DONE,
  type GatewayDeps,
  HOPELESS_PAUSE_MS,
  LONGEST_PAUSE_MS,
  type TaskEnd,
  tell,
} from './asked.ts'
import { eventsOf } from './hearing.ts'
import { closedByHouse, codeMade, stateHeard } from './house-commands.ts'
import { holdLease } from './lease.ts'
import { askAboutRefund } from './refunding.ts'
import { endTask, postponeTask, type TaskRow } from './task.store.ts'

/** A payer waits in front of the phone: after so many tries, another way of paying is the better answer. */
const MAX_CREATE_TRIES = 4
/** A key that may not read refunds: payments are asked about again every few hours all the same. */
const MAX_REST_TRIES = 6
/** Between two tries to make a code. */
const CREATE_PAUSE_MS = 1000

/** Whether the code asks for this very payment's money; a code that cannot be read is not drawn. */
function isOurCode(payload: string, askedRp: number): boolean {
  const read = parseQris(payload)
  return read.ok && (read.value.amountRp === null || read.value.amountRp === askedRp)
}

async function create(asked: Asked): Promise<TaskEnd> {
  const { deps, gateway, payment, row, task } = asked
  if (payment.status !== 'pending' || row.provider_ref !== null || !row.reference) return DONE
  if (payment.isTest && gateway.mode === 'live') {
    // Begun under a test key and marked so for ever: a live key's code would bring money that counts nowhere.
    await tell(deps, closedByHouse, { paymentId: payment.id, kind: 'failed' })
    return DONE
  }
  const expiresAfterMs = Math.max(1000, (payment.expiresAtMs ?? 0) - deps.door.clock.now())
  const description = `Tagihan ${payment.billId.slice(-6)}`
  const { reference } = row
  const created = await gateway.create({ reference, amountRp: payment.askedRp, expiresAfterMs, description })
  if (created.ok && created.value.code?.kind === 'qris') {
    const qrText = created.value.code.payload
    if (isOurCode(qrText, payment.askedRp)) {
      const isTest = gateway.mode === 'test'
      await tell(deps, codeMade, { paymentId: payment.id, reference, created: created.value, qrText, isTest })
      return DONE
    }
    deps.log.error({ gateway: gateway.name, paymentId: payment.id }, 'gateway made a code that is not drawn')
  }
  // Nobody has seen a code yet, so the next try has a reference of its own and cannot be paid twice.
  const trouble = created.ok ? 'gateway.no_code' : created.refusal.code
  // A new answer without a text to draw (a picture alone, another payment's code) comes the same the next
  // time: somebody waits in front of the phone and is told at once.
  const mayRepeat = created.ok
    ? created.value.isAdopted === true
    : ['gateway.unreachable', 'gateway.bad_answer', 'gateway.reference_used'].includes(trouble)
  if (mayRepeat && task.attempts < MAX_CREATE_TRIES) {
    return { again: true, afterMs: CREATE_PAUSE_MS * task.attempts, trouble }
  }
  deps.log.error({ gateway: gateway.name, trouble, paymentId: payment.id }, 'no code could be made')
  await tell(deps, closedByHouse, {
    paymentId: payment.id,
    kind: 'failed',
    isTest: gateway.mode === 'test',
  })
  return DONE
}

/** Stores what the provider said last, for the day's comparison, and what is new of it, for the books. */
async function hear({ deps, gateway, payment }: Asked, state: PaymentState): Promise<void> {
  const nowMs = deps.door.clock.now()
  if (state.amountRp !== payment.askedRp) {
    deps.log.error(
      { paymentId: payment.id, askedRp: payment.askedRp, saysRp: state.amountRp },
      'gateway names another amount',
    )
  }
  const events = eventsOf(payment, state, nowMs)
  if (isNews(payment, events)) {
    const backRp = events.reduce((sum, event) => (event.kind === 'refund' ? sum + event.amountRp : sum), 0)
    if (backRp > 0) {
      deps.log.warn(
        { gateway: gateway.name, paymentId: payment.id, backRp },
        'refunds were made at the provider',
      )
    }
    await tell(deps, stateHeard, { paymentId: payment.id, state, isTest: gateway.mode === 'test' })
  }
  await noteAnswer(deps, payment, state)
}

/** A sum that this answer does not tell leaves the one that is known. */
async function noteAnswer(
  { door }: GatewayDeps,
  { id }: Payment,
  {
    providerStatus,
    receivedRp,
    refundedRp,
  }: Pick<PaymentState, 'providerStatus' | 'receivedRp' | 'refundedRp'>,
): Promise<void> {
  await door.writer.submit(async (tx) => {
    await tx.run(sql`
      UPDATE payments SET provider_status = ${providerStatus.slice(0, 40)}, provider_received_rp = ${receivedRp},
        provider_refunded_rp = COALESCE(${refundedRp}, provider_refunded_rp), provider_asked_at_ms = ${door.clock.now()}
      WHERE id = ${id}`)
    return { keep: true, value: undefined }
  })
}

/** What was told is heard; what could not be read is asked for again, and not for ever where nobody may read it. */
function againForRest(asked: Asked, unread: GatewayRefusal): TaskEnd {
  const end = againAfter(asked, unread)
  return unread.code === 'gateway.unreachable' || asked.task.attempts < MAX_REST_TRIES ? end : DONE
}

async function look(asked: Asked, ask: () => Promise<GatewayResult<PaymentState>>): Promise<TaskEnd> {
  const { deps, payment, row, task } = asked
  const answered = await ask()
  if (answered.ok) {
    const state = answered.value
    if (state.reference !== row.reference) {
      deps.log.error({ paymentId: payment.id }, 'gateway answered about another payment')
      return { again: true, afterMs: HOPELESS_PAUSE_MS, trouble: 'gateway.mismatch' }
    }
    await hear(asked, state)
    if (state.unread) return againForRest(asked, state.unread)
    const isStillOpen = task.kind === 'expire' && state.status === 'pending'
    return isStillOpen ? { again: true, afterMs: LONGEST_PAUSE_MS, trouble: 'gateway.still_open' } : DONE
  }
  if (answered.refusal.code !== 'gateway.not_found') return againAfter(asked, answered.refusal)
  // They do not know it: no code was made, and none can be paid.
  await noteAnswer(deps, payment, { providerStatus: 'not_found', receivedRp: 0, refundedRp: null })
  if (task.kind === 'expire') await tell(deps, closedByHouse, { paymentId: payment.id, kind: 'expired' })
  return DONE
}

/** Midtrans knows a payment by our reference, Xendit only by its own id. */
function askOne(asked: Asked): Promise<TaskEnd> {
  const { gateway, row, task, deps, payment } = asked
  const key = { providerId: row.provider_ref, reference: row.reference ?? payment.id }
  switch (task.kind) {
    case 'create':
      return create(asked)
    case 'status':
      return look(asked, () => gateway.status(key))
    case 'expire':
      if (row.reference === null) {
        return tell(deps, closedByHouse, { paymentId: payment.id, kind: 'expired' }).then(() => DONE)
      }
      return look(asked, () => gateway.expire(key))
    case 'refund':
      return askAboutRefund(asked, key)
  }
}

/** Asks what the task wants asked, and writes down what is to become of it. */
export async function runTask(deps: GatewayDeps, task: TaskRow): Promise<void> {
  const { read } = deps.door.database
  const row = await readPaymentRow(read, task.payment_id)
  const payment = await readPayment(read, task.payment_id)
  if (!row || !payment) throw new Error('A task has no payment.')
  const gateway = deps.gateways.get(payment.provider)
  const lease = holdLease(deps, task)
  try {
    const end = gateway
      ? await askOne({ deps, task, lease, gateway, row, payment })
      : await withoutGateway(deps, task, payment)
    await deps.door.writer.submit(async (tx) => {
      const nowMs = deps.door.clock.now()
      if (end.again) await postponeTask(tx, task, nowMs + end.afterMs, end.trouble)
      else await endTask(tx, task, nowMs)
      return { keep: true, value: undefined }
    })
  } finally {
    lease.letGo()
  }
}

async function withoutGateway(deps: GatewayDeps, task: TaskRow, payment: Payment): Promise<TaskEnd> {
  deps.log.error({ provider: payment.provider, kind: task.kind }, 'no keys for this payment provider')
  if (task.kind !== 'create') return { again: true, afterMs: HOPELESS_PAUSE_MS, trouble: 'gateway.no_keys' }
  await tell(deps, closedByHouse, { paymentId: payment.id, kind: 'failed' })
  return DONE
}
