import type { Translation } from '../dictionary.ts'
import type { billLinkId } from './bill-link.id.ts'

export const billLinkEn: Translation<typeof billLinkId> = {
  open: 'Ask for the bill / Pay',
  receipts: 'See your receipts',
}
