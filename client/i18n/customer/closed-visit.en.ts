import type { Translation } from '../dictionary.ts'
import type { closedVisitId } from './closed-visit.id.ts'

export const closedVisitEn: Translation<typeof closedVisitId> = {
  title: 'This visit is closed',
  others: 'Orders of other phones at the table are no longer shown. This phone’s own stay below.',
  nothingOwn: 'The table’s orders and bill can no longer be seen on this phone.',
  again: {
    toScan: 'Sitting here again? Scan the table’s code.',
    unheard:
      'Your scan of the table’s code is saved on this phone, and is sent as soon as there is a connection.',
  },
}
