import { formatRp } from '#shared/kernel/money.ts'
import type { RefusalFacts, RefusalSentence } from '../dictionary.ts'
import type { cashierRefusalsId } from './cashier-refusals.id.ts'

function rpOf(facts: RefusalFacts, name: string): string {
  const amount = facts[name]
  return typeof amount === 'number' ? formatRp(amount) : ''
}

export const cashierRefusalsEn: Record<keyof typeof cashierRefusalsId, RefusalSentence> = {
  'network.offline': 'This device is not connected. Nothing was sent; press again once connected.',
  'network.unreachable':
    'The server does not answer. It may have been recorded, or not. Press once more: the same thing is not recorded twice.',
  'session.missing': 'Your session has ended. Nothing was recorded; sign in again and repeat.',
  'session.not_allowed': 'Your account may not do this. Nothing has changed.',
  'session.wrong_outlet': 'This belongs to another outlet. Nothing has changed.',
  'bill.unknown': 'This bill is unknown at this outlet. Nothing has changed.',
  'bill.closed': 'This bill is closed. Nothing was recorded.',
  'bill.too_many_orders': 'One bill cannot hold so many orders. Nothing has changed.',
  'bill.too_expensive': 'This is too much for one bill. Nothing has changed.',
  'bill.nothing_open': 'Nothing is left: it is paid, or being paid on phones. Nothing was recorded.',
  'bill.item_unknown': 'That item is no longer on the bill. Nothing was recorded; choose again.',
  'bill.item_taken': 'Somebody else has just paid that item. Nothing was recorded; choose again.',
  'bill.part_too_small': (facts) => `This part is too small; the least is ${rpOf(facts, 'minRp')}.`,
  'bill.part_too_large': (facts) => `This part is more than what is left, ${rpOf(facts, 'openRp')}.`,
  'bill.remainder_too_small': (facts) =>
    `Less than ${rpOf(facts, 'minRp')} would be left, which cannot be paid. Collect all ${rpOf(facts, 'openRp')}.`,
  'bill.parts_malformed': (facts) => `At most ${Number(facts.max ?? 30)} people.`,
  'part.nothing_chosen': 'Choose first what is being paid.',
  'payment.unknown': 'This payment is unknown at this outlet. Nothing has changed.',
  'payment.id_taken': 'This payment was recorded before. Look at the list of payments.',
  'payment.method_off': 'This way to pay is switched off at this outlet. Nothing was recorded.',
  'payment.tip_off': 'Tips are switched off at this outlet. Nothing was recorded.',
  'payment.amount_changed': (facts) =>
    `The amount has just changed to ${rpOf(facts, 'askedRp')}. Nothing was recorded; tell the guest the new amount.`,
  'payment.pending_already': 'Another payment is still waiting. Finish or cancel that one first.',
  'payment.too_many': 'Too many payments were begun on this bill. Nothing was recorded.',
  'payment.qris_too_large': (facts) =>
    `More than one QRIS may be, ${rpOf(facts, 'maxRp')}. Split it or pay in another way.`,
  'payment.too_little_cash': (facts) => `${rpOf(facts, 'missingRp')} is missing. Nothing was recorded.`,
  'payment.over': 'This payment is done or cancelled. Nothing has changed; see how it stands now.',
  'payment.at_gateway': 'This payment is with the provider. Cancel its code first, or wait for word.',
  'payment.nothing_to_credit': 'There is no money to count. Nothing has changed.',
  'payment.practice_confirm':
    'SIMULATION: no money can arrive, so there is nothing to confirm. Play the payment, or take it in another way.',
  'payment.not_practice': 'This is no practice payment. Nothing has changed.',
  'qris.static_missing': 'The shop’s QRIS is not set. A manager sets it under Manager, Payments.',
  'qris.static_changed':
    'The stored shop’s QRIS differs from the one that a manager approved, so it is not shown. Call a manager.',
  'qris.static_refused': 'That QRIS cannot be used. Nothing has changed.',
  'payment_code.empty': 'The code is still empty.',
  'payment_code.not_a_bill': 'This is no payment code. Ours have 12 digits and begin with 7.',
  'payment_code.is_table':
    'This is a table’s QR, no payment code. The guest opens the bill on the phone first.',
  'payment_code.incomplete': (facts) =>
    `The code has ${Number(facts.digits ?? 0)} digits; it should have ${Number(facts.expected ?? 12)}.`,
  'payment_code.mistyped':
    'One digit is wrong: the last one does not match. Compare with the guest’s screen.',
  'payment_code.other_outlet': 'This code belongs to another outlet. The guest has to pay there.',
  'payment_code.unknown':
    'This code is unknown although its digits are right. Ask the guest to open the bill again.',
  'payment_code.paid': 'This code is paid. Do not collect it again.',
  'payment_code.old': 'This code is no longer valid. Ask the guest to open the bill again.',
  'refund.id_taken': 'This refund was recorded before. Look at the list of payments.',
  'refund.amount_malformed': 'The amount is not right. Nothing was returned.',
  'refund.nothing_received': 'No money has come in yet, so none can be returned.',
  'refund.owes_again': 'The bill would owe again. Give a discount first, or say that it is paid another way.',
  'refund.practice_cash':
    'PRACTICE: no money ever came, so none can leave the drawer. Return it the way it came.',
  'refund.unknown': 'This refund is not known.',
  'refund.not_failed': 'This refund has not failed, so there is nothing to give up.',
  'refund.too_many':
    'Too many refunds were asked for on this payment. Nothing was returned; use the provider’s dashboard.',
  'refund.too_much': (facts) =>
    `At most ${rpOf(facts, 'refundableRp')} can be returned. Nothing has changed.`,
  'visit.closed': 'This table is closed. Nothing has changed.',
  'visit.unknown': 'This visit is gone. Nothing has changed.',
  'staff.wrong_pin': (facts) =>
    `Wrong PIN. Nothing has changed.${typeof facts.triesLeft === 'number' ? ` ${facts.triesLeft === 1 ? 'One try' : `${facts.triesLeft} tries`} left before this device locks.` : ''}`,
  'staff.unknown': 'This person may not approve at this outlet. Nothing has changed; choose somebody else.',
  'receipt.no_printer': 'This outlet has no printer yet. Nothing is printed.',
  'receipt.printer_here':
    'That is the server itself, which is no printer. Nothing has changed; give the printer’s own address.',
  'receipt.id_taken': 'This receipt was sent to the printer before.',
  'receipt.too_many': 'This bill’s receipt was printed too often. Nothing is printed.',
  'receipt.unknown': 'This receipt is unknown at this outlet.',
  'settings.qris_needs_provider': 'Automatic QRIS needs a provider. Nothing has changed.',
  'settings.static_needs_code': 'The shop’s QRIS needs its code. Nothing has changed.',
  'outlet.unknown': 'This outlet is gone. Reload the page.',
  'day.in_future': 'That day has not begun. Nothing was closed.',
  'day.before_first': 'This outlet had no money in its books yet on that day. Nothing was closed.',
  'day.closed_already': 'That day is closed. Nothing has changed; reload to see it.',
  'device.locked': 'This device is locked after too many wrong PINs. Nothing has changed.',
  'printer.address_malformed': 'The printer’s address has to look like tcp://192.168.1.50:9100.',
}
