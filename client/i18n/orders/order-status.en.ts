import type { Translation } from '../dictionary.ts'
import type { orderStatusId } from './order-status.id.ts'

export const orderStatusEn: Translation<typeof orderStatusId> = {
  headline: {
    sending: 'Sending your order…',
    waiting: 'Saved, not sent yet',
    stale: 'Still want this?',
    refused: 'Order not placed',
    unsure: 'Not sure it arrived',
    arrived: 'Already at the bar',
    unpaid: 'Pay first, then we make it',
    unproven: 'Sent to the bar',
    unseen: 'Not seen by the barista yet',
    placed: 'Sent to the bar',
    seen: 'The barista has seen it',
    accepted: 'Accepted, waiting its turn',
    later: 'Accepted, waiting for its time',
    held: 'On hold for a moment',
    preparing: 'Being made',
    preparingBy: (name) => `${name} is making it`,
    ready: 'Ready!',
    readyPickup: 'Ready to pick up!',
    served: 'Enjoy!',
    rejected: 'Order rejected',
    cancelled: 'Order cancelled',
    no_show: 'Not fetched',
    answer: {
      changeAccepted: 'Change accepted',
      changeDeclined: 'Change declined',
      cancelDeclined: 'Cancellation declined',
    },
  },
  news: (number, headline) => `Order ${number}: ${headline}`,
  readyTitle: (number) => `Ready! ${number}`,
}
