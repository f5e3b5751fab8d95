import type { Translation } from '../dictionary.ts'
import type { uiId } from './ui.id.ts'

export const uiEn: Translation<typeof uiId> = {
  close: 'Close',
  busy: 'In progress',
  undo: 'Undo',
  dismiss: 'Close notification',
  notifications: 'Notifications',
  optional: 'optional',
  pickOne: 'choose 1',
  less: (label) => `Fewer ${label}`,
  more: (label) => `More ${label}`,
  quantity: (label, count) => `${label}: ${count}`,
  charactersLeft: (count) => `${count} characters left`,
  update: {
    ready: 'A new version is ready.',
    apply: 'Reload',
  },
}
