import type { Translation } from '../dictionary.ts'
import type { paymentStateId } from './payment-state.id.ts'

export const paymentStateEn: Translation<typeof paymentStateId> = {
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
    changed: (was, now) =>
      `It was ${was}. A part of what it is for was cancelled, costs less, or was paid by somebody else, so it is ${now} now.`,
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
    outdated: (asked) =>
      `What the code of ${asked} was for was cancelled, costs less, or was paid by somebody else, all or a part of it, so it was closed to keep you from paying more. If anything is left of it, that can be paid anew.`,
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
    text: (returned) => `${returned} was returned.`,
    cash: (returned) => `${returned} was returned in cash.`,
    stays: (kept) => `${kept} stays for the bill.`,
    tip: (kept) => `${kept} stays as the tip.`,
  },
  refunded: {
    title: 'The money was returned',
    text: (returned) =>
      `All ${returned} was returned. If your bank or wallet does not show it yet, wait a little and keep this page.`,
    cash: (returned) => `All ${returned} was returned in cash.`,
    more: (returned, received) =>
      `${returned} was returned, more than the ${received} that arrived. The café looks into it.`,
  },
}
