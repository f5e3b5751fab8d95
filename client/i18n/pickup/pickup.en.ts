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
    soon: (when) => `As soon as possible, ${when}`,
    at: (when) => `Pick up ${when}`,
    unknown: 'Times appear once connected',
    change: 'Set time',
  },
  sheet: {
    title: 'When will you pick it up?',
    where: (outlet) => `At ${outlet}`,
    soon: 'As soon as possible',
    soonHint: (when) => `Ready ${when} or so`,
    later: 'Choose a time',
    notSoon: {
      shut: (when) => `The café is closed, so there is no “As soon as possible”. The earliest is ${when}.`,
      busy: (when) =>
        `The barista is booked for the next hour, so there is no “As soon as possible”. The earliest is ${when}.`,
      long: (when) =>
        `An order of this size takes a while to make, so there is no “As soon as possible”. The earliest is ${when}.`,
    },
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
    closed: 'Closed, and no opening time is set yet. Your cart is kept.',
    closedUntil: (when) => `Closed. Ordering opens again ${when}.`,
    full: 'Every time until tomorrow is full. Order a little less, or try again later.',
    no_time:
      'This order cannot be ready before the café closes. Order a little less, or talk to the barista.',
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
    held: (when) => `Pick-up ${when}. The time is held for you while you pay.`,
    name: (name) => `For ${name}.`,
    counter: (outlet, code, until) =>
      `Already at ${outlet}? You can also pay at its till until ${until}: say number ${code}.`,
    onlyCounter: (outlet, code, until) =>
      `This café takes payment only at the till of ${outlet}. Come and pay before ${until}, saying number ${code}; after that the order is cancelled by itself.`,
  },
  time: {
    at: 'Ready for pick-up',
    asked: (clock) => `Asked for ${clock}`,
    first: (clock) => `First ${clock}`,
    moved: (clock) => `Now ${clock}, sorry.`,
    movedByHand: (clock) => `The barista set a new time: ${clock}.`,
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
    from: (clock) => `From ${clock}, or as soon as it is ready, you can say here that you have arrived.`,
    sending: 'Saved on this phone; the barista will know once the signal is back.',
    told: (clock) => `The barista has known since ${clock} that you are here.`,
    notStored: 'Not sent: this phone could not save it. Tell the barista your number.',
    early: 'Not ready yet; have a seat, you will be called.',
  },
  way: { title: 'Where', open: 'Directions', note: 'Opens the map on this phone.' },
  again: { title: 'Nearest free times', at: (when) => `Pick up ${when}` },
}
