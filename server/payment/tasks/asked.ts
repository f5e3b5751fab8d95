import type { Payment } from '#shared/payment/payment.ts'
import type { HouseCommand } from '../../command.ts'
import { type DoorDeps, submit } from '../../commands.ts'
import type { Log } from '../../platform/log.ts'
import { makeId } from '../../platform/random-ids.ts'
import type { Gateway, GatewayRefusal } from '../gateways/gateway.ts'
import type { PaymentRow } from '../payment.store.ts'
import type { Lease } from './lease.ts'
import type { TaskRow } from './task.store.ts'

export type GatewayDeps = {
  readonly door: DoorDeps
  readonly gateways: ReadonlyMap<string, Gateway>
  readonly log: Log
}

const FIRST_PAUSE_MS = 1000
export const LONGEST_PAUSE_MS = 60_000
/** What only a person can mend, such as a key that was withdrawn, is not asked about every minute. */
export const HOPELESS_PAUSE_MS = 10 * 60_000

/** What came of one task: it is answered, or to be tried again. */
export type TaskEnd =
  | { readonly again: false }
  | { readonly again: true; readonly afterMs: number; readonly trouble: string }
export const DONE: TaskEnd = { again: false }

/** One task with all that its asking needs. */
export type Asked = {
  readonly deps: GatewayDeps
  readonly task: TaskRow
  readonly lease: Lease
  readonly gateway: Gateway
  readonly row: PaymentRow
  readonly payment: Payment
}

export async function tell(deps: GatewayDeps, command: HouseCommand, args: object): Promise<void> {
  const id = makeId('cmd', deps.door.clock.now())
  const { answer } = await submit(deps.door, command, id, args as Record<string, unknown>, { kind: 'house' })
  if (!answer.ok)
    deps.log.warn({ command: command.name, code: answer.refusal.code }, 'a gateway answer was not used')
}

/** When a refused task is tried again: soon for what passes by itself, later each time. */
export function againAfter({ task, deps }: Asked, refusal: GatewayRefusal): TaskEnd {
  const isPassing = refusal.code === 'gateway.unreachable'
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, task.attempts - 1))
  if (!isPassing) {
    const { code: trouble, gateway } = refusal
    deps.log.error({ gateway, trouble, kind: task.kind, paymentId: task.payment_id }, 'gateway refused')
  }
  return { again: true, afterMs: isPassing ? pauseMs : HOPELESS_PAUSE_MS, trouble: refusal.code }
}
