import type { Translation } from '../dictionary.ts'
import type { billLinkId } from './bill-link.id.ts'

export const billLinkEn: Translation<typeof billLinkId> = {
  open: 'Ask for the bill / Pay',
  receipts: 'See your receipts',
  closed: {
    thanks: 'Thank you!',
    owed: (amount) =>
      `By the till’s records, ${amount} of this table’s bill is still to be paid. Please settle it at the counter.`,
    left: (amount) =>
      `${amount} of this phone’s orders was not paid by this phone. If nobody has paid it yet, please do so at the counter.`,
  },
  see: 'See the bill',
  back: {
    due: (amount) =>
      `${amount} that you paid is not used: it goes back, or counts towards the bill. Show the bill to the barista.`,
    returning: (amount) => `${amount} is on its way back.`,
    returned: (amount) => `${amount} was returned.`,
  },
}
