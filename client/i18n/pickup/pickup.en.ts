import type { Translation } from '../dictionary.ts'
import type { pickupId } from './pickup.id.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function dayName(daysAhead: number, weekday: number): string {
  if (daysAhead === 0) return 'Today'
  return daysAhead === 1 ? 'Tomorrow' : (days[weekday] ?? '')
}

export const pickupEn: Translation<typeof pickupId> = {
  dayName,
  when: (daysAhead, weekday, clock) => {
    if (daysAhead === 0) return `at ${clock}`
    return daysAhead === 1 ? `tomorrow at ${clock}` : `on ${dayName(daysAhead, weekday)} at ${clock}`
  },
  line: {
    title: 'Pick up',
    asking: 'Working out when it can be ready…',
    soon: (when) => `As soon as possible, ready ${when}`,
    at: (when) => `Pick up ${when}`,
    unknown: 'Times appear once connected',
    change: 'Set time',
    changeLabel: 'Set the pick-up time',
  },
  sheet: {
    title: 'When will you pick it up?',
    where: (outlet) => `At ${outlet}`,
    soon: 'As soon as possible',
    soonHint: (when) => `Ready ${when} or so`,
    later: 'Choose a time',
    full: 'full',
    slot: (clock) => `at ${clock}`,
    fullSlot: (clock) => `at ${clock}, full`,
    byWork: 'Times follow from how long your order takes to make and from the barista’s queue.',
    gone: (when) => `${when} is no longer free for this order. Please choose another time.`,
    again: 'Try again',
    loading: 'Fetching free times…',
    done: 'Done',
  },
  none: {
    off: 'This outlet does not take pick-up orders from phones yet.',
    paused: 'The bar is not taking orders from phones right now. Your cart is kept; try again later.',
    closed: 'Closed, and not opening within the next 24 hours.',
    closedUntil: (when) => `Closed. Ordering opens again ${when}.`,
    full: 'Every time until tomorrow is full. Order a little less, or try again later.',
    tooMuch: 'This order is too large to make within a day. Order less, or talk to the barista.',
    unreachable: 'Free times cannot be read: there is no signal. Your cart is kept.',
  },
  cart: {
    where: (outlet) => `Pick up at ${outlet}`,
    time: 'Pick-up time',
    name: 'Name to call',
    nameHint: 'Called out when your order is ready.',
    payFirst: 'You pay right after ordering; then the barista makes it.',
    noService: 'No service charge.',
    place: 'Order for pick-up',
    choose: 'Choose a pick-up time first.',
    waiting: 'This phone still has an unpaid pick-up order. Pay or cancel it first.',
    sessionFailed:
      'This phone could not introduce itself to the café: no signal. Your cart is kept; try again.',
  },
  page: {
    back: 'All orders',
    place: (outlet) => `Pick up at ${outlet}`,
    forName: (name) => `for ${name}`,
    loading: 'Opening your order…',
    unknownTitle: 'This order is not on this phone',
    unknownText: 'Open it on the phone you ordered with, or tell the barista your name.',
    toMenu: 'To the menu',
  },
  pay: {
    title: 'Pay first, then we make it',
    text: (when) => `Your pick-up ${when} is held for you.`,
    table: 'The barista starts as soon as the payment is in.',
    left: (left) => `${left} left to pay`,
    until: (clock) => `until ${clock}`,
    over: 'The time to pay is over; the order is being cancelled.',
    go: (amount) => `Pay ${amount}`,
    goAny: 'Pay now',
    goOn: 'Continue paying',
    cancel: 'Cancel this order',
    offline: 'Paying needs signal. Your order is held until its time is over.',
    ready: 'Show pick-up code',
    toOrders: 'See your orders',
    bill: 'Bill in detail',
  },
  time: {
    at: 'Ready for pick-up',
    asked: (clock) => `Asked for ${clock}`,
    first: (clock) => `First ${clock}`,
    moved: (clock) => `Now ${clock}, sorry.`,
    movedWhy: (clock) => `Promised for ${clock} at first; the barista’s queue is longer than expected.`,
    start: (clock) => `Making starts around ${clock}, so that it is fresh when you come.`,
    ready: 'Ready now',
    lastKnown: 'Last news before the signal was lost.',
  },
  code: {
    title: 'Pick-up code',
    label: (code) => `Pick-up code ${code}, for the barista to scan`,
    show: 'Show this to the barista, or say the number.',
    offline: 'This code opens without signal, too.',
    name: 'Called as',
  },
  here: {
    say: 'I’m here',
    hint: 'The barista knows at once that you have arrived.',
    sending: 'Saved on this phone; the barista will know once the signal is back.',
    told: (clock) => `The barista has known since ${clock} that you are here.`,
    notStored: 'Not sent: this phone’s storage is full or blocked. Tell the barista your number.',
    early: 'Not ready yet; have a seat, you will be called.',
  },
  way: { title: 'Where', open: 'Directions', note: 'Opens the map on this phone.' },
  noShow: {
    text: 'It has been ready for over 30 minutes and nobody came for it.',
    paid: 'The barista keeps the drink while it is still good. Your payment does not come back by itself; talk to the barista, who can make it again or refund it.',
    come: 'If you come now, show this code.',
  },
  ended: {
    unpaid: 'Not paid in time, so it was cancelled. Nothing is charged.',
    late: 'If your money went out after all, look at the bill: the café returns it or uses it.',
    again: 'Order again',
  },
  again: { title: 'Nearest free times', at: (when) => `Pick up ${when}` },
  steps: { paid: 'Paid', later: 'Waiting for its time' },
}
