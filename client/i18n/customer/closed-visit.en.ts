import type { ClosedVisitWords } from './closed-visit.id.ts'

export const closedVisitEn: ClosedVisitWords = {
  title: 'This visit is closed',
  others: 'Orders of other phones at the table are no longer shown. This phone’s own stay below.',
  nothingOwn: 'The table’s orders and bill can no longer be seen on this phone.',
  outside: {
    title: 'This table was closed',
    text: 'This phone was not linked to the table at that time.',
    own: 'This phone’s own orders stay below.',
    toScan: 'Sitting here? Scan the table’s code again.',
  },
  again: {
    toScan: 'Sitting here again? Scan the table’s code.',
    unheard:
      'Your scan of the table’s code is saved on this phone, and is sent as soon as there is a connection.',
  },
}
