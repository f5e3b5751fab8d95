import type { Translation } from './dictionary.ts'
import type { staffId } from './staff.id.ts'

export const staffEn: Translation<typeof staffId> = {
  app: { name: 'Meja Staff' },
  board: { title: 'Order board' },
  connection: {
    live: 'Connected',
    offline: 'Disconnected. The board shows the last state; what you tap is sent later.',
  },
  refusal: {
    unknown: (facts) => `Refused (${facts.code}). Nothing has changed; try again.`,
  },
}
