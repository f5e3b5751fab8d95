import { formatRp } from '#shared/kernel/money.ts'
import type { RefusalSentence } from '../dictionary.ts'
import type { paymentRefusalsId } from './payment-refusals.id.ts'

const rp = (amount: unknown) => (typeof amount === 'number' ? formatRp(amount) : '')

export const paymentRefusalsEn: { readonly [Code in keyof typeof paymentRefusalsId]: RefusalSentence } = {
  unknown: (facts) =>
    `This was refused (${facts.code}). Nothing has been paid; try again or call the barista.`,
  'bill.unknown': 'The bar does not know this bill. Nothing has been paid; ask the barista.',
  'bill.closed': 'The barista has closed this bill. Nothing was paid from this phone; ask at the till.',
  'bill.too_many_orders':
    'This table has ordered so much that one bill cannot hold it. Please settle it at the till.',
  'bill.too_expensive': 'This bill is too large for a phone. Please settle it at the till.',
  'bill.nothing_open': 'Nothing is left to pay now: it is paid, or another phone is paying it.',
  'bill.item_unknown':
    'One item is no longer on the bill, perhaps cancelled. Nothing has been paid; choose again.',
  'bill.item_taken':
    'Somebody at the table has just paid for one of these. Nothing was paid from this phone; choose again.',
  'bill.part_too_small': (facts) => `This part is too small; at least ${rp(facts.minRp)}.`,
  'bill.part_too_large': (facts) => `That is more than what is left. At most ${rp(facts.openRp)}.`,
  'bill.remainder_too_small': (facts) =>
    `Too little would be left for anybody to pay. Pay all ${rp(facts.openRp)}, or leave at least ${rp(facts.minRp)}.`,
  'bill.parts_malformed': (facts) => `It can be shared among 1 to ${facts.max} people.`,
  'payment.unknown': 'The bar does not know this payment. Look at the bill before you pay again.',
  'payment.id_taken': 'This payment has been made already. Look at the bill before you pay again.',
  'payment.method_off':
    'The café has just turned this way of paying off. Nothing has been paid; choose another.',
  'payment.tip_off':
    'The café no longer takes tips from phones. Nothing has been paid; try again without one.',
  'payment.tip_too_large':
    'A tip that large cannot be given from a phone. Nothing has been paid; choose a smaller one.',
  'payment.amount_changed':
    'The amount changed on the way, so nothing was done without your word. Nothing has been paid; check the new amount.',
  'payment.pending_already': 'This phone has a payment that is not finished. Finish or cancel it first.',
  'payment.too_many': 'Too many payments were tried for this bill. Please settle it at the till.',
  'payment.qris_too_large': (facts) =>
    `One QRIS payment is at most ${rp(facts.maxRp)}. Pay a part, or choose another way.`,
  'payment.over': 'This payment is over and cannot be changed any more.',
  'payment.at_gateway':
    'The provider is still working on this code. Wait a moment and look again; do not pay twice.',
  'payment.not_practice': 'This payment is no simulation, so it cannot be played.',
  'qris.static_missing':
    'The café has not stored its QRIS code yet. Nothing has been paid; choose another way.',
  'qris.static_changed':
    'The café’s QRIS code is not the one that its manager approved, so it is not shown. Nothing has been paid; choose another way and tell the barista.',
  'qris.static_refused':
    'The café’s QRIS code cannot be used for this amount. Nothing has been paid; choose another way.',
  'visit.not_member':
    'This phone has not been let in at this table. Ask a friend or the barista, or pay at the till.',
  'visit.closed': 'The visit at this table is closed. If you have not paid yet, please do so at the till.',
  'visit.unknown': 'The bar does not know this visit. Ask the barista.',
  'session.missing':
    'The café does not know this phone. Scan the code on the table and try again, or pay at the till.',
  'request.too_many': 'Too many requests at once. Wait a minute, then try again.',
  'network.unreachable':
    'The café did not answer, so nobody knows whether it arrived. Press again when there is signal: the same payment is never made twice. Or pay at the till.',
}
