import type { Translation } from '../dictionary.ts'
import type { storageId } from './storage.id.ts'

export const storageEn: Translation<typeof storageId> = {
  notice: {
    full: 'This phone’s storage is full.',
    broken: 'This phone cannot store anything, so nothing can be ordered from it.',
    failed: 'This phone cannot store anything, so nothing can be ordered from it.',
    blocked: 'Cookies and site data are blocked for this page, so nothing can be ordered from it.',
    silent: 'This phone’s storage has not answered yet, so nothing can be ordered from it yet.',
  },
  toHelp: 'What you can do',
  help: {
    full: 'Use one tab only: what that tab shows stays true while it is open. Delete photos, downloads or apps so that it can be kept again.',
    broken:
      'To order, open this page in an ordinary tab (not a private one), or order at the bar. Use one tab only: what that tab shows stays true while it is open.',
    failed: 'Use an ordinary tab (not a private one), or order at the bar.',
    blocked: 'Allow them in the browser’s settings and reload, or order at the bar.',
    silent:
      'Once it answers, this page goes on by itself. If that takes long, close other tabs of this page; if it stays like this, reload, or order at the bar.',
  },
  earlier:
    'Ordered from this phone already? It may not show here, and may still be sent: ask the barista before you order again.',
  cart: {
    failed: 'The order cannot be sent from here: this phone cannot store anything.',
    blocked: 'The order cannot be sent from here: cookies and site data are blocked.',
    silent: 'The order cannot be sent yet: this phone’s storage has not answered.',
    kept: 'Your cart stays while this page is open.',
  },
  unseen: {
    orders: {
      title: 'Your orders cannot be shown now',
      text: 'Orders made from this phone still stand, and any saved on it may still be sent. Reload; if it stays like this, ask the barista before you order again.',
    },
    money: {
      title: 'The bill cannot be shown now',
      text: 'The café still has the table’s bill and what was paid. Reload; if it stays like this, ask the barista or at the till.',
    },
    reload: 'Reload',
  },
}
