import type { Translation } from '../dictionary.ts'
import type { paymentId } from './payment.id.ts'
import { paymentRefusalsEn } from './payment-refusals.en.ts'
import { receiptEn } from './receipt.en.ts'

export const paymentEn: Translation<typeof paymentId> = {
  back: 'Back to your orders',
  backToBill: 'Back to the bill',
  place: (table, pickup) => (pickup === null ? `Table ${table}` : `Pick-up ${pickup}`),
  bill: {
    title: (table, pickup) => (pickup === null ? `Bill of table ${table}` : `Bill of pick-up ${pickup}`),
    plainTitle: 'Bill',
    loading: 'Fetching the bill…',
    left: 'Left to pay',
    nothingLeft: 'Paid. Thank you!',
    nothingOwed: 'Nothing has to be paid',
    paidSoFar: (paid) => `${paid} was paid`,
    owedNow: (owed) => `The bill is ${owed} now, because an order was cancelled`,
    paidOf: (paid, total) => `${paid} of ${total} is paid`,
    pendingNow: (amount) => `${amount} is being paid`,
    open: (amount) => `${amount} can still be paid`,
    returning: (amount) => `${amount} is on its way back`,
    toReturn: (amount) =>
      `${amount} was paid for an order that was cancelled, and goes back. Show this page to the barista; the money is on record and not lost.`,
    toDecide: (amount, isOwing) =>
      `${amount} came, but not as asked: late, too much, or twice. The barista ${isOwing ? 'decides whether it counts towards the bill or goes back' : 'gives it back'}; show this page.`,
    away: {
      toReturn: (amount) =>
        `${amount} was paid for an order that was cancelled. It is on record and the café gives it back. If you come to the café, show this page.`,
      toDecide: (amount, isOwing) =>
        `${amount} came and is on record, but not as asked: late, too much, or twice. The café ${isOwing ? 'decides whether it counts towards the order or goes back' : 'gives it back'}. If you come to the café, show this page.`,
    },
    orders: 'What was ordered',
    ordersCount: (count) => (count === 1 ? '1 order' : `${count} orders`),
    who: { own: 'from this phone', staff: 'by the barista', phone: (number) => `from phone ${number}` },
    note: (text) => `Note: ${text}`,
    waitingLines: 'Fetching what is in this order…',
    subtotal: 'Subtotal',
    discount: (label) => `Discount · ${label}`,
    plainDiscount: 'Discount',
    total: 'Total',
    rounding: 'Cash rounding',
    tip: 'Tip',
    included: (label, amount) => `Prices include ${label} ${amount}.`,
    added: (label) => `${label} is added to the prices.`,
    noTax: 'There is no tax on this bill.',
    payments: 'Payments',
    payers: { own: 'This phone', staff: 'At the till', phone: (number) => `Phone ${number}` },
    rows: {
      paid: (clock) => `paid ${clock}`,
      came: (clock) => `arrived ${clock}`,
      paying: 'being paid',
      attention: 'needs the barista',
      returning: (amount) => `${amount} is on its way back`,
      returned: (amount) => `${amount} was returned`,
    },
    see: (what) => `See ${what}`,
    pay: 'Pay',
    payLeft: (amount) => `Pay · ${amount}`,
    toOwn: 'Continue this phone’s payment',
    ownUnderWay: 'This phone is paying already. Finish or cancel that before you pay another part.',
    allTaken: 'Other phones at the table are paying what is left. If one gives up, it appears here again.',
    notYet: 'The bar could not be asked to open the bill. The figures below were added up on this phone.',
    again: 'Try again',
    notAdmitted:
      'This phone has not been let in at the table, so it cannot open the bill. Ask a friend at the table or the barista, or pay at the till.',
    empty: {
      title: 'No bill yet',
      text: 'The table’s bill appears here once something is ordered.',
      action: 'See the menu',
    },
    closed: {
      title: 'This visit is closed',
      text: 'The table’s bill can no longer be seen on this phone. If anything is unpaid, settle it at the till. Receipts of payments from this phone are kept below.',
      textNone:
        'The table’s bill can no longer be seen on this phone. If anything is unpaid, settle it at the till. Thank you!',
    },
    void: 'Nothing has to be paid: all orders were cancelled.',
    receipts: 'Receipts on this phone',
    receipt: (date, amount, returned) =>
      returned === 'Rp0' ? `${date} · ${amount}` : `${date} · ${amount}, ${returned} returned`,
  },
  offline: {
    since: (clock) => `No signal. This is how it stood at ${clock}; newer news has not arrived.`,
    unknown: 'No signal. This is the latest that reached this phone; it may have changed.',
    pay: 'Paying needs signal, so that nothing is paid twice. Without it, pay at the till.',
  },
  part: {
    title: 'Pay',
    which: 'Which part?',
    kinds: { rest: 'All that is left', items: 'Choose cups', share: 'Equal share', amount: 'An amount' },
    restHint: (amount) => `All that is left of the table, ${amount}.`,
    cups: 'Tap what you pay for',
    mine: 'This phone’s orders',
    none: 'Clear',
    cup: (name, place, of, price) => (of > 1 ? `${name}, ${place} of ${of}, ${price}` : `${name}, ${price}`),
    taken: 'taken',
    takenBy: (who, isPaid) => (isPaid ? `paid: ${who}` : `being paid: ${who}`),
    withCharges: (charges) => `Each cup’s price has its share of ${charges} in it.`,
    charges: { service: 'service', tax: 'tax', discount: 'discount' },
    shareLabel: 'Shared among how many who have not paid yet?',
    sharePeople: 'people who have not paid',
    shareHint: (amount, open) => `One share is ${amount} of the ${open} left.`,
    amountLabel: 'Amount to pay',
    amountHint: (open, min) => `At most ${open}. The part and what is left are at least ${min}.`,
    method: 'Pay with',
    methods: {
      qris: { name: 'QRIS', how: 'from a bank or wallet app' },
      qris_static: { name: 'The café’s QRIS', how: 'the barista checks that it came' },
      cash: { name: 'Cash', how: 'at the till' },
      card: { name: 'Card', how: 'at the till' },
    },
    tip: 'Tip for the barista',
    tipHint: 'optional',
    noTip: 'No tip',
    lines: {
      part: 'Part of the bill',
      whole: 'Bill',
      tip: 'Tip',
      rounding: 'Cash rounding',
      total: 'You pay',
    },
    go: { qris: (amount) => `Pay ${amount} with QRIS`, other: (amount) => `Pay ${amount} at the till` },
    cut: (cups, now) =>
      `Your cups come to ${cups}, but only ${now} of the bill is left: friends at the table have paid or are paying the rest. You pay ${now}. If a friend gives up, what is missing appears on the bill again.`,
    problem: {
      'part.nothing_chosen': 'Choose what you pay for.',
      empty_amount: 'Write the amount first.',
      not_rupiah: 'Digits only, such as 25000.',
    },
    qrisTooLarge: (max) => `One QRIS payment is at most ${max}. Pay a part first, or choose another way.`,
    noMethods: 'This café does not take payments from phones yet. Please pay at the till.',
    changed: (amount) =>
      `This part is ${amount} now, because the table’s bill has just changed. Nothing has been paid; check and press again.`,
    waiting: 'Fetching how this café takes payments…',
  },
  state: {
    making: {
      title: 'The code is being made…',
      text: 'It usually takes a few seconds. This page changes by itself.',
    },
    makingLong:
      'This takes longer than usual. It is still being tried; you may also cancel and choose another way.',
    code: { title: 'Scan this code', text: 'This page changes by itself as soon as it is paid.' },
    static: {
      title: 'Scan the café’s code',
      text: 'After paying, show the proof in your app to the barista, who checks it in the café’s app. Then this page changes.',
    },
    checking: {
      title: 'The code’s time is up',
      text: 'The provider is being asked whether anything was paid. If you have paid, wait a moment: the news appears on this page. If not, do not use this code any more.',
    },
    cashier: {
      title: 'Show this code at the till',
      text: 'The cashier scans it or types the digits, then takes the money.',
    },
    failed: {
      title: 'The code could not be made',
      text: 'The payment provider refused or is in trouble. There is no code to pay, so no money was taken. Try again, or choose another way.',
    },
    expired: { title: 'The code is no longer valid' },
    cancelled: { title: 'Payment closed' },
    ended: {
      gateway:
        'No money has arrived so far. If your balance was charged all the same, do not pay again yet: as soon as the provider tells us, the money appears on this page, and is counted or returned.',
      static:
        'The barista has not seen the money arrive. If you have paid, show the proof to the barista before you pay again.',
      till: 'The till has taken no money for this code. This part can be paid again.',
      less: (asked, left) =>
        `The bill has changed: ${left} is left, so the code of ${asked} was closed to keep you from paying more.`,
      nothing: (asked) => `Nothing has to be paid any more, so the code of ${asked} was closed.`,
    },
    paid: { title: 'Paid', text: 'Thank you. The receipt is on this phone.' },
    short: {
      title: 'Too little arrived',
      text: (received, asked) =>
        `${received} of ${asked} arrived and is on record. Call the barista: the rest is paid, or the money goes back.`,
    },
    late: {
      title: 'The money arrived after the code was closed',
      text: (received) =>
        `${received} is on record but does not count towards the bill yet. Do not pay again. Call the barista: it is counted, or goes back.`,
    },
    over: {
      title: 'Paid, and more than asked',
      text: (excess) => `${excess} came beyond what was asked. Show this page to the barista; it goes back.`,
    },
    twice: {
      title: 'Paid twice',
      text: (excess) => `${excess} came twice and is on record. Show this page to the barista; it goes back.`,
    },
    away: {
      short: (received, asked) =>
        `${received} of ${asked} arrived and is on record at the café: the rest is paid at the counter, or the money goes back.`,
      late: (received, isOwing) =>
        `${received} is on record at the café. Do not pay again: the café ${isOwing ? 'decides whether it counts towards the order or goes back' : 'gives it back'}, and this page will say so.`,
      excess: (excess) =>
        `${excess} came beyond what was asked and is on record at the café. The café gives it back, and this page will say so.`,
      disputed:
        'The provider names two different amounts for this payment. Do not pay again: the café looks into it, and this page will say so.',
    },
    disputed: {
      title: 'The barista needs to look',
      text: 'The provider names two different amounts for this payment. Do not pay again; call the barista.',
    },
    returning: {
      title: 'The money is on its way back',
      text: (amount) =>
        `The provider is returning ${amount} to your bank or wallet. This page changes when it is done.`,
    },
    partly_refunded: {
      title: 'A part was returned',
      text: (returned, kept) => `${returned} was returned; ${kept} stays for the bill.`,
    },
    refunded: {
      title: 'The money was returned',
      text: (returned) =>
        `All ${returned} was returned. If your bank or wallet does not show it yet, wait a little and keep this page.`,
    },
  },
  code: {
    amount: 'Amount',
    amountExact: (amount) => `Type this amount in your app: ${amount}`,
    merchant: 'Paid to',
    compare: 'Compare name and amount in your app before you pay.',
    qrisLabel: (merchant, amount) => `QRIS code of ${merchant}, ${amount}`,
    left: (time) => `Valid for ${time}`,
    leftShort: 'The code is valid for less than a minute.',
    until: (clock) => `until ${clock}`,
    bright: 'If it is hard to scan, turn the screen brighter.',
    untrusted:
      'This code does not agree with the bill, so it is not shown. Do not pay. Cancel, and call the barista.',
    otherApp: 'Open in another app',
    otherAppSteps: [
      'Save or share the picture of the code.',
      'In your bank or wallet app choose to pay with QRIS, and take the picture from the gallery.',
      'Come back here. This page changes by itself as soon as it is paid.',
    ],
    save: 'Save picture',
    share: 'Share',
    saved: 'The picture was saved. Open it in your bank or wallet app.',
    saveFailed: 'This phone cannot make the picture. Take a screenshot instead.',
    imageName: (table, pickup) => (pickup === null ? `qris-table-${table}` : `qris-pickup-${pickup}`),
    cashierLabel: (digits) => `Code for the till ${digits}`,
    cashierDigits: 'Code for the till',
    due: { cash: 'Have ready in cash', card: 'Pay by card' },
    next: {
      cash: 'Go to the till, show this code, pay in cash.',
      card: 'Go to the till, show this code, use your card.',
    },
    orCall: 'Rather stay seated? Call the barista from the page with your orders.',
    billCode: 'Code of this table’s bill',
    billCodeHint: 'To pay all of it at the till without choosing anything here.',
  },
  practice: {
    mark: 'SIMULATION',
    testNote: 'A trial with the provider’s test key: “paid” is only practice here. No money moves.',
    note: 'Practice: nobody can really pay this code, and no money moves.',
    play: 'Play: pay',
    more: 'Play another ending',
    plays: {
      pay: 'Pay exactly',
      pay_short: 'Pay too little',
      pay_twice: 'Pay twice',
      expire: 'Let it run out',
      pay_late: 'Pay after it ran out',
    },
  },
  act: {
    cancel: 'Cancel this payment',
    cancelAsk: 'Cancel? If you have paid already, do not: wait until this page changes.',
    cancelYes: 'Yes, cancel',
    cancelNo: 'Keep it',
    again: (amount) => `Try again · ${amount}`,
    newCode: (amount) => `Make a new code · ${amount}`,
    otherWay: 'Choose another way',
    nothingOpen: 'This part is paid, or somebody else at the table is paying it.',
    receipt: 'See the receipt',
    bill: 'See the bill',
    pickup: 'Show the pick-up code',
    orders: 'See your orders',
    call: 'Call the barista',
    silent: 'No answer from the café yet; it is asked again and again. If you have paid, do not pay again.',
  },
  unknown: {
    title: 'This payment is not on this phone',
    text: 'Its visit may be closed, or it was made on another phone.',
  },
  receipt: receiptEn,
  refusal: paymentRefusalsEn,
}
