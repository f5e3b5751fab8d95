import type { Translation } from '../dictionary.ts'
import type { storageId } from './storage.id.ts'

export const storageEn: Translation<typeof storageId> = {
  full: 'This phone’s storage is full. Use one tab only: what that tab shows stays true while it is open. Delete photos, downloads or apps so that it can be kept again.',
  broken:
    'This phone cannot store anything. Use one tab only: what that tab shows stays true while it is open. Open the page in an ordinary tab (not a private one) so that it can be kept.',
}
