import type { Translation } from '../dictionary.ts'
import type { billLinkId } from './bill-link.id.ts'

export const billLinkEn: Translation<typeof billLinkId> = {
  open: 'Ask for the bill / Pay',
  receipts: 'See your receipts',
  see: 'See the bill',
  back: {
    due: (amount) =>
      `${amount} that you paid is not used: it goes back, or counts towards the bill. Show the bill to the barista.`,
    returning: (amount) => `${amount} is on its way back.`,
    returned: (amount) => `${amount} was returned.`,
  },
}
