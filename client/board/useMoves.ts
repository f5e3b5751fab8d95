import { onScopeDispose, shallowRef } from 'vue'
import type { OrderStatus } from '#shared/ordering/order.ts'
import { stepBack } from '#shared/ordering/order-status.ts'
import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { useWords } from '../i18n/staff/staff-words.ts'
import { enqueue, NotStoredError } from '../sync/outbox.ts'
import { useToast } from '../ui/notice/useToast.ts'
import { columnOf, type Ticket } from './board-view.ts'
import { LEAVING_MS, type Leaving } from './columns/leaving.ts'

/** Everything that a tap on the board does. Each move is stored on this device before it shows. */
export function useMoves() {
  const t = useWords()
  const { showToast } = useToast()
  const leaving = shallowRef<ReadonlyMap<string, Leaving>>(new Map())
  const timers = new Set<number>()
  onScopeDispose(() => {
    for (const timer of timers) window.clearTimeout(timer)
  })

  /** Answers whether this device has it; says so when not. */
  async function send<Name extends CommandName>(name: Name, args: CommandArgs<Name>): Promise<boolean> {
    try {
      await enqueue(name, args)
      return true
    } catch (error) {
      if (!(error instanceof NotStoredError)) throw error
      showToast({ text: t.value.board.refused.notStored, tone: 'warn' })
      return false
    }
  }

  /** Leaves a place holder where the card of `heightPx` stood, when the move takes it to another column. */
  function keepPlace({ order }: Ticket, to: OrderStatus, heightPx: number): void {
    const column = columnOf(order.status)
    if (!column || column === columnOf(to)) return
    const untilMs = Date.now() + LEAVING_MS
    // One place a column: whoever works a column from the top would soon see nothing but places.
    const others = [...leaving.value].filter(([, left]) => left.column !== column)
    leaving.value = new Map(others).set(order.id, { column, to, heightPx, untilMs })
    timers.add(window.setTimeout(() => forgetPlace(order.id, untilMs), LEAVING_MS))
  }

  function forgetPlace(orderId: string, untilMs: number): void {
    if (leaving.value.get(orderId)?.untilMs !== untilMs) return
    const rest = new Map(leaving.value)
    rest.delete(orderId)
    leaving.value = rest
  }

  function move(ticket: Ticket, to: OrderStatus, heightPx = 0): Promise<boolean> {
    const { id: orderId, status: from } = ticket.order
    if (heightPx > 0) keepPlace(ticket, to, heightPx)
    return send('order.move', { orderId, from, to })
  }

  async function back(ticket: Ticket): Promise<void> {
    const to = stepBack(ticket.order.status)
    if (to) await move(ticket, to)
  }

  function accept(ticket: Ticket, readyInMinutes: number, heightPx: number): Promise<boolean> {
    keepPlace(ticket, 'accepted', heightPx)
    return send('order.accept', { orderId: ticket.order.id, readyInMinutes })
  }

  function reject(ticket: Ticket, reason: CommandArgs<'order.reject'>['reason'], text: string, heightPx = 0) {
    if (heightPx > 0) keepPlace(ticket, 'rejected', heightPx)
    return send('order.reject', { orderId: ticket.order.id, reason, text })
  }

  return { leaving, send, move, back, accept, reject }
}
export type Moves = ReturnType<typeof useMoves>
