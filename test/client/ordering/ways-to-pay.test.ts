import { expect, it } from 'vitest'
import { DEFAULT_PAYMENT_SETTINGS, type PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import { waysToPay } from '../../../client/pages/customer/pay/ways-to-pay.ts'
import { makeId, NOW, orderOf, tableOf } from '../payment/sample-money.ts'

const settings = (methods: PaymentSettingsRecord['methods'], provider: 'practice' | 'manual' = 'practice') =>
  ({ ...DEFAULT_PAYMENT_SETTINGS, methods, provider, isStaticQrisDoubtful: false }) as PaymentSettingsRecord
const order = orderOf(1, [[20_000, 1]], makeId('vis'))
const untilMs = NOW + 900_000
const awaited = {
  ...order,
  status: 'placed' as const,
  payFirst: { state: 'awaited' as const, untilMs, releasedAtMs: null },
}
const pickup = { orderId: order.id, code: '482' }

it('offers at home only what can be paid from home, and says that the counter takes the rest', () => {
  const atHome = tableOf([awaited], { pickup })
  expect(waysToPay(settings(['cash', 'qris', 'card']), atHome)).toEqual({
    methods: ['qris'],
    atCounter: { untilMs, isOnlyWay: false },
  })
  expect(waysToPay(settings(['qris']), atHome)).toEqual({ methods: ['qris'], atCounter: null })
})

it('says that somebody has to come where the counter is the only way', () => {
  const atHome = tableOf([awaited], { pickup })
  const only = { methods: ['cash'], atCounter: { untilMs, isOnlyWay: true } }
  expect(waysToPay(settings(['cash']), atHome)).toEqual(only)
  expect(waysToPay(settings(['cash', 'qris'], 'manual'), atHome)).toEqual(only)
})

it('offers everything at a table, and where a pick-up is paid when it is fetched', () => {
  const all = { methods: ['cash', 'qris'], atCounter: null }
  expect(waysToPay(settings(['cash', 'qris']), tableOf([awaited]))).toEqual(all)
  expect(waysToPay(settings(['cash', 'qris']), tableOf([order], { pickup }))).toEqual(all)
  expect(waysToPay(null, null)).toEqual({ methods: [], atCounter: null })
})
