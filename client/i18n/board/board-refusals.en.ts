import type { RefusalSentence } from '../dictionary.ts'
import type { boardRefusalsId } from './board-refusals.id.ts'
import { type EndedOrderWords, unlessEnded } from './ended-order.ts'
import { newOrders } from './new-orders.ts'

const ended: EndedOrderWords = {
  asked: 'This order was cancelled at the guest’s wish. This move was not used; it need not be made.',
  unpaid:
    'This order was cancelled because it was not paid in time. This move was not used; it need not be made.',
  cancelled: 'This order was already cancelled. This move was not used; it need not be made.',
  visitClosed:
    'The table was closed before this order was answered, so the order was rejected. This move was not used; it need not be made.',
  rejected:
    'This order was already rejected, so this move was not used. To make it after all, take it back from Recent.',
}

export const boardRefusalsEn: Record<keyof typeof boardRefusalsId, RefusalSentence> = {
  'session.missing': 'Your session has ended. The move is saved; sign in again to send it.',
  'session.not_allowed': 'You may not do this. Nothing has changed; ask a manager.',
  'session.wrong_outlet': 'This belongs to another outlet. Nothing has changed.',
  'request.key_reused':
    'This move was mixed up with another one, so it was not used. Look at the order and tap again if needed.',
  'request.done_before':
    'This move arrived and was used before this tablet was enrolled again. There is no need to repeat it; what you see now is right.',
  'request.refused_before':
    'This move arrived and was refused before this tablet was enrolled again. Nothing has changed; look at how things stand and tap again if needed.',
  'order.unknown': 'The server no longer has this order. Nothing has changed.',
  'order.moved_meanwhile': unlessEnded(
    ended,
    'Another board moved it first. What you see now is right; this move was not used.',
  ),
  'order.made_already':
    'This order was ready before, so it stays on the bill and the move was not used. To take it off, give a discount at the till with a manager’s PIN.',
  'order.visit_closed':
    'The table has been closed since, so the order was not taken back and stays as it is. If it is still wanted, the guest orders again; what was accepted comes off the bill by a discount at the till with a manager’s PIN.',
  'order.illegal_move': unlessEnded(
    ended,
    'From its present state the order cannot be moved like that. This move was not used; look at the order.',
  ),
  'order.over': unlessEnded(ended, 'This order is finished. This move was not used.'),
  'order.no_request': 'The guest’s request was already answered or withdrawn. Nothing has changed.',
  'call.over': 'This call is finished or was withdrawn by the guest.',
  'call.unknown': 'This call is gone.',
  'visit.closed': 'This table is already closed. Nothing has changed.',
  'visit.new_orders': newOrders(
    (orders) =>
      `Not closed; new since then: ${orders}. Nothing was rejected; answer that first, then close again.`,
  ),
  'visit.not_member': 'This phone no longer has a place at that table. Nothing has changed.',
  'table.unknown': 'This table was removed. No order was rejected and no code was replaced.',
  'visit.unknown': 'This visit is gone. Nothing has changed.',
  'outlet.unknown': 'This outlet was removed. Nothing has changed; ask a manager.',
  'server.broken':
    'The server failed on this move again and again, so nobody knows whether it was used. This device keeps trying until you close this; the board then shows how things stand on the server.',
  'menu.item_unknown': 'This item was removed from the menu. Nothing has changed.',
}
