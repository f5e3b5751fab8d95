// Why a QRIS text is refused. The layers are tried in this order, so that the first fault reported is
// the deepest one: structure (is it a list of objects at all), crc (did it arrive whole), emv (is it a
// merchant code of any country), qris (is it an Indonesian one), policy (may this shop use it).
// Sources: EMV QRCPS Merchant-Presented Mode 1.1; the Indonesian QRIS technical document.
import { type Refused, refuse } from '../../kernel/result.ts'

/** Every rule has its own code; the layer is where the rule comes from. */
export const QRIS_RULES = {
  'qris.empty': 'structure',
  'qris.too_long': 'structure',
  'qris.text_malformed': 'structure',
  'qris.header_malformed': 'structure',
  'qris.object_empty': 'structure',
  'qris.object_truncated': 'structure',
  'qris.object_too_long': 'structure',
  'qris.object_repeated': 'structure',
  'qris.format_indicator_not_first': 'structure',
  'qris.format_indicator_length': 'structure',
  'qris.crc_missing': 'structure',
  'qris.crc_not_last': 'structure',
  'qris.crc_length': 'structure',
  'qris.crc_not_hex': 'crc',
  'qris.crc_lower_case': 'crc',
  'qris.crc_mismatch': 'crc',
  'qris.format_indicator_unknown': 'emv',
  'qris.point_unknown': 'emv',
  'qris.account_missing': 'emv',
  'qris.category_missing': 'emv',
  'qris.category_malformed': 'emv',
  'qris.currency_missing': 'emv',
  'qris.currency_malformed': 'emv',
  'qris.amount_malformed': 'emv',
  'qris.amount_too_long': 'emv',
  'qris.amount_zero': 'emv',
  'qris.tip_unknown': 'emv',
  'qris.fee_missing': 'emv',
  'qris.fee_malformed': 'emv',
  'qris.fee_unasked': 'emv',
  'qris.percentage_missing': 'emv',
  'qris.percentage_malformed': 'emv',
  'qris.percentage_unasked': 'emv',
  'qris.country_missing': 'emv',
  'qris.country_malformed': 'emv',
  'qris.name_missing': 'emv',
  'qris.name_too_long': 'emv',
  'qris.city_missing': 'emv',
  'qris.city_too_long': 'emv',
  'qris.postal_code_too_long': 'emv',
  'qris.label_too_long': 'emv',
  'qris.consumer_data_malformed': 'emv',
  'qris.not_merchant_code': 'qris',
  'qris.transfer_code': 'qris',
  'qris.country_foreign': 'qris',
  'qris.currency_foreign': 'qris',
  'qris.amount_fraction': 'qris',
  'qris.name_with_pipe': 'qris',
  'qris.city_with_pipe': 'qris',
  'qris.postal_code_missing': 'qris',
  'qris.domestic_account_missing': 'qris',
  'qris.domain_missing': 'qris',
  'qris.domain_malformed': 'qris',
  'qris.pan_missing': 'qris',
  'qris.pan_malformed': 'qris',
  'qris.merchant_id_too_long': 'qris',
  'qris.criteria_malformed': 'qris',
  'qris.repository_missing': 'qris',
  'qris.repository_foreign': 'qris',
  'qris.nmid_missing': 'qris',
  'qris.nmid_malformed': 'qris',
  'qris.proprietary_malformed': 'qris',
  'qris.amount_over_limit': 'policy',
  'qris.amount_not_whole': 'policy',
  'qris.already_dynamic': 'policy',
  'qris.surcharge_forbidden': 'policy',
  'qris.label_malformed': 'policy',
  'qris.tag_out_of_range': 'policy',
} as const

export type QrisRefusalCode = keyof typeof QRIS_RULES
type QrisLayer = (typeof QRIS_RULES)[QrisRefusalCode]

/** `at` names the object, such as "54" or "62-01"; empty where the whole text is meant. */
export type QrisRefusal = {
  readonly code: QrisRefusalCode
  readonly layer: QrisLayer
  readonly at: string
}

/** The refusal `code` of the object `at`. */
export function refuseQris(code: QrisRefusalCode, at = ''): Refused<QrisRefusal> {
  return refuse({ code, layer: QRIS_RULES[code], at })
}
