import type { Translation } from '../dictionary.ts'
import type { storageId } from './storage.id.ts'

export const storageEn: Translation<typeof storageId> = {
  full: 'This phone’s storage is full. What this page shows stays true while it is open; delete photos, downloads or apps so that it can be kept again.',
  broken:
    'This phone cannot store anything. What this page shows stays true while it is open; open it in an ordinary tab (not a private one) so that it can be kept.',
}
