import type { Translation } from '../dictionary.ts'
import type { visitsId } from './visits.id.ts'

export const visitsEn: Translation<typeof visitsId> = {
  join: {
    more: (count) => (count === 1 ? 'One more phone wants to join.' : `${count} more phones want to join.`),
    asks: (table, number) => `Phone ${number} wants to join table ${table}. A friend of yours?`,
    which: (number) => `Your friend’s screen says “phone ${number}”.`,
    sees: 'If yes, it will see the orders and the bill of this table.',
    yes: 'Yes, a friend',
    no: 'No',
    failed: 'The answer was not sent.',
  },
  self: {
    asking: (table) =>
      `Table ${table} is shared. This phone will see the table’s orders once a friend at the table or the barista lets it in.`,
    number: (number) => `This is phone ${number}: tell a friend that number.`,
    ordersStand: 'Orders from this phone work all the same.',
    firstOrder: (table) =>
      `Is there a word on the counter display? Write it here, and the barista need not check table ${table} first.`,
    refused: (table) =>
      `This phone was not let in at table ${table}. If that is a mistake, please talk to the barista.`,
  },
  word: {
    open: 'Write the word',
    title: 'The word on the counter display',
    hint: 'It changes every few minutes and shows that you are here. Example: melati 473.',
    label: 'Word',
    send: 'Prove it',
    empty: 'Please write the word.',
    wrong: (left) =>
      left > 0
        ? `That is not the word. Look at the display again; ${left === 1 ? 'one try' : `${left} tries`} left.`
        : 'That is not the word, and no try is left. Wait 10 minutes, or let the barista check.',
    proven: 'Right. The table is open to this phone.',
  },
  call: {
    bar: 'Call the barista',
    title: 'Call the barista',
    pick: 'What do you need?',
    kinds: { water: 'Water', bill: 'The bill', help: 'Help' },
    noteLabel: 'Note',
    noteExample: 'Example: two glasses',
    send: (table) => `Call to table ${table}`,
    noTable: 'Scan the code on the table first, so that the barista knows where to go.',
    enough: 'Two calls from this phone are already waiting. The barista knows.',
    notStored: 'The call was not sent: this phone could not save it. Please wave to the barista.',
    list: 'Calls',
    state: {
      sending: 'sending…',
      waiting: 'saved on this phone, not at the bar yet',
      stale: (minutes) => `not sent for ${minutes} minutes. Still needed?`,
      open: 'at the bar, waiting for a barista',
      taken: (name, table) => `${name} is coming to table ${table}`,
      takenByNobody: (table) => `a barista is coming to table ${table}`,
      done: 'done',
      withdrawing: 'being cancelled…',
    },
    other: 'from another phone at this table',
    waited: (minutes) =>
      minutes < 1 ? 'less than a minute' : minutes === 1 ? '1 minute' : `${minutes} minutes`,
    withdraw: 'Cancel',
    withdrawThis: (kind) => `Cancel the call: ${kind}`,
    sendNow: 'Send now',
    dismiss: 'Close',
    news: (kind, state) => `${kind}: ${state}`,
  },
}
