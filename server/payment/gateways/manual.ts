import { MAX_RP } from '#shared/kernel/money.ts'
import { ok, refuse } from '#shared/kernel/result.ts'
import {
  type CreateRequest,
  type Gateway,
  MAX_QRIS_RP,
  type PaymentKey,
  type PaymentState,
} from './gateway.ts'
import { checkRequest } from './request-limits.ts'

export type ManualConfig =
  | { readonly method: 'cash' | 'card_terminal' }
  /** `payloadFor` answers the code to draw: the outlet's own, or made dynamic where the owner chose so. */
  | { readonly method: 'static_qris'; readonly payloadFor: (request: CreateRequest) => string }

const GATEWAY = 'manual'
const needsPerson = async () => refuse({ code: 'gateway.needs_person', gateway: GATEWAY })

/** Cash, card terminal and the static code: no network, and only a person can say that money came. */
export function createManualGateway(config: ManualConfig): Gateway {
  const isQris = config.method === 'static_qris'
  const maxRp = isQris ? MAX_QRIS_RP : MAX_RP
  return {
    name: GATEWAY,
    mode: 'live',
    can: { confirms: false, expires: !isQris, refunds: false, minRp: 1, maxRp },
    create: async (request) => {
      const limit = checkRequest(GATEWAY, request, maxRp)
      if (limit) return refuse(limit)
      return ok({
        providerId: request.reference,
        code: config.method === 'static_qris' ? { kind: 'qris', payload: config.payloadFor(request) } : null,
        expiresAtMs: null,
      })
    },
    status: needsPerson,
    // A static code stays payable for ever, whatever is shown: that it is closed must not be claimed.
    expire: isQris ? needsPerson : async (key) => ok(closed(key)),
    refund: needsPerson,
    refundState: needsPerson,
    readWebhook: () => refuse({ code: 'webhook.not_expected' }),
  }
}

function closed(key: PaymentKey): PaymentState {
  return {
    providerId: key.reference,
    reference: key.reference,
    status: 'cancelled',
    providerStatus: 'closed_by_hand',
    amountRp: 0,
    receivedRp: 0,
    refundedRp: 0,
    paidAtMs: null,
    issuer: null,
  }
}
