import type { Translation } from '../dictionary.ts'
import type { boardVisitsId } from './board-visits.id.ts'

const orders = (count: number) => (count === 1 ? '1 order' : `${count} orders`)

export const boardVisitsEn: Translation<typeof boardVisitsId> = {
  visits: {
    title: 'Tables in use',
    none: 'No table is in use',
    noneHelp: 'A table appears here once a guest has ordered.',
    since: (time) => `since ${time}`,
    owed: (total, cap) => `${total} of at most ${cap}`,
    orders: (count) => `${count} ${count === 1 ? 'order' : 'orders'}`,
    active: (count) => `${count} unfinished`,
    nearCap: 'Close to the limit; the next order may be refused.',
    raise: (cap) => `Raise the limit to ${cap}`,
    close: 'Close table',
    closeAsk: (table) => `Close ${table}?`,
    closeRejects: (count, amount) =>
      `${orders(count)} without an answer (${amount}): rejected and not charged; the guest is told on the phone.`,
    closeMaking: (count) =>
      `${count === 1 ? '1 accepted order goes' : `${count} accepted orders go`} on being made, on this board and on the phone that ordered.`,
    closeUnpaid: (left) => `${left} of what was accepted is not paid: it stays on the cashier’s list.`,
    closeCalls: (calls) => `${calls} open ${calls === 1 ? 'call ends' : 'calls end'}.`,
    closeApart: 'Phones here no longer see each other’s orders; the next guest starts anew.',
    closedUnanswered: 'Table closed before an answer',
    closeYes: 'Yes, close',
    closeChanged: (numbers) =>
      numbers === ''
        ? 'The table has changed since the question above. Read how it stands now first.'
        : `New order ${numbers} came since the question above. Read how it stands now first.`,
    closeAgain: 'Read how it stands',
    tableClosed: 'table is closed',
    tableClosing: 'table closed, not sent yet',
    willReject: 'Will be rejected because its table was closed. Not sent yet, so the guest does not know.',
    keep: 'Not yet',
  },
  phones: {
    title: (table, count) => `Phones at ${table}: ${count}`,
    name: (number) => `Phone no. ${number}`,
    states: { asking: 'asks to join', admitted: 'at the table', refused: 'not at the table' },
    orders,
    remove: 'Remove this phone',
    removeLabel: (number, table) => `Remove this phone: no. ${number} at ${table}`,
    ask: (number, table) =>
      `Remove phone no. ${number} from ${table}? It sees nothing more of this table. Its own orders stay; its next order is checked first, like one from a new phone.`,
    yes: 'Yes, remove',
    keep: 'Keep it',
    done: (number, table) => `Phone no. ${number} was removed from ${table}.`,
  },
  strangers: {
    open: (table) => `Reject all unproven at ${table}`,
    lead: (count, table) =>
      `Nobody has confirmed yet that somebody is at ${table} for ${count === 1 ? 'this order' : `these ${count} orders`}:`,
    full: 'While three orders wait here, no other phone that is not vouched for can order at this table.',
    effect:
      'The guests read at once that nobody was found at the table; nothing is charged. Calls from unproven phones are withdrawn. Orders that were accepted stay.',
    replace: '…and replace this table’s code',
    replaceEffect:
      'The printed sticker stops working; print a new one on the manager’s page, under Table codes. Phones already at the table can still order.',
    submit: (count) => `Reject ${orders(count)}`,
    submitReplace: (count) => `Reject ${orders(count)}, replace code`,
    none: (table) => `No unproven orders are left at ${table}.`,
    done: (count, table) => `${orders(count)} at ${table} rejected.`,
    doneReplace: (count, table) =>
      `${orders(count)} at ${table} rejected. Print a new sticker: the old one stops working once this is sent.`,
  },
}
