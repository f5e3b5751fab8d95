import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMidtransGateway } from '../../../../server/payment/gateways/midtrans.ts'
import { rupiahOf } from '../../../../server/payment/gateways/provider/provider-fields.ts'
import { createXenditGateway } from '../../../../server/payment/gateways/xendit/xendit.ts'
import { ConfigError } from '../../../../server/platform/config.ts'
import { crc16 } from '../../../support/gateways/simulated-qris.ts'

const patience = { connectMs: 100, totalMs: 100, attempts: 1, firstPauseMs: 1, maxPauseMs: 1 }
const deps = { clock: { now: () => 0 }, random: () => 0, pause: async () => undefined, patience }

function midtrans(serverKey: string, address: string) {
  return () => createMidtransGateway({ serverKey, address, acquirer: 'gopay', notificationUrl: null }, deps)
}
function xendit(secretKey: string, address: string, callbackToken = 'a-token-of-the-dashboard') {
  return () => createXenditGateway({ secretKey, address, callbackToken }, deps)
}

const LIVE = 'Mid-server-0123456789'
const TEST = 'SB-Mid-server-0123456789'
const X_LIVE = 'xnd_production_0123456789'
const X_TEST = 'xnd_development_0123456789'

describe('A key and its address', () => {
  it.each([
    ['live at Midtrans', midtrans(LIVE, 'https://api.midtrans.com')],
    ['test at the sandbox', midtrans(TEST, 'https://api.sandbox.midtrans.com')],
    ['test at a simulator', midtrans(TEST, 'http://127.0.0.1:4021')],
    ['live at Xendit', xendit(X_LIVE, 'https://api.xendit.co')],
    ['test at Xendit', xendit(X_TEST, 'https://api.xendit.co/')],
    ['test at a simulator', xendit(X_TEST, 'http://localhost:4022')],
  ])('belong together: %s', (_name, make) => {
    expect(make).not.toThrow()
  })

  it.each([
    ['a live key at a simulator', midtrans(LIVE, 'http://127.0.0.1:4021'), 'live key'],
    ['a live key at the sandbox', midtrans(LIVE, 'https://api.sandbox.midtrans.com'), 'live key'],
    ['a test key at the live address', midtrans(TEST, 'https://api.midtrans.com'), 'test key'],
    ['a live key of Xendit at a simulator', xendit(X_LIVE, 'http://localhost:4022'), 'live key'],
    ['a client key', midtrans('Mid-client-0123456789', 'https://api.midtrans.com'), 'must begin with'],
    ['a public key', xendit('xnd_public_development_0123', 'https://api.xendit.co'), 'must begin with'],
    ['half a key', xendit('xnd_production_', 'https://api.xendit.co'), 'must begin with'],
    ['a key with a line break', midtrans(`${TEST}\n`, 'http://127.0.0.1:1'), 'must begin with'],
    ['a stranger', midtrans(LIVE, 'https://api.midtrans.com.example.org'), 'neither'],
    ['an unsafe line', midtrans(LIVE, 'http://api.midtrans.com'), 'neither'],
    ['another port', xendit(X_LIVE, 'https://api.xendit.co:8443'), 'neither'],
    ['a path', xendit(X_TEST, 'https://api.xendit.co/v3'), 'must be an address'],
    ['a user in the address', xendit(X_TEST, 'https://a@api.xendit.co'), 'must be an address'],
    ['no address', midtrans(TEST, 'api.midtrans.com'), 'must be an address'],
    ['a short token', xendit(X_TEST, 'https://api.xendit.co', 'short'), 'verification token'],
  ])('do not start together: %s', (_name, make, says) => {
    let message = ''
    try {
      make()
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      message = String(error)
    }
    expect(message).toContain(says)
    expect(message).not.toContain('\n')
    expect(message).not.toContain('0123456789')
  })
})

describe('An amount of a provider', () => {
  it.each([
    ['10000.00', 10_000],
    ['10000.0', 10_000],
    ['10000', 10_000],
    [10_000, 10_000],
    ['0.00', 0],
    ['1000000000.00', 1_000_000_000],
  ])('%s is %s rupiah', (sent, amountRp) => expect(rupiahOf(sent)).toBe(amountRp))

  it.each([
    '',
    '.00',
    '10000.',
    '10000.01',
    '10000.000',
    '10.000',
    '10,000',
    '010000',
    '+1',
    '-1',
    ' 1',
    '1 ',
    '1e4',
    '0x10',
    '١٠',
    'NaN',
    '1000000001',
    '9007199254740993',
    0.1,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e21,
  ])('%s is none', (sent) => expect(rupiahOf(sent)).toBeNull())

  it('is read back exactly, with sen of zero or without', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (amountRp) => {
        expect([rupiahOf(String(amountRp)), rupiahOf(`${amountRp}.00`), rupiahOf(amountRp)]).toEqual([
          amountRp,
          amountRp,
          amountRp,
        ])
      }),
    )
  })
})

it('The checksum of simulated codes is the one that QRIS asks for', () => {
  expect(crc16('123456789')).toBe('29B1')
})
