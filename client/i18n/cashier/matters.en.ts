import type { Translation } from '../dictionary.ts'
import type { mattersId } from './matters.id.ts'

export const mattersEn: Translation<typeof mattersId> = {
  title: 'Somebody needs to look',
  of: (method, amount, clock) => `${method} ${amount}, ${clock}`,
  kinds: {
    late: {
      what: 'The money arrived late',
      means: (received) =>
        `${received} came in after its code had expired or was cancelled. The money is there but does not count yet: the guest may have paid in another way.`,
    },
    short: {
      what: 'Too little money',
      means: (received, asked) =>
        `${received} of ${asked} came in. What came in counts; the rest is not paid.`,
    },
    over: {
      what: 'Too much money',
      means: (received, asked) =>
        `${received} came in although ${asked} was asked for. The difference belongs to the guest.`,
    },
    twice: {
      what: 'Paid twice',
      means: (received, asked) =>
        `The same code was paid more than once: ${received} for ${asked}. The difference belongs to the guest.`,
    },
    contradiction: {
      what: 'The provider contradicts itself',
      means: (_received, asked) =>
        `For this payment of ${asked} the provider named two different amounts. It does not count until a person decides. Look at the provider’s dashboard first.`,
    },
    refund_failed: {
      what: 'The refund failed',
      means: () => 'The provider or the bank would not return the money. It has not reached the guest.',
    },
    unasked: {
      what: 'The provider gave money back',
      means: (_received, _asked, back) =>
        `${back} went back to the guest and nobody asked for it here: in the provider’s dashboard, or taken back by a bank. The guest has not been asked for it again. Give a discount if it was meant; ask again if it will be paid in another way.`,
    },
    over_refunded: {
      what: 'Too much was returned',
      means: (received, _asked, _back, returned) =>
        `${returned} went back, more than the ${received} that ever came in. Check the provider’s dashboard.`,
    },
    returned_more: {
      what: 'More went back than was asked for here',
      means: (_received, _asked, _back, returned) =>
        `The provider returned more than was asked for here: one of our refunds more than once, or in very many pieces. ${returned} went back of this payment in all. Compare it with the provider’s dashboard.`,
    },
    cancelled_order: {
      what: 'Order cancelled after it was paid',
      means: (received, _asked, back) =>
        `The order was cancelled after it was paid, so ${received === back ? `all of it, ${back},` : `${back} of ${received}`} goes back to the guest.`,
    },
    discounted: {
      what: 'Discount after it was paid',
      means: (received, _asked, back) =>
        `A discount was given after the bill was paid, so ${received === back ? `all of it, ${back},` : `${back} of ${received}`} goes back to the guest.`,
    },
    paid_too_much: {
      what: 'Paid too much',
      means: (received, _asked, back) =>
        `The bill is now less than what was paid, so ${received === back ? `all of it, ${back},` : `${back} of ${received}`} goes back to the guest. The bill shows why.`,
    },
  },
  said: (text) => `The provider says: “${text}”`,
  back: (amount) => `To be returned: ${amount}`,
  missing: (amount) => `Missing: ${amount}`,
  deeds: {
    drop: 'Give nothing back',
    credit: 'Count it towards the bill',
    refund: 'Return it',
    refund_cash: 'Return it in cash',
    collect: 'Collect the rest',
    look: 'Ask the provider',
    discount: 'Give a discount',
    owe: 'Ask for it again',
    compare: 'It was compared',
  },
  oweTitle: 'Ask for it again',
  oweText: (amount) =>
    `The bill owes ${amount} again, and the guests see it on their phones. Tell them first.`,
  compareTitle: 'It was compared',
  compareText: (amount) =>
    `${amount} in all went back of this payment, and that was compared with the provider’s dashboard. The books stay as they are; this card goes until more goes back than that.`,
  dropTitle: 'Give nothing back after all',
  dropText: 'The refund that failed ends here without money going out. Tell the guest first.',
  creditTitle: 'Count this money towards the bill',
  creditText: (amount) =>
    `${amount} will count as a payment of the bill. Make sure that the money really is in the account.`,
  refundTitle: 'Return money',
  refundPractice: 'PRACTICE: no money ever came, and none leaves the drawer.',
  refundText: (what) =>
    `For ${what}. Cash is handed back now; through the provider it may take several days.`,
  refundOwes: (owes) =>
    `The bill would then owe ${owes}. Give a discount first, or say that it is paid again in another way.`,
  confirmTitle: 'Record as paid',
  confirmText: (amount) =>
    `${amount} is recorded as received without word from the provider. Look at the account or the merchant app first.`,
  reasons: {
    drop: ['Guest no longer asks', 'Replaced by another order', 'Recorded by mistake'],
    owe: ['The guest pays in another way', 'Returned by mistake'],
    compare: ['Agrees with the dashboard', 'The provider will put it right'],
    credit: ['The money is in the account', 'The guest showed proof of payment'],
    refundCancelled: 'Order cancelled',
    refundDiscounted: 'Discount',
    refund: ['Paid too much', 'Order cancelled', 'Discount', 'The guest paid in another way'],
    confirm: ['Seen in the merchant app', 'Seen in the bank account'],
    discount: ['Service was not good', 'Regular guest', 'Promotion'],
  },
  discountTitle: 'Give a discount',
  discountText: 'It holds for the whole bill and is shown on every phone at this table.',
  discountAmount: 'Amount of the discount',
  discountLabel: 'Discount',
}
