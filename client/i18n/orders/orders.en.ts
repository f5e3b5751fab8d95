import { saidIn, type Translation } from '../dictionary.ts'
import type { ordersId } from './orders.id.ts'
import { visitsEn } from './visits.en.ts'

const minutes = (count: number) => (count === 1 ? '1 minute' : `${count} minutes`)

export const ordersEn: Translation<typeof ordersId> = {
  visits: visitsEn,
  title: 'Your orders',
  table: (label) => `Table ${label}`,
  backToMenu: 'Back to the menu',
  addMore: 'Order more',
  offline: 'Not connected to the café. This is the latest news we have; the page reconnects by itself.',
  because: {
    sending: 'Waiting for the bar to answer.',
    waiting: 'Saved on this phone. It has not reached the barista; it is sent once connected.',
    waitingTried:
      'Saved on this phone. No word yet that it reached the barista; it is tried again by itself once connected, and never ordered twice.',
    stale: (count) => `It has waited ${minutes(count)} on this phone without signal, so it was not sent.`,
    unsure:
      'The café gave no clear answer, so nobody knows yet whether this order arrived. This phone keeps asking by itself, and it is never ordered twice. If it takes long, ask the barista before you order again.',
    unsureLong: (count) =>
      `It has been ${minutes(count)}, and nobody knows whether this order arrived. If it did not, it is made only once you send it again. Still want it? Send it again; it is never ordered twice.`,
    unpaid: 'It is made only after the payment is in.',
    later: (clock) => `Making starts around ${clock}, so that it is fresh when you come.`,
    readyPickup: (code) => `Show your pick-up code at the counter, or say number ${code}.`,
    servedPickup: (clock) => `Picked up at ${clock}.`,
    noShow:
      'Ready for a long while and not picked up. Just come to the counter and show the code; the payment does not come back by itself, please talk to the barista.',
    placed: 'The barista has not seen it yet.',
    unproven: (table) => `The barista will first check that somebody is at table ${table}.`,
    unseen: (count) =>
      `Not seen by the barista for ${minutes(count)}; the board is reminding again. You can call the barista.`,
    seen: 'Waiting for the barista’s answer.',
    accepted: 'The barista has agreed and will start soon.',
    held: 'The barista is holding it for a moment, perhaps so that all is ready together.',
    preparing: 'The barista is making it.',
    ready: (table) => `On its way to table ${table}.`,
    served: (clock) => `Served at ${clock}.`,
    rejected: {
      nobody_there: (table) => `The barista found nobody at table ${table}.`,
      sold_out: 'Something turned out to be sold out.',
      too_busy: 'The bar is too busy right now.',
      closing: 'The café is about to close.',
      other: 'The barista cannot make it this time.',
      asked: 'Cancelled because you asked.',
      unpaid: 'Cancelled: it was not paid in time.',
      visit_closed: 'The table was closed before the barista answered this order.',
      askedByOther: 'Cancelled at the request of whoever ordered it.',
    },
    said: (text) => `The barista says: “${text}”.`,
    notCharged: 'It is not on the bill.',
    backDue: 'What was paid is not returned yet; this page says how it goes back.',
    backDone: (amount) => `It is not on the bill. ${amount} of this table’s bill was given back.`,
    paidBack: 'What was paid is not lost; this page says how it goes back.',
  },
  promise: {
    at: 'Ready around',
    inMinutes: (count) => `in about ${minutes(count)}`,
    soon: 'any moment now',
    late: (count) => `${minutes(count)} later than promised`,
    lateSorry: 'Sorry about that.',
    lastKnown: 'the latest news before the connection broke',
  },
  steps: {
    label: 'Progress of the order',
    placed: 'Sent',
    accepted: 'Accepted',
    preparing: 'Making',
    ready: 'Ready',
    done: 'done',
    now: 'now',
    next: 'not yet',
  },
  who: {
    own: 'from this phone',
    otherOne: 'from the other phone at this table',
    other: (number) => `from phone ${number}`,
  },
  placedAt: (clock) => `Ordered ${clock}`,
  savedAt: (clock) => `Saved ${clock}`,
  note: (text) => `Note: ${text}`,
  someItem: 'This item is no longer on the menu',
  unreadable: 'This version of the app cannot read what this order holds.',
  total: {
    plain: 'Total',
    withTax: (charges) => `Total, including ${charges}`,
    inclusive: (tax) => `Total, prices include ${tax}`,
    subtotal: 'Subtotal',
    unsent: 'Total when ordered',
  },
  bill: {
    title: (table) => `Bill of table ${table}`,
    orders: (count) => (count === 1 ? '1 order so far' : `${count} orders so far`),
    own: 'From this phone',
    ownOnly: 'Only this phone’s orders; the others are shown once this phone is let in at the table.',
    pay: 'Pay from this phone, alone or together, or at the till.',
  },
  finished: 'Done',
  others: 'Other orders',
  history: (count) => `Earlier on this phone (${count})`,
  historyPickup: (date, code) => `${date} · pick-up ${code}`,
  pickup: (code) => `Pick-up ${code}`,
  toPickup: 'Open the pick-up code',
  toOrder: 'See this order',
  payNow: (amount) => `Pay ${amount}`,
  payLeft: (left) => `${left} left to pay`,
  payOver: 'The time to pay is over; the order is being cancelled.',
  payOffline: 'Paying needs signal.',
  historyEntry: (date, table) => `${date} · table ${table}`,
  actions: {
    sendNow: 'Send now',
    sendAgain: 'Send again',
    dropStale: 'Cancel it',
    backToCart: 'Back to the cart',
    dismiss: 'Close',
    change: 'Change',
    changeThis: (number) => `Change order ${number}`,
    cancel: 'Cancel',
    cancelThis: (number) => `Cancel order ${number}`,
    orderAgain: 'Put in the cart again',
    read: 'Got it',
  },
  ask: {
    changeTitle: 'What should change?',
    changeHint: 'The barista decides; if it is already made, it may be too late.',
    changeLabel: 'Write the change',
    changeExample: 'Example: less sugar in the iced coffee',
    changeEmpty: 'Please write what should change.',
    cancelTitle: 'Cancel this order?',
    cancelAtOnce: 'The barista has not accepted it yet, so it is cancelled at once and leaves the bill.',
    cancelPaid: 'If it is cancelled, what was paid is given back at the till.',
    cancelAsked: 'It was accepted already. The barista is asked first, and may say no if it is being made.',
    cancelUnsent: 'The order has not left this phone.',
    cancelUnsentTried:
      'The order may be on its way. The cancellation is sent right after it as soon as the signal is back.',
    reason: 'Reason',
    sendChange: 'Send request',
    sendCancel: 'Yes, cancel it',
    askCancel: 'Ask to cancel',
    cancelled: (number) => `Order ${number} is cancelled.`,
    keep: 'Keep it',
    notStored:
      'The request was not sent: this phone could not save it. The order is unchanged. Close other tabs or free some space and try again, or call the barista.',
  },
  request: {
    change: (note) => `Change asked: “${note}”`,
    cancel: 'Cancellation asked',
    unsent: 'saved on this phone, not at the bar yet',
    stale: 'not sent yet; still needed?',
    pending: 'waiting for the barista’s answer',
    accepted: 'the barista agreed',
    declined: 'the barista cannot; the order stays as it was',
    followUnsent: 'The cancellation is sent right after this order arrives.',
  },
  notice: {
    title: 'So that you do not miss it',
    sound: 'Sound when ready',
    awake: 'Keep screen on',
    soundLocked: 'This phone may not ring yet. Tap once to hear when your order is ready.',
    soundUnlock: 'Turn sound on',
    soundFailed: 'This phone allows no sound. Keep this page open; its title changes when ready.',
    on: 'on',
    off: 'off',
    awakeFailed: 'The screen cannot be kept on right now, usually because the battery is low.',
  },
  empty: {
    title: 'No orders yet',
    text: 'Order from the menu, then follow it here.',
    action: 'See the menu',
  },
  closed: {
    underWay: 'Still under way',
    ended: 'What became of your orders',
  },
  lineTrouble: {
    'order.item_gone': 'no longer on the menu',
    'order.item_sold_out': 'sold out',
    'order.item_not_now': 'not sold right now',
    'order.choices_changed': 'its choices have changed',
  },
  refusal: {
    'pickup.off':
      'This outlet does not take pick-up orders right now, so it was not placed. It is still on this phone.',
    'pickup.off_grid':
      'That pick-up time no longer fits, so the order was not placed. It is still on this phone; choose another time.',
    'pickup.closed':
      'The café is closed at that time, so the order was not placed. It is still on this phone; choose another time.',
    'pickup.too_soon':
      'That time is too soon for this order to be ready, so it was not placed. It is still on this phone; choose a later time.',
    'pickup.too_far':
      'That time is more than a day ahead, so the order was not placed. It is still on this phone; choose another time.',
    'pickup.full':
      'That time has just filled up, so the order was not placed. It is still on this phone; choose another time.',
    'pickup.unpaid_already':
      'This phone still has an unpaid pick-up order. Pay or cancel it first; this one is still on this phone.',
    'pickup.unanswered_already':
      'This phone’s pick-up order has not been accepted yet. Wait for the barista or cancel it first; this one is still on this phone.',
    'pickup.too_many':
      'This phone already has several pick-up orders under way, so this one was not placed. It is still on this phone; try again once one is picked up.',
    'pickup.crowded':
      'Too many pick-up orders are waiting at this outlet. This one is still on this phone; try again in a few minutes.',
    'pickup.here_early':
      'It is still too early, so the barista was not told. Press again nearer to the pick-up time.',
    'pickup.not_one': 'This is no pick-up order. Nothing has changed.',
    'order.too_many':
      'This table has very many orders already, so this one was not placed. It is still on this phone; please talk to the barista.',
    'order.payment_awaited': 'This order waits for its payment first. Nothing has changed.',
    'outlet.unknown':
      'This outlet is not known any more, so the order was not placed. It is still on this phone.',
    'order.outlet_closed': 'The café is closed, so this was not ordered. It is still on this phone.',
    'order.outlet_paused': ({ message }) => {
      const said = saidIn('en', message)
      return said === null
        ? 'The bar takes no new orders right now. It is still on this phone; try again later.'
        : `The bar takes no new orders right now. The barista says: “${said}” It is still on this phone.`
    },
    'order.item_gone':
      'One item is no longer on the menu, so nothing was ordered. Put it back into the cart to replace it.',
    'order.item_sold_out':
      'One item has just sold out, so nothing was ordered. Put it back into the cart to replace it.',
    'order.item_not_now':
      'One item is not sold right now, so nothing was ordered. Put it back into the cart to replace it.',
    'order.choices_changed':
      'The choices of one item have changed, so nothing was ordered. Put it back into the cart to choose again.',
    'order.price_changed':
      'The price changed before the order arrived, so it was not made without asking you. Put it back into the cart to see the new price.',
    'order.too_expensive':
      'This is too much for one order. Put it back into the cart and split it, or talk to the barista.',
    'order.waiting_already':
      'The first order from this phone still waits for the barista. Once it is accepted, more go straight through; this one is still on the phone.',
    'order.table_waiting':
      'Several orders of this table are waiting for the barista. Wait a moment and try again; this one is still on the phone.',
    'order.unpaid_already':
      'Several orders from this phone still wait to be paid, so this one was not placed. Pay or cancel one of them first; this one is still on this phone.',
    'order.table_unpaid':
      'Many orders at this table are waiting to be paid, so this one was not placed. Try again in a few minutes, or order with the barista; it is still on this phone.',
    'order.cap_reached':
      'The bill of this table has reached its limit. Ask the barista to raise it, then order again; this one is still on the phone.',
    'request.waited_too_long':
      'It waited on this phone for too long, so it was not sent. It is still here; send it again if you still want it.',
    'request.done_before':
      'This reached the bar and was taken, but since then this phone counts as a new one, so what becomes of it is not shown here any more. Do not send it again; ask the barista.',
    'request.refused_before':
      'This reached the bar and was not taken, and since then this phone counts as a new one. What you wrote is still on this phone; try again if you still want it.',
    'order.id_taken': 'This order has reached the bar before. Look at your orders before ordering again.',
    'code.unknown':
      'This table’s code is no longer known, so nothing was sent. Scan the code on the table and try again; what you wrote is still on this phone.',
    'code.replaced':
      'This table’s code was replaced, so nothing was sent. Ask the barista for the new one and try again; what you wrote is still on this phone.',
    'visit.not_member':
      'This phone was not let in at this table, so nothing was sent. Please talk to the barista.',
    'session.missing':
      'The café does not know this phone, so this was not sent; it is still on this phone. Scan the code on the table, then try again. If this happens again, the browser may be keeping no cookies: allow them, or talk to the barista.',
    'order.over':
      'This order is ready or finished, so it cannot be changed any more. Please talk to the barista.',
    'order.asked_often':
      'You have asked several times for this order, so this was not sent. Please talk to the barista.',
    'order.unknown': 'The bar does not know this order. Nothing has changed; please ask the barista.',
    'visit.unknown': 'This table’s visit is gone. Scan the table code to start again.',
    'server.broken':
      'Something is wrong on the café’s server, so nobody knows whether this arrived. Ask the barista before you repeat it.',
    'visit.closed': 'The visit at this table is closed. Scan the table’s code to begin anew.',
    'visit.full': (facts) =>
      `There are already ${facts.max} phones at this table. Order with a friend’s phone or at the bar.`,
    'visit.word_off': 'The word on the counter display is not in use now. The barista will check.',
    'visit.word_tried': 'Tried too often. Wait 10 minutes, or let the barista check.',
    'visit.word_closed':
      'Too many wrong words in this café, so the word is closed until it changes. Just order as usual: the barista will check.',
    'visit.crowded':
      'Too many phones ask to join this table. You can order all the same and the barista will check; ask to join again in a few minutes.',
    'order.visit_closed_since':
      'This table was closed before this order arrived, so it did not go to the bar and nothing was ordered. It is still on this phone. If you still sit here, scan the table’s code again, put it back into the cart and order again.',
    'visit.scan_again':
      'This phone’s visit at this table was closed, so the guests who sit there now were not asked. Your orders stay on this phone. If you sit here again, scan the table’s code.',
    'request.too_many':
      'Too many requests at once, so this was not sent. It is still on this phone; wait a minute, then try again or call the barista.',
    'call.too_many': 'This table already waits for several calls. The barista knows; one moment please.',
    'call.visit_closed_since':
      'This table was closed before this call arrived, so nobody was called. If you still sit here, scan the table’s code again and call once more.',
    'call.over': 'This call is over.',
    'call.unknown': 'The bar does not know this call.',
    'network.unreachable': 'Not connected to the café, so it was not sent. Try again once connected.',
  },
}
