import type { Translation } from '../dictionary.ts'
import type { dayId } from './day.id.ts'

export const dayEn: Translation<typeof dayId> = {
  promises: {
    title: 'Pick-up times kept',
    none: 'No pick-up was made that day.',
    text: (kept, made) => `${kept} of ${made} pick-ups were ready when first promised.`,
  },
  title: 'End of day',
  lead: 'What should be in the drawer, what was counted, and what the provider says.',
  day: 'Day',
  loading: 'Reading the day’s records…',
  unreachable: 'That day’s records cannot be read yet. Check the connection, then try again.',
  csv: 'Download CSV',
  methods: { cash: 'Cash', card: 'Card', qris: 'QRIS', qris_static: 'Shop’s QRIS' },
  received: 'In',
  refunded: 'Returned',
  net: 'Net',
  count: (receipts) => `${receipts} ${receipts === 1 ? 'time' : 'times'}`,
  table: 'The day’s money by way of paying',
  total: 'Money in all',
  by: (method, provider) => `${method} · ${provider}`,
  method: 'Way of paying',
  none: 'No money was recorded that day.',
  drawer: 'Cash drawer',
  drawerHint: 'Count the day’s takings in cash, without the float.',
  expected: 'Expected',
  counted: 'Counted',
  countedWrong: 'Enter what you counted, such as 1.250.000. Enter 0 when there is none.',
  difference: 'Difference',
  exact: 'Matches',
  more: (amount) => `${amount} over`,
  less: (amount) => `${amount} short`,
  note: 'Note',
  noteHint: 'For example why it differs.',
  close: 'Close this day',
  closeTitle: 'Close the day',
  closeText: (day, difference) =>
    `The books of ${day} are closed with: ${difference}. They cannot be changed afterwards.`,
  unsettled: {
    payments: (count) => `${count} ${count === 1 ? 'payment' : 'payments'} through providers`,
    bills: (count) => `${count} unpaid ${count === 1 ? 'bill' : 'bills'}`,
    dueBack: (amount, bills) => `${amount} to be given back (${bills} ${bills === 1 ? 'bill' : 'bills'})`,
    text: (list) => `Not settled: ${list}. All stay on record and can be settled afterwards.`,
  },
  closed: (by, approved, clock) => `Closed by ${by}, ${clock}; approved by ${approved}.`,
  closedNow: 'The day is closed.',
  since: (count) => `${count} money ${count === 1 ? 'record' : 'records'} came after the close; see the CSV.`,
  notToday: 'That day is not closed yet.',
  practice: {
    mark: 'SIMULATION',
    title: 'Practice, no money',
    text: 'Paid in practice or with a provider’s test key. No money moved, so it is added to nothing.',
  },
  providers: {
    title: 'As the providers see it',
    hint: 'Midtrans and Xendit give no list of takings over this connection. What is compared is their answer for each payment begun here, one by one. Money that was not asked for from here is seen in the provider’s dashboard alone.',
    none: 'No payment through a provider that day.',
    names: { manual: 'Till', midtrans: 'Midtrans', xendit: 'Xendit', practice: 'Practice' },
    expected: 'Our records, after refunds',
    settled: 'By the provider’s answers',
    difference: 'Difference',
    same: (count) => (count === 1 ? '1 payment, the same.' : `${count} payments, all the same.`),
    answered: (clock) => `The oldest of the provider’s answers is from ${clock}.`,
    neverAnswered: 'The provider has never answered.',
    differing: (count) =>
      `${count} ${count === 1 ? 'payment differs' : 'payments differ'}. Compare with the provider’s dashboard:`,
    waiting: (count) =>
      `${count} ${count === 1 ? 'payment is' : 'payments are'} not certain yet, and not counted:`,
    returning: (count) =>
      `${count} ${count === 1 ? 'payment has' : 'payments have'} a refund on its way. It is counted above:`,
    ask: 'Ask the provider again',
    asked: (count) =>
      count === 0
        ? 'All answers have just come.'
        : `${count} ${count === 1 ? 'payment is' : 'payments are'} being asked about. This page follows by itself.`,
    ref: 'Provider’s number',
    ownRef: 'Our number',
    lines: {
      pending: (asked) => `The code of ${asked} can still be paid.`,
      ending: (asked) =>
        `The code of ${asked} was closed here; the provider has not confirmed that nothing was paid.`,
      returning: 'A refund is on its way.',
      booked: 'We recorded',
      said: 'Provider says',
      silent: 'has never answered',
    },
  },
  discounts: {
    title: 'Discounts',
    none: 'No discount that day.',
    total: (count) =>
      `Given or changed ${count === 1 ? 'once' : `${count} times`}. The last one of a bill counts.`,
    taken: 'taken away',
    by: (name, clock) => `approved by ${name}, ${clock}`,
  },
  openBills: {
    title: 'Bills not paid in full',
    none: 'All bills of that day are paid.',
    total: (count, owes) => `${count} ${count === 1 ? 'bill still owes' : 'bills still owe'} ${owes}.`,
    dueBack: (amount) =>
      `${amount} was paid too much, and is to be given back at the till, under To look at.`,
    giveBack: 'Give back',
    table: (label) => `Table ${label}`,
    pickup: 'Pick-up',
    since: (clock) => `opened ${clock}`,
    owes: 'Owes',
    of: (total) => `of ${total}`,
    more: (count) => `and ${count} more`,
    unbilled: (visits, owes) =>
      `${visits} ${visits === 1 ? 'visit' : 'visits'} ordered ${owes} and asked for no bill yet.`,
    earlier: (bills, owes) => `From earlier days ${bills} ${bills === 1 ? 'bill' : 'bills'} remain, ${owes}.`,
    where: 'They are collected, or taken off with a discount, on the till’s page.',
  },
}
