import type { Translation } from '../dictionary.ts'
import type { billLinkId } from './bill-link.id.ts'

export const billLinkEn: Translation<typeof billLinkId> = {
  open: 'Ask for the bill / Pay',
  receipts: 'See your receipts',
  closed: {
    thanks: 'Thank you!',
    owed: (amount) =>
      `By the till’s records, ${amount} of this table’s bill is still to be paid. Please settle it at the counter.`,
    owedBefore: (amount, table) =>
      `By the till’s records, ${amount} of your earlier bill at table ${table} is still to be paid. Please settle it at the counter.`,
    back: {
      till: (amount) => `${amount} that was paid is given back at the till. Please show this page there.`,
      bank: (amount) =>
        `${amount} from this phone is not returned yet; the café gives it back, as a rule to the bank or wallet that you paid with. There is nothing for you to do. If you come to the café, show this page.`,
      unknown: (amount) =>
        `${amount} that was paid at this table is not returned yet; the café gives it back to whoever paid. If it was paid at the till, please show this page there.`,
    },
    returned: (amount) => `${amount} was given back.`,
    backBefore: (amount, table) =>
      `${amount} that was paid at table ${table} earlier is not returned yet; the café gives it back to whoever paid. If it was paid at the till, please show this page there.`,
    returnedBefore: (amount, table) => `${amount} of table ${table} was given back.`,
    left: (amount) =>
      `${amount} of this phone’s orders was not paid by this phone. If nobody has paid it yet, please do so at the counter.`,
  },
  see: 'See the bill',
  seePayment: 'See the payment',
  played: { all: (text) => `SIMULATION: ${text}`, some: (text) => `Partly SIMULATION: ${text}` },
  back: {
    due: (amount, isOwing) =>
      `${amount} that you paid is not used: it ${isOwing ? 'counts towards the bill or goes back' : 'goes back'}. Show the bill to the barista.`,
    dueAway: (amount, isOwing) =>
      `The café has received ${amount} from you and ${isOwing ? 'not counted it yet; the café decides whether it counts towards the order or goes back' : 'not returned it yet; the café gives it back'}. There is nothing for you to do. If you come to the café later, show this page.`,
    returning: (amount) => `${amount} is on its way back to the bank or wallet that you paid with.`,
    returned: (amount, when, by) => `${amount} was returned${when === null ? '' : ` on ${when}`}, ${by}.`,
    by: { cash: 'in cash', card: 'to the card', bank: 'to the bank or wallet that you paid with' },
  },
}
