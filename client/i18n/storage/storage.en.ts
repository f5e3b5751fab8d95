import type { Translation } from '../dictionary.ts'
import type { storageId } from './storage.id.ts'

export const storageEn: Translation<typeof storageId> = {
  full: 'This phone’s storage is full. Use one tab only: what that tab shows stays true while it is open. Delete photos, downloads or apps so that it can be kept again.',
  broken:
    'This phone cannot store anything, so nothing can be ordered from it. To order, open this page in an ordinary tab (not a private one), or order at the bar. Use one tab only: what that tab shows stays true while it is open.',
  blocked:
    'Cookies and site data are blocked for this page, so nothing can be ordered from it. Allow them in the browser’s settings and reload, or order at the bar. Use one tab only: what that tab shows stays true while it is open.',
}
