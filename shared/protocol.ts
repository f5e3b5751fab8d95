// The wire, whole: each command's argument schema, each record's schema, each refusal's HTTP status.
import type * as v from 'valibot'
import { itemStatusSchema } from './menu/item-status.ts'
import { menuSchema } from './menu/menu.ts'
import { menuCommands } from './menu/menu-commands.ts'
import { orderSchema } from './ordering/order.ts'
import { orderCommands } from './ordering/order-commands.ts'
import { outletSchema } from './outlet/outlet.ts'
import { outletCommands } from './outlet/outlet-commands.ts'
import { billSchema, paymentSchema, refundSchema } from './payment/payment.ts'
import { paymentCommands } from './payment/payment-commands.ts'
import { paymentSettingsRecordSchema } from './payment/payment-settings.ts'
import { printerSchema, printingCommands, printSchema } from './payment/printing.ts'
import { deviceSchema, dutySchema, staffSchema } from './staff/staff.ts'
import { staffCommands } from './staff/staff-commands.ts'
import { tableSchema, touchpointSchema } from './tables/table.ts'
import { tableCommands } from './tables/table-commands.ts'
import { callSchema } from './visits/call.ts'
import { visitPhoneSchema, visitSchema } from './visits/visit.ts'
import { visitCommands } from './visits/visit-commands.ts'

/**
 * Command name → schema of its arguments. The server alone looks at all of them: a bundler may leave out what it
 * is told has no effects, and takes a bare spread for one that has.
 */
export const commandSchemas = /* @__PURE__ */ (() =>
  ({
    ...outletCommands,
    ...staffCommands,
    ...menuCommands,
    ...tableCommands,
    ...visitCommands,
    ...orderCommands,
    ...paymentCommands,
    ...printingCommands,
  }) as const)()
export type CommandName = keyof typeof commandSchemas
export type CommandArgs<N extends CommandName> = v.InferOutput<(typeof commandSchemas)[N]>

/** Record kind → schema of the whole record, as a stream carries it. */
export const recordSchemas = {
  outlet: outletSchema,
  menu: menuSchema,
  item_status: itemStatusSchema,
  staff: staffSchema,
  device: deviceSchema,
  duty: dutySchema,
  table: tableSchema,
  touchpoint: touchpointSchema,
  visit: visitSchema,
  visit_phone: visitPhoneSchema,
  call: callSchema,
  order: orderSchema,
  bill: billSchema,
  payment: paymentSchema,
  refund: refundSchema,
  payment_settings: paymentSettingsRecordSchema,
  printer: printerSchema,
  print: printSchema,
} as const
export type RecordKind = keyof typeof recordSchemas
export type RecordOf<K extends RecordKind> = v.InferOutput<(typeof recordSchemas)[K]>

/** One change of a stream: the whole record. `seq` counts up within the stream without gaps in order. */
export type Change = {
  readonly stream: string
  readonly seq: number
  readonly kind: string
  readonly id: string
  readonly body: unknown
}

/** Streams that one reader may follow at once; more are refused, not left out. */
export const MAX_FEED_STREAMS = 12

/** What a command is answered with. `changes` are the records it wrote that the sender may read. */
export type CommandAnswer =
  | { readonly ok: true; readonly result: unknown; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly refusal: { readonly code: string; readonly [fact: string]: unknown } }

/** Refusal code → HTTP status: the one table. A code that is not here does not compile on the server. */
export const refusalStatus = {
  // the door
  'request.malformed': 400,
  'request.too_large': 413,
  'request.not_json': 415,
  'request.cross_site': 403,
  'request.invalid': 422,
  'request.unknown_command': 404,
  'request.no_key': 400,
  'request.key_reused': 409,
  'request.done_before': 409,
  'request.refused_before': 409,
  'request.too_many': 429,
  'request.waited_too_long': 409,
  'server.busy': 503,
  'server.storage_full': 503,
  'server.storage_unreachable': 503,
  'server.broken': 500,
  // who
  'session.missing': 401,
  'session.not_allowed': 403,
  'session.wrong_outlet': 403,
  'setup.done': 409,
  'setup.wrong_code': 403,
  'device.code_unknown': 404,
  'device.code_expired': 410,
  'device.locked': 423,
  'device.unknown': 404,
  'device.id_taken': 409,
  'staff.id_taken': 409,
  'table.id_taken': 409,
  'touchpoint.id_taken': 409,
  'call.id_taken': 409,
  'staff.unknown': 404,
  'staff.wrong_pin': 403,
  'staff.weak_pin': 422,
  'staff.role_too_high': 403,
  'staff.last_owner': 409,
  // outlet, menu, tables
  'outlet.unknown': 404,
  'outlet.slug_taken': 409,
  'menu.item_unknown': 404,
  'menu.file_refused': 422,
  'menu.photo_refused': 422,
  'code.unknown': 404,
  'code.replaced': 410,
  'table.unknown': 404,
  'table.label_taken': 409,
  'touchpoint.unknown': 404,
  // visits
  'visit.unknown': 404,
  'visit.closed': 410,
  'visit.new_orders': 409,
  'visit.not_member': 403,
  'visit.full': 409,
  'visit.crowded': 409,
  'visit.scan_again': 409,
  'visit.word_off': 409,
  'visit.word_tried': 409,
  'visit.word_closed': 409,
  'call.unknown': 404,
  'call.too_many': 409,
  'call.over': 409,
  'call.visit_closed_since': 409,
  // orders
  'order.id_taken': 409,
  'order.unknown': 404,
  'order.outlet_closed': 409,
  'order.outlet_paused': 409,
  'order.item_gone': 409,
  'order.item_sold_out': 409,
  'order.item_not_now': 409,
  'order.choices_changed': 409,
  'order.price_changed': 409,
  'order.too_expensive': 409,
  'order.waiting_already': 409,
  'order.table_waiting': 409,
  'order.unpaid_already': 409,
  'order.table_unpaid': 409,
  'order.cap_reached': 409,
  'order.too_many': 409,
  'order.illegal_move': 409,
  'order.moved_meanwhile': 409,
  'order.made_already': 409,
  'order.visit_closed': 409,
  'order.visit_closed_since': 409,
  'order.over': 409,
  'order.no_request': 409,
  'order.asked_often': 409,
  'order.payment_awaited': 409,
  'order.not_awaited': 409,
  // pick-ups
  'pickup.off': 409,
  'pickup.off_grid': 409,
  'pickup.closed': 409,
  'pickup.too_soon': 409,
  'pickup.too_far': 409,
  'pickup.full': 409,
  'pickup.unpaid_already': 409,
  'pickup.unanswered_already': 409,
  'pickup.too_many': 409,
  'pickup.crowded': 409,
  'pickup.not_one': 409,
  'pickup.here_early': 409,
  // bills
  'bill.unknown': 404,
  'bill.closed': 410,
  'bill.too_expensive': 409,
  'bill.too_many_orders': 409,
  'bill.nothing_open': 409,
  'bill.item_unknown': 409,
  'bill.item_taken': 409,
  'bill.part_too_small': 409,
  'bill.part_too_large': 409,
  'bill.remainder_too_small': 409,
  'bill.parts_malformed': 422,
  // payments
  'payment.unknown': 404,
  'payment.id_taken': 409,
  'payment.method_off': 409,
  'payment.tip_off': 409,
  'payment.tip_too_large': 409,
  'payment.amount_changed': 409,
  'payment.pending_already': 409,
  'payment.too_many': 409,
  'payment.qris_too_large': 409,
  'payment.too_little_cash': 409,
  'payment.over': 409,
  'payment.at_gateway': 409,
  'payment.nothing_to_credit': 409,
  'payment.not_practice': 409,
  'qris.static_missing': 409,
  'qris.static_changed': 409,
  'qris.static_refused': 422,
  // payment codes
  'payment_code.empty': 422,
  'payment_code.not_a_bill': 422,
  'payment_code.incomplete': 422,
  'payment_code.mistyped': 422,
  'payment_code.other_outlet': 409,
  'payment_code.unknown': 404,
  'payment_code.paid': 409,
  'payment_code.old': 410,
  // refunds, books
  'refund.id_taken': 409,
  'refund.amount_malformed': 422,
  'refund.nothing_received': 409,
  'refund.too_much': 409,
  'refund.too_many': 409,
  'refund.owes_again': 409,
  'refund.practice_cash': 409,
  'payment.practice_confirm': 409,
  'refund.unknown': 404,
  'refund.not_failed': 409,
  'settings.qris_needs_provider': 422,
  'settings.static_needs_code': 422,
  'day.in_future': 409,
  'day.before_first': 409,
  'day.closed_already': 409,
  'receipt.no_printer': 409,
  'receipt.printer_here': 422,
  'receipt.unknown': 404,
  'receipt.id_taken': 409,
  'receipt.too_many': 409,
} as const satisfies Record<string, number>
export type RefusalCode = keyof typeof refusalStatus
