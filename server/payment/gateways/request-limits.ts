import { assert } from '#shared/kernel/assert.ts'
import { type GatewayName, type GatewayRefusal, MAX_QRIS_RP, REFERENCE } from './gateway.ts'

/**
 * Null, or why no provider would take it. A reference that is not of our own form is a bug of the
 * caller, not a case: it is part of addresses and of idempotency keys.
 */
export function checkRequest(
  gateway: GatewayName,
  request: { readonly reference: string; readonly amountRp: number },
  maxRp: number = MAX_QRIS_RP,
): GatewayRefusal | null {
  assert(REFERENCE.test(request.reference), 'a payment reference has 1 to 40 letters, digits, - and _')
  const { amountRp } = request
  if (Number.isSafeInteger(amountRp) && amountRp >= 1 && amountRp <= maxRp) return null
  return { code: 'gateway.amount_out_of_range', gateway, minRp: 1, maxRp }
}
